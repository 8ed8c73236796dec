import { depthSteps } from '../charts/theme.ts';
import type { Micros } from '../market/money.ts';
import { isDown } from '../slides/compare.ts';
import type { SlideStory } from '../stories/slide-story.ts';
import type { Tone } from './card.ts';

/** The tone of the deepest of the falls from `bases` to `price`. Exact, as for alerts: 19.996% is not 20%. */
export const toneBelow = (price: Micros, bases: readonly (Micros | undefined)[]): Tone => {
  const known = bases.filter((base) => base !== undefined);
  return depthSteps.findLast(({ from }) => known.some((base) => isDown(price, base, from * 100)))?.tone ?? 'calm';
};

/** The tone of the deeper of two falls: from the 252-session peak, and from the previous close. */
export const toneOf = ({ price, peak, day }: SlideStory): Tone => toneBelow(price, [peak?.price, day?.previous]);

export const deepestTone = (tones: readonly Tone[]): Tone =>
  depthSteps.findLast(({ tone }) => tones.includes(tone))?.tone ?? 'calm';
