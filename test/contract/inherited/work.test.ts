import { playStory } from './play/play-story.ts';
import { K } from './stories/k.ts';
import { N } from './stories/n.ts';
import { P } from './stories/p.ts';
import { Q } from './stories/q.ts';
import { W } from './stories/w.ts';

for (const story of [K, N, P, ...Q, W]) playStory(story);
