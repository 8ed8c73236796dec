import type { EffectiveRules } from '../channels/effective-rules.ts';
import type { BotClock } from '../clock/bot-clock.ts';
import type { Companies } from '../facts/companies.ts';
import type { Ledger } from '../facts/ledger.ts';
import type { Calendar } from '../market/calendar.ts';
import type { Source } from '../market/source.ts';
import type { Watchlist } from '../market/watchlist.ts';
import type { Store } from '../store/store.ts';
import type { Logger } from '../telemetry/log.ts';

/** Outcome of one history pass that had histories due. */
export interface HistoryPassResult {
  /** Epoch milliseconds. */
  readonly now: number;
  readonly tookMs: number;
  /** Number of histories fetched. */
  readonly fetched: number;
  /** Why one or more could not be fetched. */
  readonly failed?: string;
  /** When histories are due next, epoch milliseconds. */
  readonly nextAt: number;
}

/** Dependencies and options of the watcher. */
export interface WatchParts {
  readonly watchlist: Watchlist;
  /** The rules of the watchlist and of all channels. */
  readonly rules: EffectiveRules;
  /** IANA name; the default of channels without their own. */
  readonly timeZone: string;
  readonly calendar: Calendar;
  readonly source: Source;
  readonly store: Store;
  /** The current ledger of figures; it grows while the bot runs. */
  readonly ledger: () => Ledger;
  readonly companies: Companies;
  readonly log: Logger;
  /** Milliseconds between two polls. */
  readonly pollMs: number;
  /** Whether to poll quotes while the exchange is closed, too. */
  readonly pollOutsideSessions: boolean;
  /** While it is in doubt, the source is asked first of all, because its answer tells the time. */
  readonly botClock?: BotClock;
  /** Called with the reason for every quote that is not used. */
  readonly onRefused?: (reason: string) => void;
  /** Called after every history pass that had histories due. */
  readonly onHistoryPass?: (pass: HistoryPassResult) => Promise<void>;
  /** Called for every history that took the place of ours, or was compared with it and is the same. */
  readonly onHistory?: (what: 'replaced' | 'checked') => void;
  /** Called with the kind of every alert raised. */
  readonly onAlert?: (kind: string) => void;
}
