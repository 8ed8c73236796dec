import { pino } from 'pino';
import { onTestFinished } from 'vitest';
import type { Channels } from '../../src/channels/channels.ts';
import { createChannels } from '../../src/channels/channels.ts';
import type { PlatformEvents } from '../../src/channels/platform-events.ts';
import { createPlatformEvents, type EventParts } from '../../src/channels/platform-events.ts';
import { createPresence, type Presence } from '../../src/channels/presence.ts';
import { openRegistry, type Registry } from '../../src/channels/registry.ts';
import { createMutableWatchlist, type MutableWatchlist } from '../../src/market/mutable-watchlist.ts';
import { createYahoo } from '../../src/market/sources/yahoo/index.ts';
import { loadWatchlist } from '../../src/market/watchlist.ts';
import type { Store } from '../../src/store/store.ts';
import { catalogue } from '../cards/stories.ts';
import { startYahooDouble, type YahooDouble } from '../doubles/yahoo/index.ts';
import { storedDeliveries } from '../store/inspect.ts';
import { openTestStore } from '../store/temporary.ts';

export const NOW = Date.parse('2025-02-17T15:00:00Z');
export const ZONE = 'America/New_York';

type Hint = Parameters<NonNullable<EventParts['onHint']>>[0];

/** The channels on a real database, with Yahoo's double as the source. */
export interface TestChannels {
  readonly store: Store;
  readonly watchlist: MutableWatchlist;
  readonly registry: Registry;
  readonly channels: Channels;
  readonly events: PlatformEvents;
  readonly presence: Presence;
  /** Receives the places that events say are to be looked at; a test may put its own in. */
  readonly hints: { pass: (where: Hint) => void };
  readonly logged: Record<string, unknown>[];
}

/** Yahoo's double with these tickers. */
export const yahooWith = async (...tickers: readonly string[]): Promise<YahooDouble> => {
  const yahoo = await startYahooDouble();
  onTestFinished(() => yahoo.close());
  for (const ticker of tickers) yahoo.setQuote(ticker, { price: 100, time: NOW - 1_000 });
  return yahoo;
};

/** Opens the channels as after a start; on a new database, unless one has this `url`. */
export const openTestChannels = async ({
  url,
  yahoo = 'http://127.0.0.1:9',
}: {
  url?: string;
  yahoo?: string;
} = {}): Promise<TestChannels> => {
  const logged: Record<string, unknown>[] = [];
  const log = pino({ level: 'info' }, { write: (line: string) => void logged.push(JSON.parse(line)) });
  const store = await openTestStore(url);
  const watchlist = createMutableWatchlist(loadWatchlist());
  const { languages } = catalogue;
  const registry = await openRegistry({ store, watchlist, timeZone: ZONE, languages, language: 'en', log });
  const source = createYahoo({ url: yahoo, log, wait: async () => {}, random: () => 0 });
  const presence = createPresence();
  const hints: TestChannels['hints'] = { pass: () => undefined };
  const onHint = (where: Hint) => hints.pass(where);
  return {
    store,
    watchlist,
    registry,
    presence,
    hints,
    channels: createChannels({ store, watchlist, registry, source }),
    events: createPlatformEvents({ registry, catalogue, language: 'en', log, now: () => NOW, presence, onHint }),
    logged,
  };
};

/** All deliveries, oldest first. */
export const deliveriesOf = ({ store }: TestChannels) => storedDeliveries(store.db);
