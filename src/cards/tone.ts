import type { Micros } from '../market/money.ts';
import type { SlideStory } from '../stories/slide-story.ts';
import type { Tone } from './card.ts';

const BASIS_POINTS = 10_000n;

/** Deepest first; the depth in basis points from which a tone counts. CARDS: amber 5%, orange 10, red 20, dark red 40. */
const TONES: readonly (readonly [bigint, Tone])[] = [
  [4000n, 'darkred'],
  [2000n, 'red'],
  [1000n, 'orange'],
  [500n, 'amber'],
];

/** Whole numbers only, as the alerts themselves are decided: 19.996% is not 20%. */
const isAtLeast = (depth: bigint, price: Micros, base: Micros): boolean =>
  BigInt(price) * BASIS_POINTS <= BigInt(base) * (BASIS_POINTS - depth);

/** The tone of the deeper of the two falls: since the 252-session peak, and since the close before. */
export const toneOf = (story: SlideStory): Tone => {
  const bases = [story.peak?.price, story.day?.previous].filter((base) => base !== undefined);
  const reached = TONES.find(([depth]) => bases.some((base) => isAtLeast(depth, story.price, base)));
  return reached?.[1] ?? 'calm';
};

/** The deepest of several tones. */
export const deepestTone = (tones: readonly Tone[]): Tone =>
  TONES.map(([, tone]) => tone).find((tone) => tones.includes(tone)) ?? 'calm';
