import type { Channels, Place } from '../../src/channels/channels.ts';
import type { WatchRefusal } from '../../src/channels/find-ticker.ts';
import { loadWatchlist } from '../../src/market/watchlist.ts';
import type { PastAlert } from '../../src/stories/alert.ts';
import type { Channel, ChannelSettings, Mute } from '../../src/stories/channel.ts';
import type { Lacks } from '../../src/stories/lacks.ts';

/** Channels in memory, without a store or a source. */
export interface MemoryChannels extends Channels {
  /** The whole state as text, for comparison. */
  dump(): string;
  /** Ids of the channels with a pending test card. */
  readonly tests: readonly number[];
  /** Sets a channel's past alerts, newest first. */
  setHistory(id: number, past: readonly PastAlert[]): void;
  /** Sets how many alerts a mute has held back. */
  setHeld(id: number, symbol: string, held: number): void;
  pause(id: number, reason: string): void;
  /** Its cards come without these parts from now on. */
  lack(id: number, lacks: Lacks): void;
}

interface StoredChannel {
  channel: Channel;
  closed: boolean;
  mutes: readonly (Mute & { readonly by: string })[];
  past: readonly PastAlert[];
}

/** Tickers that are not on the watchlist, and the source's answers about them. */
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

  const byId = (id: number): StoredChannel => {
    const found = all.find(({ channel }) => channel.id === id);
    if (!found) throw new Error(`Expected a channel, got the id ${id}`);
    return found;
  };
  const byPlace = ({ platform, address }: Place): StoredChannel | undefined =>
    all.find(({ channel }) => channel.platform === platform && channel.address === address);
  const set = (one: StoredChannel, change: Partial<Channel>): Channel => {
    one.channel = { ...one.channel, ...change };
    return one.channel;
  };
  const change = async (id: number, by: (settings: ChannelSettings) => ChannelSettings): Promise<Channel> =>
    set(byId(id), { settings: by(byId(id).channel.settings) });

  return {
    tests,
    dump: () => JSON.stringify([all, tests]),
    setHistory: (id, past) => {
      byId(id).past = past;
    },
    setHeld: (id, symbol, held) => {
      byId(id).mutes = byId(id).mutes.map((mute) => (mute.symbol === symbol ? { ...mute, held } : mute));
    },
    pause: (id, reason) => {
      set(byId(id), { paused: { text: reason } });
    },
    lack: (id, lacks) => {
      set(byId(id), { lacks });
    },

    at: async (place) => {
      const found = byPlace(place);
      return found && !found.closed ? found.channel : undefined;
    },
    of: async (platform, workspace) =>
      all
        .filter(({ closed }) => !closed)
        .map(({ channel }) => channel)
        .filter((it) => it.platform === platform && (workspace === undefined || it.workspace === workspace)),
    open: async (place, { settings, ...made }) => {
      const existing = byPlace(place);
      if (existing) {
        existing.closed = false;
        return set(existing, {
          ...made,
          ...(settings && {
            settings: typeof settings === 'function' ? settings(existing.channel.settings) : settings,
          }),
        });
      }
      const channel: Channel = {
        id: all.length + 1,
        ...place,
        ...made,
        settings: typeof settings === 'function' ? settings({}) : (settings ?? {}),
      };
      all.push({ channel, closed: false, mutes: [], past: [] });
      return channel;
    },
    close: async (place) => {
      const existing = byPlace(place);
      if (!existing || existing.closed) return false;
      existing.closed = true;
      return true;
    },
    forget: async (place) => {
      const at = all.findIndex(
        ({ channel }) => channel.platform === place.platform && channel.address === place.address,
      );
      return at >= 0 && all.splice(at, 1).length > 0;
    },
    setLanguage: async (id, language) => {
      set(byId(id), { language });
    },
    change,
    watch: async (id, ticker) => {
      const { without = [], also = [] } = byId(id).channel.settings;
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
      const { without = [], also = [] } = byId(id).channel.settings;
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
      byId(id)
        .mutes.filter(({ until }) => until > now)
        .map(({ by: _, ...mute }) => mute),
    mute: async (id, symbol, until, by) => {
      const others = byId(id).mutes.filter((mute) => mute.symbol !== symbol);
      byId(id).mutes = [...others, { symbol, until, held: 0, by }];
    },
    unmute: async (id, symbol, now) => {
      const ends = (mute: Mute): boolean => mute.until > now && (symbol === '*' || mute.symbol === symbol);
      const ended = byId(id).mutes.filter(ends);
      byId(id).mutes = byId(id).mutes.filter((mute) => !ends(mute));
      return ended.map(({ by: _, ...mute }) => mute);
    },
    history: async (id, limit) => byId(id).past.slice(0, limit),
    sendTest: async (id) => {
      tests.push(id);
      return { storyId: tests.length, isNew: true };
    },
  };
};
