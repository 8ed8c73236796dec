import { isOfRise, referencePrice } from '../slides/alert-kinds.ts';
import type { SlideStory } from '../stories/slide-story.ts';
import { type Tone, toneBelow } from '../stories/tone.ts';

/** The tone of the deepest of the falls from the 252-session peak, the previous close and what its alerts are measured from; that of a rise is calm. */
export const toneOf = (story: SlideStory): Tone => {
  const { price, peak, day, alerts } = story;
  return isOfRise(story) ? 'calm' : toneBelow(price, [peak?.price, day?.previous, ...alerts.map(referencePrice)]);
};
