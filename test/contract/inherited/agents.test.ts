import { playStory } from './play/play-story.ts';
import { L } from './stories/l.ts';
import { M } from './stories/m.ts';
import { O } from './stories/o.ts';

for (const story of [L, M, O]) playStory(story);
