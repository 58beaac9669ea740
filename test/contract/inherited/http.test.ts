import { playStory } from './play/play-story.ts';
import { A } from './stories/a.ts';
import { C } from './stories/c.ts';
import { F } from './stories/f.ts';
import { R } from './stories/r.ts';
import { Z } from './stories/z.ts';

for (const story of [A, C, F, R, Z]) playStory(story);
