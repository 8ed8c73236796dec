import type { Channels } from '../src/channels/channels.ts';
import type { Subscriptions } from '../src/channels/subscriptions.ts';
import type { ClockOff } from '../src/clock/bot-clock.ts';
import type { Article } from '../src/facts/article.ts';
import type { Companies } from '../src/facts/companies.ts';
import type { OpenNote } from '../src/facts/edgar/open-note.ts';
import type { Ledger } from '../src/facts/ledger.ts';
import type { ReportDay } from '../src/facts/report-day.ts';
import type { Catalogue } from '../src/i18n/catalogue.ts';
import type { Calendar } from '../src/market/calendar.ts';
import type { Histories } from '../src/market/history.ts';
import type { Micros } from '../src/market/money.ts';
import type { ReceivedQuote } from '../src/market/quote.ts';
import type { SourceList } from '../src/market/source.ts';
import type { TickerDesk } from '../src/market/ticker-desk.ts';
import type { Watchlist } from '../src/market/watchlist.ts';
import type { PastAlert } from '../src/stories/alert.ts';
import type { Channel, ChannelSettings, OwnPrice } from '../src/stories/channel.ts';
import type { TestSample } from '../src/stories/channel-stories.ts';
import type { DigestStory } from '../src/stories/digest-story.ts';
import type { JobRun } from '../src/stories/job-run.ts';
import type { PlatformState } from '../src/stories/platforms.ts';

/** The bot's state, for `/status`. */
export interface SystemStatus {
  /** Why the last poll failed; absent if it did not. */
  readonly problem?: string;
  readonly sourceName: string;
  /** Which of several sources speaks; absent without a backup. */
  readonly speakers?: SourceList;
  /** When the source last answered, epoch milliseconds. */
  readonly goodAt?: number;
  readonly platforms: readonly PlatformState[];
  /** The last alert posted to any channel. */
  readonly lastAlert?: { readonly symbol: string; readonly at: number };
  /** Unconfirmed deliveries in all channels; absent for none. */
  readonly unsure?: number;
  /** Symbols about whose prices something is not settled, with what it is in a few fixed words. */
  readonly questions?: readonly { readonly symbol: string; readonly question: string }[];
  /** Set while the computer's clock is known to be off; the bot goes by the right time. */
  readonly clockOff?: ClockOff;
  /** Figures of the newest reports that are not in. */
  readonly openFigures?: readonly OpenNote[];
  /** When filings were last read completely, epoch milliseconds; absent if never. */
  readonly filingsReadAt?: number;
  /** Whether filings are not read at all, because no EDGAR_CONTACT is set. */
  readonly filingsOff?: true;
  /** Last and next runs of the scheduled jobs. */
  readonly jobs?: readonly JobRun[];
}

/** Everything a command may use. Only `channels` and `subscriptions` change anything. */
export interface CommandContext {
  readonly channels: Channels;
  readonly subscriptions: Subscriptions;
  /** Time zone of channels without one of their own. */
  readonly timeZone: string;
  /**
   * The latest session's digest as it would be posted now; undefined if no session is known. `now` in epoch
   * milliseconds.
   */
  digest(now: number): Promise<DigestStory | undefined>;
  /** When a channel's next digest is due, epoch milliseconds; undefined if it gets none. */
  nextDigest(settings: ChannelSettings, now: number): number | undefined;
  readonly catalogue: Catalogue;
  readonly watchlist: Watchlist;
  readonly calendar: Calendar;
  readonly histories: Histories;
  /** The last usable quote of each symbol. */
  readonly quotes: ReadonlyMap<string, ReceivedQuote>;
  /** Tickers that nobody watches. */
  readonly tickerDesk: TickerDesk;
  readonly ledger: () => Ledger;
  /** The companies' next report days, as known at `now`, epoch milliseconds. */
  reportDays(now: number): Promise<readonly ReportDay[]>;
  readonly companies: Companies;
  /** What the article that the product starts from said. */
  readonly article: Article;
  /** What is not settled about the prices of a symbol or of its parts, in a few fixed words; undefined for nothing. */
  openQuestion(symbol: string): string | undefined;
  /** What a price that was set means now: in today's unit, and whether it has been told, so that it is off. */
  priceRule(symbol: string, price: OwnPrice): { readonly target: Micros; readonly told: boolean };
  systemStatus(): Promise<SystemStatus>;
  /** The slide for a channel's test card; undefined if there is none. */
  testSample(channel: Channel): Promise<TestSample | undefined>;
  /**
   * Has the asker told what comes of a test card, by its story's id. In memory: a restart forgets the asker. `pingIsSilent`: the
   * ping is known to notify nobody.
   */
  whenTested(
    storyId: number,
    asker: { readonly language: string; readonly pingIsSilent: boolean; tell(text: string): Promise<boolean> },
  ): void;
  /** The latest alerts about symbols that a channel watches and that it did not get, newest first, each with the reason. */
  untoldAlerts(channel: Channel): Promise<readonly PastAlert[]>;
}
