import type { FiguresStory } from '../facts/figures-story.ts';
import type { SlideStory } from '../slides/story.ts';

/** What is told, in numbers: a card is made of one, or of several slides. */
export type Story = SlideStory | FiguresStory;
