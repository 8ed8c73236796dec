import { createChannels, type Place } from '../../src/channels/channels.ts';
import { openRegistry } from '../../src/channels/registry.ts';
import { createSubscriptions } from '../../src/channels/subscriptions.ts';
import { toMicros } from '../../src/market/money.ts';
import { createMutableWatchlist } from '../../src/market/mutable-watchlist.ts';
import { createYahoo } from '../../src/market/sources/yahoo/index.ts';
import { loadWatchlist } from '../../src/market/watchlist.ts';
import { openStore } from '../../src/store/store.ts';
import type { ChannelSettings } from '../../src/stories/channel.ts';
import { silent } from '../../src/telemetry/log.ts';

/** What a channel is: one of the server or workspace, a thread there, or a channel of a second server. */
export type Home = 'text' | 'thread' | 'guest';

/** A channel of the soak and its settings. */
export interface SoakChannel extends Place {
  readonly home: Home;
  readonly language: string;
  readonly settings: ChannelSettings;
}

/** When the prices were set, epoch milliseconds: before the session. */
const SET_AT = Date.UTC(2025, 5, 3, 12);

/** Settings of the channels, in turn: the defaults, and the ways in which rules can differ from them. */
const VARIANTS: readonly Pick<SoakChannel, 'language' | 'settings'>[] = [
  { language: 'en', settings: {} },
  { language: 'ko', settings: {} },
  { language: 'en', settings: { rules: { '*': { drawdown: { 252: [2000, 4000], 20: [] }, day: [] } } } },
  { language: 'ko', settings: { without: ['AAPL', 'IXIC', 'MAG7'], rules: { '*': { dayRise: [400] } } } },
  {
    language: 'en',
    settings: {
      rules: {
        '*': { rise: [500], dayRise: [300, 500] },
        NVDA: { drawdown: { 252: [1200, 2200, 3300] }, day: [500] },
        TSLA: { price: [{ price: toMicros(261), side: 'below', since: SET_AT }] },
      },
    },
  },
  { language: 'ko', settings: { kinds: ['day'], rules: { '*': { within: { 120: [450, 1100, 2400] } } } } },
];

const HOMES: readonly Home[] = ['guest', 'thread', 'text'];
/** Who is pinged for every alert, and who has set the channels up. */
const PINGED = { discord: '300000000000000001', slack: 'S0000000001' } as const;
const MAKERS = { discord: '200000000000000009', slack: 'U0000000009' } as const;

/** `count` channels, half of them on each platform. */
export const soakChannels = (count: number): SoakChannel[] =>
  Array.from({ length: count }, (_, number) => {
    const place = Math.floor(number / 2);
    const variant = VARIANTS[place % VARIANTS.length];
    // Each home gets each variant in the end.
    const home = HOMES[(place + Math.floor(place / HOMES.length)) % HOMES.length];
    if (!variant || !home) throw new RangeError('Expected a variant');
    const platform = number % 2 === 0 ? 'discord' : 'slack';
    const settings = { ...variant.settings, ping: { id: PINGED[platform], from: 0 } };
    return platform === 'discord'
      ? { ...variant, settings, platform, home, address: String(700_000_000_000_000_000n + BigInt(number)) }
      : { ...variant, settings, platform, home: 'text', address: `C${String(number).padStart(10, '0')}` };
  });

/** Somebody who wants a direct message with each alert of a symbol in a channel. */
export interface Subscriber extends Place {
  readonly person: string;
  readonly symbol: string;
}

/** Who subscribes in the first channel of each platform, a person each to some symbols. */
export const soakSubscribers = (channels: readonly SoakChannel[]): Subscriber[] =>
  ['discord', 'slack'].flatMap((platform) => {
    const place = channels.find((it) => it.platform === platform);
    if (!place) return [];
    return ['AAPL', 'MSFT', 'NVDA', 'IXIC', 'TSLA', 'AMZN', 'META', 'GOOGL'].map((symbol, number) => ({
      ...{ platform, address: place.address, symbol },
      person:
        platform === 'discord' ? String(210_000_000_000_000_001n + BigInt(number % 3)) : `U100000000${number % 3}`,
    }));
  });

/** Opens the channels in a new database, as /setup does. */
export const setUp = async (
  { databaseUrl, yahooUrl }: { readonly databaseUrl: string; readonly yahooUrl: string },
  channels: readonly (SoakChannel & { readonly workspace: string })[],
  subscribers: readonly Subscriber[],
  now: number,
): Promise<void> => {
  const store = await openStore(databaseUrl);
  const watchlist = createMutableWatchlist(loadWatchlist());
  const timeZone = 'America/New_York';
  const registry = await openRegistry({
    store,
    watchlist,
    timeZone,
    languages: ['en', 'ko'],
    language: 'en',
    log: silent,
  });
  const source = createYahoo({ url: yahooUrl, log: silent });
  const channelsOfBot = createChannels({ store, watchlist, registry, source });
  for (const { platform, address, language, settings, workspace } of channels) {
    const madeBy = platform === 'discord' ? MAKERS.discord : MAKERS.slack;
    await channelsOfBot.open({ platform, address }, { language, settings, workspace, origin: 'setup', madeBy }, now);
  }
  const subscriptions = createSubscriptions(store);
  for (const { person, symbol, ...place } of subscribers) {
    const channel = await channelsOfBot.at(place);
    if (channel) await subscriptions.begin(channel, { person, symbol, language: 'en' }, now);
  }
  await store.close();
};
