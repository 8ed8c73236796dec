import type { Channels } from '../src/channels/channels.ts';
import type { Ledger } from '../src/facts/ledger.ts';
import type { Relation } from '../src/facts/relations.ts';
import type { Catalogue } from '../src/i18n/catalogue.ts';
import type { Calendar } from '../src/market/calendar.ts';
import type { Histories } from '../src/market/history.ts';
import type { SeenQuote } from '../src/market/quote.ts';
import type { Watchlist } from '../src/market/watchlist.ts';
import type { ChannelSettings } from '../src/stories/channel.ts';
import type { DigestStory } from '../src/stories/digest-story.ts';
import type { JobRun } from '../src/stories/job-run.ts';

/** How the bot is, for `/status`. */
export interface SystemStatus {
  /** Why the last look at the market brought nothing; absent where it did. */
  readonly problem?: string;
  readonly sourceName: string;
  /** When the source last answered, epoch milliseconds. */
  readonly goodAt?: number;
  readonly platforms: readonly { readonly name: string; readonly state: string; readonly detail?: string }[];
  /** The last alert that was told in any channel. */
  readonly lastAlert?: { readonly symbol: string; readonly at: number };
  /** Cards of which nobody can tell whether they were posted, in all channels; absent where there are none. */
  readonly unsure?: number;
  /** When filings were last read to the end; absent where they are not. */
  readonly filingsReadAt?: number;
  /** What is done by the clock: how it last went, and when it is done next. */
  readonly jobs?: readonly JobRun[];
}

/** All that a command may look at. Only what changes a channel goes through `channels`; all else changes nothing. */
export interface CommandContext {
  readonly channels: Channels;
  /** The zone of channels that name none. */
  readonly timeZone: string;
  /** Tonight's or the last session's digest as it would be posted now; undefined where nothing is known of any session. */
  digest(now: number): Promise<DigestStory | undefined>;
  /** When a channel's next digest is due, epoch milliseconds; undefined where it gets none. */
  nextDigest(settings: ChannelSettings, now: number): number | undefined;
  readonly catalogue: Catalogue;
  readonly watchlist: Watchlist;
  readonly calendar: Calendar;
  readonly histories: Histories;
  /** The last usable quote of each symbol. */
  readonly quotes: ReadonlyMap<string, SeenQuote>;
  readonly ledger: () => Ledger;
  readonly relations: readonly Relation[];
  condition(): Promise<SystemStatus>;
}
