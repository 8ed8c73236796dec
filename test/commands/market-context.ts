import { join } from 'node:path';
import type { Answer, Command } from '../../commands/command.ts';
import type { CommandContext, SystemStatus } from '../../commands/command-context.ts';
import type { Card } from '../../src/cards/card.ts';
import type { Channels } from '../../src/channels/channels.ts';
import type { Subscriptions } from '../../src/channels/subscriptions.ts';
import { nextDigestAt } from '../../src/digest/digest-due.ts';
import { sessionDigest } from '../../src/digest/session-digest.ts';
import { loadArticle } from '../../src/facts/article.ts';
import { loadCompanies } from '../../src/facts/companies.ts';
import { loadFacts } from '../../src/facts/fact-files.ts';
import { createLedger } from '../../src/facts/ledger.ts';
import type { ReportDay } from '../../src/facts/report-day.ts';
import { loadCatalogue } from '../../src/i18n/catalogue.ts';
import type { Bar } from '../../src/market/bar.ts';
import { createHistories } from '../../src/market/history.ts';
import { loadCalendar } from '../../src/market/load-calendar.ts';
import { toMicros } from '../../src/market/money.ts';
import type { ReceivedQuote } from '../../src/market/quote.ts';
import type { TickerDesk } from '../../src/market/ticker-desk.ts';
import { loadWatchlist } from '../../src/market/watchlist.ts';
import type { PastAlert } from '../../src/stories/alert.ts';
import { root } from '../../src/util/read-config.ts';
import { evening as digestInput } from '../digest/digests.ts';
import { summer } from '../slides/samples.ts';
import { memoryChannels } from './memory-channels.ts';

const catalogue = loadCatalogue();
const watchlist = loadWatchlist();
const calendar = loadCalendar();
const facts = loadFacts(join(root, 'config/facts'));
const ledger = createLedger(facts);
const article = loadArticle(facts);
const companies = loadCompanies();

/** 16:30 in New York, in summer. */
export const evening = (day: string): number => Date.parse(`${day}T20:30:00Z`);

interface Given {
  /** Default: none. */
  readonly reports?: readonly ReportDay[];
  /** The last session with known closes; without it there are none. */
  readonly until?: string;
  readonly quotes?: readonly ReceivedQuote[];
  readonly status?: Partial<SystemStatus>;
  /** Symbols whose closes are others than the recorded ones. */
  readonly bars?: Readonly<Record<string, readonly Bar[]>>;
  /** Default: none. */
  readonly channels?: Channels;
  /** Default: none, and no limit. */
  readonly subscriptions?: Subscriptions;
  readonly untold?: readonly PastAlert[];
  /** Default: it knows no ticker. */
  readonly tickerDesk?: TickerDesk;
  /** What is open about the price of a symbol. */
  readonly open?: Readonly<Record<string, string>>;
}

const noSubscriptions: Subscriptions = {
  of: async () => [],
  begin: async (_channel, _wish, now) => ({ expiresAt: now + 180 * 86_400_000, again: false }),
  end: async () => 0,
};

/** A command context with the recorded closes from 2022 on and the real watchlist, calendar, facts and messages. */
export const marketContext = ({ until = '', quotes = [], status = {}, bars = {}, ...given }: Given): CommandContext => {
  const histories = createHistories(watchlist);
  for (const { symbol, sumOf } of watchlist.symbols.values())
    if (!sumOf)
      histories.set(
        symbol,
        (bars[symbol] ?? summer(symbol)).filter(({ session }) => session <= until),
        [],
      );
  return {
    channels: given.channels ?? memoryChannels(),
    subscriptions: given.subscriptions ?? noSubscriptions,
    timeZone: 'America/New_York',
    digest: async () => (until === '' ? undefined : sessionDigest(digestInput(until, { histories }))),
    nextDigest: (settings, now) => nextDigestAt(settings, 'America/New_York', calendar, now),
    catalogue,
    watchlist,
    calendar,
    histories,
    quotes: new Map(quotes.map((quote) => [quote.symbol, quote])),
    tickerDesk: given.tickerDesk ?? { look: async () => ({ kind: 'unknown' }) },
    ledger: () => ledger,
    reportDays: async () => given.reports ?? [],
    companies,
    article,
    openQuestion: (symbol) => given.open?.[symbol],
    testSample: async () => undefined,
    whenTested: () => undefined,
    priceRule: (_, { price: target }) => ({ target, told: false }),
    untoldAlerts: async () => given.untold ?? [],
    systemStatus: async () => ({ sourceName: 'yahoo', platforms: [], ...status }),
  };
};

/** A quote at an instant of a session. */
export const quoteOf = (symbol: string, price: number, at: string, delayMinutes = 0): ReceivedQuote => ({
  symbol,
  price: toMicros(price),
  tradeTime: Date.parse(at),
  session: at.slice(0, 10),
  marketState: 'regular',
  delayMinutes,
  source: 'yahoo',
  seenAt: Date.parse(at),
  afterGap: false,
});

export const askOf =
  (command: Command) =>
  (context: CommandContext, now: number, options: Record<string, string> = {}, language = 'en'): Promise<Answer> =>
    command.run({ options, language, platform: 'discord', channel: 'c', asker: 'a', now }, context);

/** The card of an answer; a problem fails the test. */
export const cardOf = (answer: Answer): Card => {
  if (answer.kind === 'problem') throw new Error(`expected a card, got: ${answer.text}`);
  return answer.card;
};
