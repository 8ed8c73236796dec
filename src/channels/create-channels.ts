import type { CustomSymbol } from '../market/mutable-watchlist.ts';
import type { Source } from '../market/source.ts';
import type { Watched } from '../market/watchlist.ts';
import {
  channelAt,
  channelById,
  channelsInUse,
  openChannel,
  type StoredChannel,
  writeLanguage,
  writeSettings,
} from '../store/channels.ts';
import { readCustomSymbols, writeCustomSymbol } from '../store/custom-symbols.ts';
import { recheckHeld } from '../store/held-deliveries.ts';
import { endMutes, readMutes, writeMute } from '../store/mutes.ts';
import { enqueueForChannel } from '../store/outbox.ts';
import { readPastAlerts } from '../store/past-alerts.ts';
import type { Db } from '../store/store.ts';
import type { ChannelSettings } from '../stories/channel.ts';
import { type Channels, MAX_ADDED_SYMBOLS, type WatchRefusal } from './channels.ts';
import { findTicker } from './find-ticker.ts';
import { ending, type Registry, type RegistryParts } from './registry.ts';
import { settingsOf } from './repair.ts';
import { watches } from './rules-of.ts';
import { BadSettings, checkedSettings } from './settings-schema.ts';
import { toChannel } from './to-channel.ts';
import { settingsText, withoutDefaults } from './without-defaults.ts';

/** A custom symbol of the watchlist as it is stored. */
const customOf = ({ symbol, name, kind, tickers }: Watched): CustomSymbol => {
  const [source = '', ticker = symbol] = Object.entries(tickers)[0] ?? [];
  return { symbol, name: name.en, kind, source, ticker };
};

export interface ChannelsParts extends Pick<RegistryParts, 'store' | 'watchlist'> {
  readonly registry: Registry;
  readonly source: Source;
}

const except = (list: readonly string[] | undefined, symbol: string): string[] =>
  (list ?? []).filter((each) => each !== symbol);

/** The channels over the store. */
export const createChannels = ({ store, watchlist, registry, source }: ChannelsParts): Channels => {
  const { defaults, change } = registry;

  /** Settings as they are written. @throws BadSettings */
  const toText = (settings: ChannelSettings, before: ChannelSettings = {}): string | null => {
    const checked = checkedSettings(settings);
    for (const symbol of checked.also ?? [])
      if (!before.also?.includes(symbol) && !watchlist.symbols.get(symbol)?.custom)
        throw new BadSettings('also', `${symbol} is not on any watchlist yet; add it by its ticker`);
    return settingsText(withoutDefaults(checked, defaults));
  };

  const inUse = async (db: Db, id: number): Promise<StoredChannel> => {
    const row = await channelById(db, id);
    if (!row || row.retired !== null) throw new RangeError(`no active channel ${id}`);
    return row;
  };

  /** Writes what becomes of a channel's settings, and says so to the book. */
  const rewrite = async (db: Db, before: StoredChannel, settings: string | null) => {
    const after = { ...before, settings };
    if (settings !== before.settings) {
      await writeSettings(db, before.id, settings);
      await recheckHeld(db, before.id);
    }
    return { changed: [{ before, after }], value: toChannel(after) };
  };

  /** Takes back that a symbol of the file was left out. */
  const includeListed = (id: number, { symbol, name }: Watched) =>
    change(async (db) => {
      const before = await inUse(db, id);
      const settings = settingsOf(before.settings);
      const next = { ...settings, without: except(settings.without, symbol) };
      const { changed } = await rewrite(db, before, toText(next, settings));
      return { changed, value: { symbol, name: name.en } };
    });

  /** Adds a symbol that the file does not have. */
  const includeCustom = (id: number, custom: CustomSymbol, now: number) =>
    change<{ symbol: string; name: string } | WatchRefusal>(async (db) => {
      const before = await inUse(db, id);
      const { symbol, name } = custom;
      // Those that only channels name which are away do not count.
      const watched = (await readCustomSymbols(db)).filter((it) => watchlist.symbols.has(it.symbol));
      if (!watched.some((it) => it.symbol === symbol)) {
        if (watched.length >= MAX_ADDED_SYMBOLS) return { changed: [], value: 'too-many' };
        await writeCustomSymbol(db, custom, now);
      }
      const settings = settingsOf(before.settings);
      const next = checkedSettings({ ...settings, also: [...except(settings.also, symbol), symbol] });
      const { changed } = await rewrite(db, before, settingsText(withoutDefaults(next, defaults)));
      return { changed, value: { symbol, name } };
    });

  return {
    at: async ({ platform, address }) => {
      const row = await channelAt(store.db, platform, address);
      return row && row.retired === null ? toChannel(row) : undefined;
    },
    of: async (platform, workspace) => (await channelsInUse(store.db, platform, workspace)).map(toChannel),
    open: (place, { settings, ...made }, now) =>
      change(async (db) => {
        const before = await channelAt(db, place.platform, place.address);
        const old = settingsOf(before?.settings ?? null);
        const given = settings && { settings: toText(settings, old) };
        const after = await openChannel(db, { ...place, ...made, ...given }, now);
        return { changed: [{ before, after }], value: toChannel(after) };
      }),
    close: (place, reason, now) =>
      change(async (db) => {
        const row = await channelAt(db, place.platform, place.address);
        if (!row || row.retired !== null) return { changed: [], value: false };
        return { changed: await ending(db, [row], reason, now), value: true };
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
          ? { ...settings, also: except(settings.also, symbol), rules }
          : { ...settings, without: [...(settings.without ?? []), symbol] };
        const { changed } = await rewrite(db, before, toText(next, settings));
        return { changed, value: true };
      }),
    mutes: (id, now) => readMutes(store.db, id, now),
    mute: (id, symbol, until, by, now) =>
      store.transaction((db) => writeMute(db, { channelId: id, symbol, until, by }, now)),
    unmute: (id, symbol, now) => store.transaction((db) => endMutes(db, id, symbol, now)),
    history: (id, limit) => readPastAlerts(store.db, id, limit),
    sendTest: (id, now) =>
      store.transaction((db) => enqueueForChannel(db, id, { kind: 'test', symbol: '*', at: now }, { now, dueAt: now })),
  };
};
