import { toMicros } from '../market/money.ts';
import { toneBelow } from '../stories/tone.ts';
import type { Theme } from './theme.ts';

/**
 * The colour of the fall from one decimal price to another, or of a rise. Both are whole micro-units up to two billion,
 * so the tone is as exact as a card's. Always shown with the number, for readers who cannot see colours.
 */
export const toneColour = (theme: Theme, price: number, base: number): string =>
  theme[toneBelow(toMicros(price), [toMicros(base)])];
