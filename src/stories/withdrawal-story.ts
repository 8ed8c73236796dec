import type { SessionDate } from '../market/calendar.ts';
import type { Micros } from '../market/money.ts';
import type { SymbolName } from '../market/symbol-name.ts';
import type { PriceUnit } from '../market/watchlist.ts';
import type { Alert } from './alert.ts';

/** Why an alert was false: the closes before it are of another unit, or a close was corrected. */
export type WithdrawalCause = 'unit' | 'close';

/** The close of a session and of the one before, as its source has them now. */
export interface TrueClose {
  readonly price: Micros;
  readonly previous: Micros;
}

/** Alerts of one session were false: what their source has said since raises none of them. */
export interface WithdrawalStory {
  readonly kind: 'withdrawal';
  readonly symbol: string;
  readonly name: SymbolName;
  readonly unit: PriceUnit;
  readonly session: SessionDate;
  /** As they were posted, the headline first; at least one. */
  readonly alerts: readonly Alert[];
  readonly cause: WithdrawalCause;
  /** Absent if the close before is not known. */
  readonly close?: TrueClose;
  readonly source: string;
  /** Epoch milliseconds at which that was found. */
  readonly at: number;
}
