import type { EffectiveRules } from '../channels/effective-rules.ts';
import type { Ledger } from '../facts/ledger.ts';
import type { Relation } from '../facts/relations.ts';
import type { Calendar } from '../market/calendar.ts';
import type { Source } from '../market/source.ts';
import type { Watchlist } from '../market/watchlist.ts';
import type { Store } from '../store/store.ts';
import type { Logger } from '../telemetry/log.ts';

/** A look at the histories that were due. */
export interface HistoryLook {
  /** Epoch milliseconds. */
  readonly now: number;
  readonly tookMs: number;
  /** How many were had. */
  readonly had: number;
  /** Why one or more could not be had. */
  readonly failed?: string;
  /** When histories are looked at next, epoch milliseconds. */
  readonly nextAt: number;
}

/** What watching needs, handed in by app.ts. */
export interface WatchParts {
  readonly watchlist: Watchlist;
  /** What the channels have set beside the watchlist's rules. */
  readonly rules: EffectiveRules;
  /** IANA name: where a channel has none of its own. */
  readonly timeZone: string;
  readonly calendar: Calendar;
  readonly source: Source;
  readonly store: Store;
  /** What is known of the bill by now; it grows while the bot runs. */
  readonly ledger: () => Ledger;
  readonly relations: readonly Relation[];
  readonly log: Logger;
  /** Milliseconds between two polls. */
  readonly pollMs: number;
  /** Ask for quotes when the exchange is closed, too. */
  readonly pollOutsideSessions: boolean;
  readonly onRefused?: (reason: string) => void;
  /** Hears of every look at histories, once it is written. */
  readonly onHistory?: (pass: HistoryLook) => Promise<void>;
  readonly onAlert?: (kind: string) => void;
}
