import type { SessionDate } from '../market/calendar.ts';
import type { Micros } from '../market/money.ts';

interface Crossing {
  readonly symbol: string;
  /** The session of the observation that crossed. */
  readonly session: SessionDate;
  readonly price: Micros;
  /**
   * The deepest level, in the unit of `level`, that had been told before: the levels between it and `level` are what
   * this observation reached. Absent: none had.
   */
  readonly above?: number;
}

/** A depth below the peak of the last `window` sessions was reached. */
export interface DrawdownAlert extends Crossing {
  readonly kind: 'drawdown';
  readonly window: number;
  /** The deepest level that fired, in basis points: 20 % is 2000. */
  readonly level: number;
  readonly peak: Micros;
  readonly peakSession: SessionDate;
  /** Sessions after the peak's session. */
  readonly sessions: number;
}

/** A one-day fall was reached. */
export interface DayAlert extends Crossing {
  readonly kind: 'day';
  /** The deepest level that fired, in basis points. */
  readonly level: number;
  /** The close of the session before. */
  readonly previous: Micros;
  /** The latest earlier session with as bad a day or worse; null = none on record. */
  readonly worstSince: SessionDate | null;
}

/** Another step of market value has gone since the peak of `window` sessions. */
export interface ValueAlert extends Crossing {
  readonly kind: 'value';
  readonly window: number;
  /** The deepest multiple of the step that fired, in billions of USD. */
  readonly level: number;
  readonly peak: Micros;
  readonly peakSession: SessionDate;
  readonly sessions: number;
}

export type Alert = DrawdownAlert | DayAlert | ValueAlert;

/** A final close that no close of the last 252 sessions exceeds, the first such one after a level of that window had fired. */
export interface Recovery {
  readonly symbol: string;
  readonly session: SessionDate;
  readonly price: Micros;
  /** The deepest level that had fired, in basis points. */
  readonly level: number;
  /** What that level was measured from: above `price` where it has left the window since. */
  readonly peak: Micros;
  readonly peakSession: SessionDate;
}
