import { playStory } from './play/play-story.ts';
import { B } from './stories/b.ts';
import { D } from './stories/d.ts';
import { E } from './stories/e.ts';
import { J } from './stories/j.ts';
import { X } from './stories/x.ts';

for (const story of [B, D, E, J, X]) playStory(story);
