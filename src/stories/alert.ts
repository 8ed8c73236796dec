import type { SessionDate } from '../market/calendar.ts';
import type { Micros } from '../market/money.ts';
import type { PriceSide } from '../market/watchlist.ts';
import type { ShownReason } from './untold.ts';

/** What every alert has: a price that crossed a level. */
interface Crossing {
  readonly symbol: string;
  /** The session of the observation that crossed. */
  readonly session: SessionDate;
  readonly price: Micros;
  /** The deepest level that had fired before, in the unit of `level`; absent for none. This alert fired those after it, up to `level`. */
  readonly above?: number;
}

/** A price has fallen by a level below the peak of the last `window` sessions. */
export interface DrawdownAlert extends Crossing {
  readonly kind: 'drawdown';
  readonly window: number;
  /** The deepest level that fired, in basis points: 20% is 2000. */
  readonly level: number;
  readonly peak: Micros;
  readonly peakSession: SessionDate;
  /** Sessions since the peak's session. */
  readonly sessions: number;
}

/** A price has fallen by a level within one session. */
export interface DayAlert extends Crossing {
  readonly kind: 'day';
  /** The deepest level that fired, in basis points. */
  readonly level: number;
  /** The close of the session before. */
  readonly previous: Micros;
  /** The latest earlier session with as bad a day or worse; null for none on record. */
  readonly worstSince: SessionDate | null;
}

/** Market value has fallen by a step below the peak of the last `window` sessions. */
export interface ValueAlert extends Crossing {
  readonly kind: 'value';
  readonly window: number;
  /** The deepest multiple of the step that fired, in billions of US dollars. */
  readonly level: number;
  readonly peak: Micros;
  readonly peakSession: SessionDate;
  /** Sessions since the peak's session. */
  readonly sessions: number;
}

/** A price has fallen by a level from the highest price of the last `minutes` of the session. */
export interface WithinAlert extends Crossing {
  readonly kind: 'within';
  readonly minutes: number;
  /** The deepest level that fired, in basis points. */
  readonly level: number;
  readonly high: Micros;
  /** Epoch milliseconds of the trade at `high`. */
  readonly highTime: number;
}

/** A price that a channel has set was passed. */
export interface PriceAlert extends Crossing {
  readonly kind: 'price';
  readonly side: PriceSide;
  /** The price as it was set, and the day. */
  readonly set: Micros;
  readonly day: SessionDate;
  /** The price in the unit of `price`: splits since that day have divided it. */
  readonly level: Micros;
  /** It fired for those who have set it by then, epoch milliseconds, and after `toldBefore`, when it was set as it fired last. */
  readonly since: number;
  readonly toldBefore?: number;
}

/** A price has risen by a level above the lowest close of the last `window` sessions. */
export interface RiseAlert extends Crossing {
  readonly kind: 'rise';
  readonly window: number;
  /** The highest level that fired, in basis points. */
  readonly level: number;
  readonly low: Micros;
  readonly lowSession: SessionDate;
  /** Sessions since the low's session. */
  readonly sessions: number;
}

/** A price has risen by a level within one session. */
export interface DayRiseAlert extends Crossing {
  readonly kind: 'day-rise';
  /** The highest level that fired, in basis points. */
  readonly level: number;
  /** The close of the session before. */
  readonly previous: Micros;
  /** The latest earlier session with as good a day or better; null for none on record. */
  readonly bestSince: SessionDate | null;
}

/** A level that has fired. */
export type Alert = DrawdownAlert | DayAlert | ValueAlert | WithinAlert | PriceAlert | RiseAlert | DayRiseAlert;

/** The first final close that is a new high of 252 sessions after a level of that window had fired. */
export interface Recovery {
  readonly symbol: string;
  readonly session: SessionDate;
  readonly price: Micros;
  /** The deepest level that had fired, in basis points. */
  readonly level: number;
  /** The peak that level was measured from; above `price` if it has left the window since. */
  readonly peak: Micros;
  readonly peakSession: SessionDate;
}

/** A past alert of a channel and its delivery state: one line of `/alerts history`. */
export interface PastAlert {
  readonly symbol: string;
  /** `drawdown`, `day`, `value`, `recovery`, `figures` or `digest`. */
  readonly kind: string;
  /** Basis points, billions of US dollars for `value`, or the price itself for `price`; absent for the others. */
  readonly level?: number;
  readonly window?: number;
  /** Of a fall within so many minutes. */
  readonly minutes?: number;
  /** Of a price that was set. */
  readonly side?: PriceSide;
  /** Epoch milliseconds. */
  readonly at: number;
  /** A DeliveryState, `withdrawn` also of a card that was posted; or `untold`: there is no delivery. */
  readonly state: string;
  /** With `untold`, and with `muted` if it is known until when. */
  readonly why?: ShownReason;
}
