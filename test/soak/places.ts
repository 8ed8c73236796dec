import { createChannels, type Place } from '../../src/channels/channels.ts';
import { openRegistry } from '../../src/channels/registry.ts';
import { createMutableWatchlist } from '../../src/market/mutable-watchlist.ts';
import { createYahoo } from '../../src/market/sources/yahoo/index.ts';
import { loadWatchlist } from '../../src/market/watchlist.ts';
import { openStore } from '../../src/store/store.ts';
import type { ChannelSettings } from '../../src/stories/channel.ts';
import { silent } from '../../src/telemetry/log.ts';

/** A channel of the soak and its settings. */
export interface SoakChannel extends Place {
  readonly language: string;
  readonly settings: ChannelSettings;
}

/** Settings of the channels, in turn: the defaults, and the ways in which rules can differ from them. */
const VARIANTS: readonly Pick<SoakChannel, 'language' | 'settings'>[] = [
  { language: 'en', settings: {} },
  { language: 'ko', settings: {} },
  { language: 'en', settings: { rules: { '*': { drawdown: { 252: [2000, 4000], 20: [] }, day: [] } } } },
  { language: 'ko', settings: { without: ['AAPL', 'IXIC', 'MAG7'] } },
  { language: 'en', settings: { rules: { NVDA: { drawdown: { 252: [1200, 2200, 3300] }, day: [500] } } } },
  { language: 'ko', settings: { kinds: ['day'] } },
];

/** `count` channels, half of them on each platform. */
export const soakChannels = (count: number): SoakChannel[] =>
  Array.from({ length: count }, (_, number) => {
    const variant = VARIANTS[Math.floor(number / 2) % VARIANTS.length];
    if (!variant) throw new RangeError('Expected a variant');
    return number % 2 === 0
      ? { platform: 'discord', address: String(700_000_000_000_000_000n + BigInt(number)), ...variant }
      : { platform: 'slack', address: `C${String(number).padStart(10, '0')}`, ...variant };
  });

/** Opens the channels in a new database, as /setup does. */
export const setUp = async (
  { databaseUrl, yahooUrl }: { readonly databaseUrl: string; readonly yahooUrl: string },
  channels: readonly SoakChannel[],
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
  for (const { platform, address, language, settings } of channels)
    await channelsOfBot.open(
      { platform, address },
      { language, settings, origin: 'setup', madeBy: 'U0000000009' },
      now,
    );
  await store.close();
};
