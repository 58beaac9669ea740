import { playStory } from './play/play-story.ts';
import { S } from './stories/s.ts';
import { Y } from './stories/y.ts';

for (const story of [S, Y]) playStory(story);
