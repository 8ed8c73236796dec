import type { CustomSymbol } from '../market/mutable-watchlist.ts';
import type { Source } from '../market/source.ts';
import type { Watched } from '../market/watchlist.ts';
import { symbolsAddedIn } from '../store/channel-symbols.ts';
import {
  channelAt,
  channelById,
  channelsInUse,
  isInUse,
  openChannel,
  type StoredChannel,
  writeLanguage,
  writeSettings,
} from '../store/channels.ts';
import { readCustomSymbols, writeCustomSymbol } from '../store/custom-symbols.ts';
import { storyUnderWay } from '../store/deliveries.ts';
import { forgetChannel } from '../store/forget-channel.ts';
import { recheckHeld } from '../store/held-deliveries.ts';
import { noteMute } from '../store/mute-notes.ts';
import { endedMutes, readMutes, writeMute } from '../store/mutes.ts';
import { enqueueForChannel } from '../store/outbox.ts';
import { readPastAlerts } from '../store/past-alerts.ts';
import { retryPaused } from '../store/pauses.ts';
import type { Db } from '../store/store.ts';
import type { PastAlert } from '../stories/alert.ts';
import type { Channel, ChannelSettings, Mute, Origin } from '../stories/channel.ts';
import type { TestSample } from '../stories/channel-stories.ts';
import { lacksFromStore } from '../stories/lacks.ts';
import { pauseFromStore } from '../stories/pause.ts';
import { watches } from './channel-rules.ts';
import { endMutes } from './end-mutes.ts';
import { findTicker, type WatchRefusal } from './find-ticker.ts';
import { type Registry, type RegistryParts, retireChannels } from './registry.ts';
import { settingsOf } from './repair-settings.ts';
import {
  BadSettings,
  checkedSettings,
  FEW_ADDED,
  MAX_ADDED_IN_PLACE,
  MAX_ADDED_SYMBOLS,
  MAX_RESERVED_SYMBOLS,
} from './settings-schema.ts';
import { settingsText, withoutDefaults } from './without-defaults.ts';

/** Where a channel is: the platform's name and the platform's id of the channel. */
export interface Place {
  readonly platform: string;
  readonly address: string;
}

/**
 * The channels and their settings. Every change is one transaction, validated before it is written, and takes effect at
 * the next poll.
 * @throws StoreError, and BadSettings for invalid settings: then nothing has changed.
 */
export interface Channels {
  /** The channel in use at a place; undefined if there is none, or it is retired. */
  at(place: Place): Promise<Channel | undefined>;
  /** The channels in use of a server or workspace, or of the whole platform; in the order of their creation. */
  of(platform: string, workspace?: string): Promise<readonly Channel[]>;
  /**
   * Creates the channel of a place, or reopens it with its settings; for one in use, changes the given fields. `settings` are
   * new ones, or made of those that are stored, of a retired channel too.
   */
  open(
    place: Place,
    made: {
      readonly language: string;
      readonly origin: Origin;
      readonly workspace?: string;
      readonly madeBy?: string;
      readonly settings?: ChannelSettings | ((before: ChannelSettings) => ChannelSettings);
    },
    now: number,
  ): Promise<Channel>;
  /** Retires a channel: nothing more is posted there. False if none was in use. */
  close(place: Place, reason: string, now: number): Promise<boolean>;
  /** Deletes what is stored of a channel and of its people. False if nothing is stored. */
  forget(place: Place): Promise<boolean>;
  setLanguage(id: number, language: string): Promise<void>;
  /** Stores what `change` returns, without settings equal to the defaults. Returns the changed channel. */
  change(id: number, change: (settings: ChannelSettings) => ChannelSettings): Promise<Channel>;
  /** Watches a ticker in this channel; looks it up at the source if no channel watches it yet. */
  watch(
    id: number,
    ticker: string,
    now: number,
  ): Promise<{ readonly symbol: string; readonly name: string } | WatchRefusal>;
  /** Stops watching a symbol; one that no channel watches is polled no longer. False if it was not watched. */
  unwatch(id: number, symbol: string): Promise<boolean>;
  /** Mutes that have not ended at `now`. */
  mutes(id: number, now: number): Promise<readonly Mute[]>;
  /**
   * Mutes a symbol, or all for `*`, until an instant. Replaces an earlier mute of the same symbol, shorter or longer. The
   * posted card whose button was pressed says so.
   */
  mute(id: number, symbol: string, until: number, by: string, now: number, press?: MutePress): Promise<void>;
  /**
   * Ends the mutes of a symbol (every mute for `*`); the channel is told what they have held back. Returns the ended ones with the
   * number of alerts held back.
   */
  unmute(id: number, symbol: string, now: number): Promise<readonly Mute[]>;
  /** The channel's past alerts, newest first. */
  history(id: number, limit: number): Promise<readonly PastAlert[]>;
  /**
   * Enqueues a test card for the channel, unless one is on its way already; a paused channel tries it at once. Returns the id of
   * its story, and whether it is the given one.
   */
  sendTest(
    id: number,
    now: number,
    sample?: TestSample,
  ): Promise<{ readonly storyId: number; readonly isNew: boolean }>;
}

/** Converts a stored channel. */
export const toChannel = (row: StoredChannel): Channel => ({
  id: row.id,
  platform: row.platform,
  address: row.address,
  language: row.language,
  origin: row.origin,
  settings: settingsOf(row.settings),
  ...(row.workspace !== null && { workspace: row.workspace }),
  ...(row.made_by !== null && { madeBy: row.made_by }),
  ...(row.paused !== null && { paused: pauseFromStore(row.paused) }),
  ...(row.lacks !== null && { lacks: lacksFromStore(row.lacks) }),
});

/** A custom symbol of the watchlist in its stored form. */
const customOf = ({ symbol, name, kind, tickers }: Watched): CustomSymbol => {
  const [source = '', ticker = symbol] = Object.entries(tickers)[0] ?? [];
  return { symbol, name: name.en, kind, source, ticker };
};

/** Who presses a button to mute, as the platform shows the person, and in which message. */
export interface MutePress {
  readonly name?: string;
  readonly messageId?: string;
}

/** Tells of a channel's mutes that are over and not told of yet. */
const tellEnded = async (db: Db, channelId: number, now: number): Promise<void> => {
  const [ended] = await endedMutes(db, now, { channelId });
  if (!ended) return;
  const isAllMuted = (await readMutes(db, channelId, now)).some((it) => it.symbol === '*');
  await endMutes(db, { channelId, mutes: ended.mutes, isAllMuted, now, dueAt: now });
};

export interface ChannelsParts extends Pick<RegistryParts, 'store' | 'watchlist'> {
  readonly registry: Registry;
  readonly source: Source;
}

const omit = (list: readonly string[] | undefined, symbol: string): string[] =>
  (list ?? []).filter((each) => each !== symbol);

export const createChannels = ({ store, watchlist, registry, source }: ChannelsParts): Channels => {
  const { defaults, change } = registry;

  /** The stored text of settings. @throws BadSettings */
  const toText = (settings: ChannelSettings, before: ChannelSettings = {}): string | null => {
    const checked = checkedSettings(settings);
    for (const symbol of checked.also ?? [])
      if (!before.also?.includes(symbol) && !watchlist.symbols.get(symbol)?.custom)
        throw new BadSettings('also', `${symbol} is not on any watchlist yet; add it by its ticker`);
    return settingsText(withoutDefaults(checked, defaults));
  };

  const inUse = async (db: Db, id: number): Promise<StoredChannel> => {
    const row = await channelById(db, id);
    if (!row || !isInUse(row)) throw new RangeError(`no active channel ${id}`);
    return row;
  };

  /** Stores a channel's settings, if changed. Returns the change for the registry. */
  const rewrite = async (db: Db, before: StoredChannel, settings: string | null) => {
    const after = { ...before, settings };
    if (settings !== before.settings) {
      await writeSettings(db, before.id, settings);
      await recheckHeld(db, before.id);
    }
    return { changed: [{ before, after }], value: toChannel(after) };
  };

  /** Watches a symbol of the watchlist file again. */
  const includeListed = (id: number, { symbol, name }: Watched) =>
    change(async (db) => {
      const before = await inUse(db, id);
      const settings = settingsOf(before.settings);
      const next = { ...settings, without: omit(settings.without, symbol) };
      const { changed } = await rewrite(db, before, toText(next, settings));
      return { changed, value: { symbol, name: name.en } };
    });

  /** Watches a custom symbol. */
  const includeCustom = (id: number, custom: CustomSymbol, now: number) =>
    change<{ symbol: string; name: string } | WatchRefusal>(async (db) => {
      const before = await inUse(db, id);
      const { symbol, name } = custom;
      const here = await symbolsAddedIn(db, before);
      if (here.size >= MAX_ADDED_IN_PLACE && !here.has(symbol)) return { changed: [], value: 'too-many-here' };
      // Symbols named only by retired channels do not count.
      const watched = (await readCustomSymbols(db)).filter((it) => watchlist.symbols.has(it.symbol));
      if (!watched.some((it) => it.symbol === symbol)) {
        const limit = MAX_ADDED_SYMBOLS + (here.size < FEW_ADDED ? MAX_RESERVED_SYMBOLS : 0);
        if (watched.length >= limit) return { changed: [], value: 'too-many' };
        await writeCustomSymbol(db, custom, now);
      }
      const settings = settingsOf(before.settings);
      const next = checkedSettings({ ...settings, also: [...omit(settings.also, symbol), symbol] });
      const { changed } = await rewrite(db, before, settingsText(withoutDefaults(next, defaults)));
      return { changed, value: { symbol, name } };
    });

  return {
    at: async ({ platform, address }) => {
      const row = await channelAt(store.db, platform, address);
      return row && isInUse(row) ? toChannel(row) : undefined;
    },
    of: async (platform, workspace) => (await channelsInUse(store.db, platform, workspace)).map(toChannel),
    open: (place, { settings, ...made }, now) =>
      change(async (db) => {
        const before = await channelAt(db, place.platform, place.address);
        const old = settingsOf(before?.settings ?? null);
        const given = settings && { settings: toText(typeof settings === 'function' ? settings(old) : settings, old) };
        const after = await openChannel(db, { ...place, ...made, ...given }, now);
        return { changed: [{ before, after }], value: toChannel(after) };
      }),
    close: (place, reason, now) =>
      change(async (db) => {
        const row = await channelAt(db, place.platform, place.address);
        if (!row || !isInUse(row)) return { changed: [], value: false };
        return { changed: await retireChannels(db, [row], { status: 'retired', reason }, now), value: true };
      }),
    forget: (place) =>
      change(async (db) => {
        const before = await channelAt(db, place.platform, place.address);
        if (!before) return { changed: [], value: false };
        await forgetChannel(db, before.id);
        return { changed: [{ before }], value: true };
      }),
    setLanguage: (id, language) => writeLanguage(store.db, id, language),
    change: (id, make) =>
      change(async (db) => {
        const before = await inUse(db, id);
        const old = settingsOf(before.settings);
        return rewrite(db, before, toText(make(old), old));
      }),
    watch: async (id, ticker, now) => {
      const known = watchlist.resolve(ticker);
      const found = known === undefined ? await findTicker(source, watchlist, ticker, now) : { known };
      if (typeof found === 'string') return found;
      if (!('known' in found)) return includeCustom(id, found, now);
      const watched = watchlist.symbols.get(found.known);
      if (!watched) return 'unknown';
      return watched.custom ? includeCustom(id, customOf(watched), now) : includeListed(id, watched);
    },
    unwatch: (id, symbol) =>
      change(async (db) => {
        const before = await inUse(db, id);
        const settings = settingsOf(before.settings);
        if (!watches(settings, watchlist, symbol)) return { changed: [], value: false };
        const { [symbol]: _, ...rules } = settings.rules ?? {};
        const next = watchlist.symbols.get(symbol)?.custom
          ? { ...settings, also: omit(settings.also, symbol), rules }
          : { ...settings, without: [...(settings.without ?? []), symbol] };
        const { changed } = await rewrite(db, before, toText(next, settings));
        return { changed, value: true };
      }),
    mutes: (id, now) => readMutes(store.db, id, now),
    mute: (id, symbol, until, by, now, { name: byName, messageId } = {}) =>
      store.transaction(async (db) => {
        // One that is over but not told of yet is not this one.
        await tellEnded(db, id, now);
        const named = byName === undefined ? {} : { byName };
        await writeMute(db, { channelId: id, symbol, until, by, ...named }, now);
        await noteMute(
          db,
          { channelId: id, symbol, until, ...named, ...(messageId !== undefined && { messageId }) },
          now,
        );
      }),
    unmute: (id, symbol, now) =>
      store.transaction(async (db) => {
        await tellEnded(db, id, now);
        const inForce = await readMutes(db, id, now);
        const mutes = inForce.filter((it) => symbol === '*' || it.symbol === symbol);
        const isAllMuted = symbol !== '*' && inForce.some((it) => it.symbol === '*');
        await endMutes(db, { channelId: id, mutes, isAllMuted, now, dueAt: now });
        return mutes;
      }),
    history: (id, limit) => readPastAlerts(store.db, id, limit),
    sendTest: (id, now, sample) =>
      store.transaction(async (db) => {
        const { platform, address } = await inUse(db, id);
        await retryPaused(db, { platform, address }, now);
        const underWay = await storyUnderWay(db, id, 'test');
        if (underWay !== undefined) return { storyId: underWay, isNew: false };
        const story = { kind: 'test', symbol: '*', at: now, ...(sample && { sample }) } as const;
        return { storyId: await enqueueForChannel(db, id, story, { now, dueAt: now }), isNew: true };
      }),
  };
};
