import type { JustReported } from '../facts/just-reported.ts';
import type { RelatedFigures } from '../facts/related-figures.ts';
import type { SessionDate } from '../market/calendar.ts';
import type { Micros } from '../market/money.ts';
import type { SymbolName } from '../market/symbol-name.ts';

/** A fall of one symbol after the closing bell. Its prices are nothing that a level counts. */
export interface AfterHoursStory {
  readonly kind: 'after-hours';
  readonly symbol: string;
  readonly name: SymbolName;
  /** The session that has ended, and its last price. */
  readonly session: SessionDate;
  readonly close: Micros;
  /** The last trade, and epoch milliseconds of it. */
  readonly price: Micros;
  readonly observedAt: number;
  readonly delayMinutes: number;
  readonly source: string;
  /** Whether the company's results were out, or due that day; absent on other evenings. */
  readonly results?: 'out' | 'due';
  /** What it had just reported, as far as the ledger had it. */
  readonly reported: readonly JustReported[];
  /** Other figures, as known at the trade's time. */
  readonly beside: RelatedFigures;
}

/** That a fall after the bell has gone on. */
export interface DeeperAfterHours {
  readonly price: Micros;
  /** Epoch milliseconds. */
  readonly tradeTime: number;
  /** What the company has reported since its card was made, as far as the ledger has it. */
  readonly reported: readonly JustReported[];
}
