import { toMicros } from '../market/money.ts';
import type { DayTone } from '../stories/day-tone.ts';
import { type Ink, type Tone, toneBelow } from '../stories/tone.ts';
import type { Theme } from './theme.ts';

/**
 * The tone of the fall from one decimal price to another, or of a rise. Both are whole micro-units up to two billion, so it
 * is as exact as a card's. Always shown with the number, for readers who cannot see colours.
 */
export const toneOfFall = (price: number, base: number): Tone => toneBelow(toMicros(price), [toMicros(base)]);

/** The colours of a day's move. */
export const dayInk = (theme: Theme, tone: DayTone): Ink =>
  tone === 'rise' ? theme.rise : { mark: theme[tone], text: theme.text[tone] };
