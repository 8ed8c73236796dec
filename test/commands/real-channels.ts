import type { CommandContext } from '../../commands/command-context.ts';
import type { Channels } from '../../src/channels/channels.ts';
import { createSubscriptions } from '../../src/channels/subscriptions.ts';
import type { Store } from '../../src/store/store.ts';
import type { ChannelSettings } from '../../src/stories/channel.ts';
import { openTestChannels, yahooWith } from '../channels/open-channels.ts';
import type { YahooDouble } from '../doubles/yahoo/index.ts';
import { askingAt } from './asking.ts';
import { marketContext } from './market-context.ts';

/** An evening of the recorded summer, 30 August 2024 16:30 in New York: a Friday before a long weekend. */
export const AT = '2024-08-30T20:30:00Z';
export const NOW = Date.parse(AT);

const PLACE = { platform: 'discord', address: 'c' } as const;

export interface ChannelScene {
  readonly store: Store;
  readonly context: CommandContext;
  readonly channels: Channels;
  readonly yahoo: YahooDouble;
  /** The channel's own settings; undefined if it is not set up. */
  settings(): Promise<ChannelSettings | undefined>;
}

/** The commands on a real database with Yahoo's double. `setUp: false`: the channel is not set up. */
export const openChannelScene = async ({
  setUp = true,
  tickers = ['AMD'],
}: {
  setUp?: boolean;
  tickers?: string[];
} = {}) => {
  const yahoo = await yahooWith(...tickers);
  const { store, watchlist, channels } = await openTestChannels({ yahoo: yahoo.url });
  const base = marketContext({ until: '2024-08-30' });
  if (setUp)
    await channels.open(PLACE, { language: 'en', origin: 'setup', workspace: 'w', madeBy: 'a' }, NOW - 86_400_000);
  const scene: ChannelScene = {
    store,
    context: { ...base, watchlist, channels, subscriptions: createSubscriptions(store) },
    channels,
    yahoo,
    settings: async () => (await channels.at(PLACE))?.settings,
  };
  return scene;
};

type Given = Omit<Parameters<typeof askingAt>[0], 'context' | 'channels'>;

/** Asks one line as a person who may change the channel. */
export const askOn =
  (scene: ChannelScene, given: Given = {}) =>
  (line: string) =>
    askingAt({ at: AT, ...given, context: scene.context, channels: scene.channels }).line(line);
