import type { Micros } from '../market/money.ts';

/** A move since the quote before, in percent, that one wrong quote may have made: nothing re-arms by it until the next one. */
const SUDDEN_MOVE = 2;

/** Whether a price is so far above that of the quote before. */
export const isSuddenRise = (before: Micros | undefined, price: Micros): boolean =>
  before !== undefined && price * 100 > before * (100 + SUDDEN_MOVE);

/** Whether a price is so far below that of the quote before. */
export const isSuddenFall = (before: Micros | undefined, price: Micros): boolean =>
  before !== undefined && price * 100 < before * (100 - SUDDEN_MOVE);
