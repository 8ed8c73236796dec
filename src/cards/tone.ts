import { referencePrice } from '../slides/alert-kinds.ts';
import type { Alert } from '../stories/alert.ts';
import type { SlideStory } from '../stories/slide-story.ts';
import { type Tone, toneBelow } from '../stories/tone.ts';

const isRise = (headline: Alert | undefined): boolean => headline?.kind === 'price' && headline.side === 'above';

/** The tone of the deepest of the falls from the 252-session peak, the previous close and what its alerts are measured from; that of a rise is calm. */
export const toneOf = ({ price, peak, day, alerts }: SlideStory): Tone =>
  isRise(alerts[0]) ? 'calm' : toneBelow(price, [peak?.price, day?.previous, ...alerts.map(referencePrice)]);
