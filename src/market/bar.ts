import type { SessionDate } from './calendar.ts';
import type { Micros } from './money.ts';

/** Prices of one symbol in one session, adjusted for splits but not for dividends, in micro-units. */
export interface Bar {
  readonly session: SessionDate;
  readonly open: Micros;
  readonly high: Micros;
  readonly low: Micros;
  readonly close: Micros;
  readonly volume: number;
  /** Set while the close is only what quotes have said: the source's history does not have this session yet. */
  readonly origin?: 'quote';
}

/** A share split: 10-for-1 is numerator 10, denominator 1. */
export interface Split {
  readonly session: SessionDate;
  readonly numerator: number;
  readonly denominator: number;
}
