import type { Channels, Place, WatchRefusal } from '../../src/channels/channels.ts';
import { loadWatchlist } from '../../src/market/watchlist.ts';
import type { Channel, ChannelSettings, Mute } from '../../src/stories/channel.ts';
import type { PastAlert } from '../../src/stories/past-alert.ts';

/** Channels in memory, for tests of what is asked of them; nothing is looked up anywhere. */
export interface MemoryChannels extends Channels {
  /** Everything that is kept, as text: the same where nothing was changed. */
  dump(): string;
  /** Ids of the channels that are owed a test card. */
  readonly tests: readonly number[];
  /** What becomes of a channel's alerts, newest first. */
  setHistory(id: number, past: readonly PastAlert[]): void;
  /** Counts alerts that a mute has held back. */
  setHeld(id: number, symbol: string, held: number): void;
  pause(id: number, reason: string): void;
}

interface StoredChannel {
  channel: Channel;
  closed: boolean;
  mutes: readonly (Mute & { readonly by: string })[];
  past: readonly PastAlert[];
}

/** Tickers that the source of the tests knows beside the watchlist, and what it says of them. */
export type Tickers = Readonly<Record<string, { readonly symbol: string; readonly name: string } | WatchRefusal>>;

export const KNOWN_TICKERS: Tickers = {
  AMD: { symbol: 'AMD', name: 'Advanced Micro Devices, Inc.' },
  'BRK-B': { symbol: 'BRK-B', name: 'Berkshire Hathaway Inc.' },
  '005930.KS': 'elsewhere',
  SLOW: 'no-answer',
  FULL: 'too-many',
};

const watchlist = loadWatchlist();

export const memoryChannels = (tickers: Tickers = KNOWN_TICKERS): MemoryChannels => {
  const all: StoredChannel[] = [];
  const tests: number[] = [];

  const kept = (id: number): StoredChannel => {
    const found = all.find(({ channel }) => channel.id === id);
    if (!found) throw new Error(`Expected a channel, got the id ${id}`);
    return found;
  };
  const atPlace = ({ platform, address }: Place): StoredChannel | undefined =>
    all.find(({ channel }) => channel.platform === platform && channel.address === address);
  const set = (one: StoredChannel, change: Partial<Channel>): Channel => {
    one.channel = { ...one.channel, ...change };
    return one.channel;
  };
  const change = async (id: number, by: (settings: ChannelSettings) => ChannelSettings): Promise<Channel> =>
    set(kept(id), { settings: by(kept(id).channel.settings) });

  return {
    tests,
    dump: () => JSON.stringify([all, tests]),
    setHistory: (id, past) => {
      kept(id).past = past;
    },
    setHeld: (id, symbol, held) => {
      kept(id).mutes = kept(id).mutes.map((mute) => (mute.symbol === symbol ? { ...mute, held } : mute));
    },
    pause: (id, reason) => {
      set(kept(id), { paused: { text: reason } });
    },

    at: async (place) => {
      const found = atPlace(place);
      return found && !found.closed ? found.channel : undefined;
    },
    of: async (platform, workspace) =>
      all
        .filter(({ closed }) => !closed)
        .map(({ channel }) => channel)
        .filter((it) => it.platform === platform && (workspace === undefined || it.workspace === workspace)),
    open: async (place, { settings, ...made }) => {
      const there = atPlace(place);
      if (there) {
        there.closed = false;
        return set(there, { ...made, ...(settings && { settings }) });
      }
      const channel: Channel = { id: all.length + 1, ...place, ...made, settings: settings ?? {} };
      all.push({ channel, closed: false, mutes: [], past: [] });
      return channel;
    },
    close: async (place) => {
      const there = atPlace(place);
      if (!there || there.closed) return false;
      there.closed = true;
      return true;
    },
    setLanguage: async (id, language) => {
      set(kept(id), { language });
    },
    change,
    watch: async (id, ticker) => {
      const { without = [], also = [] } = kept(id).channel.settings;
      const listed = watchlist.resolve(ticker);
      if (listed !== undefined) {
        await change(id, (settings) => ({ ...settings, without: without.filter((it) => it !== listed) }));
        return { symbol: listed, name: listed };
      }
      const found = tickers[ticker.toUpperCase()] ?? 'unknown';
      if (typeof found === 'string') return found;
      await change(id, (settings) => ({ ...settings, also: [...new Set([...also, found.symbol])] }));
      return found;
    },
    unwatch: async (id, symbol) => {
      const { without = [], also = [] } = kept(id).channel.settings;
      const listed = watchlist.symbols.has(symbol);
      if (listed ? without.includes(symbol) : !also.includes(symbol)) return false;
      await change(id, (settings) =>
        listed
          ? { ...settings, without: [...without, symbol] }
          : { ...settings, also: also.filter((it) => it !== symbol) },
      );
      return true;
    },
    mutes: async (id, now) =>
      kept(id)
        .mutes.filter(({ until }) => until > now)
        .map(({ by: _, ...mute }) => mute),
    mute: async (id, symbol, until, by) => {
      const others = kept(id).mutes.filter((mute) => mute.symbol !== symbol);
      kept(id).mutes = [...others, { symbol, until, held: 0, by }];
    },
    unmute: async (id, symbol, now) => {
      const ends = (mute: Mute): boolean => mute.until > now && (symbol === '*' || mute.symbol === symbol);
      const ended = kept(id).mutes.filter(ends);
      kept(id).mutes = kept(id).mutes.filter((mute) => !ends(mute));
      return ended.map(({ by: _, ...mute }) => mute);
    },
    history: async (id, limit) => kept(id).past.slice(0, limit),
    sendTest: async (id) => {
      tests.push(id);
    },
  };
};
