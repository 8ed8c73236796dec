import type { SessionDate } from '../market/calendar.ts';
import type { Micros } from '../market/money.ts';
import type { SymbolName } from '../market/symbol-name.ts';
import type { PriceUnit } from '../market/watchlist.ts';
import type { SlideSeries } from './chart-spec.ts';

/** A new high of 252 sessions after a level had fired. */
export interface RecoveryStory {
  readonly kind: 'recovery';
  readonly symbol: string;
  readonly name: SymbolName;
  readonly unit: PriceUnit;
  /** The close that is the new high. */
  readonly price: Micros;
  readonly session: SessionDate;
  /** Epoch milliseconds of the close. */
  readonly observedAt: number;
  readonly late: boolean;
  readonly source: string;
  /** The deepest level that had fired, in basis points. */
  readonly level: number;
  /** The peak that it fell from. */
  readonly peak: { readonly price: Micros; readonly session: SessionDate };
  /** The lowest close between the peak and the new high. */
  readonly trough: { readonly price: Micros; readonly session: SessionDate };
  /** Sessions from the peak to the new high. */
  readonly sessions: number;
  readonly chart: SlideSeries;
}
