import type { SessionDate } from '../market/calendar.ts';
import type { Micros } from '../market/money.ts';

/** How a session ended for a symbol. */
export interface DayEnd {
  readonly close: Micros;
  readonly previous: Micros;
  /** Absent for a sum, whose parts have their lows at different times. */
  readonly low?: Micros;
}

/** How a session ended for a symbol; undefined while its close is not final. */
export type DayEndOf = (symbol: string, session: SessionDate) => DayEnd | undefined;
