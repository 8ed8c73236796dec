import { referencePrice } from '../slides/alert-kinds.ts';
import type { SlideStory } from '../stories/slide-story.ts';
import { type Tone, toneBelow } from '../stories/tone.ts';

/** The tone of the deepest of the falls from the 252-session peak, the previous close and what its alerts are measured from. */
export const toneOf = ({ price, peak, day, alerts }: SlideStory): Tone =>
  toneBelow(price, [peak?.price, day?.previous, ...alerts.map(referencePrice)]);
