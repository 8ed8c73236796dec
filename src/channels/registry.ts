import type { MutableWatchlist } from '../market/mutable-watchlist.ts';
import { isSymbolAdded } from '../store/channel-symbols.ts';
import {
  channelsWithSettings,
  closeChannels,
  isInUse,
  type Retirement,
  replaceUnknownLanguages,
  type StoredChannel,
  settingsInUse,
} from '../store/channels.ts';
import { deleteCustomSymbol, deleteSymbol, readCustomSymbols } from '../store/custom-symbols.ts';
import type { Db, Store } from '../store/store.ts';
import type { ChannelSettings } from '../stories/channel.ts';
import type { Logger } from '../telemetry/log.ts';
import { createMutex } from '../util/promises.ts';
import type { EffectiveRules } from './effective-rules.ts';
import { createEffectiveRules } from './effective-rules.ts';
import { repairSettings, settingsOf } from './repair-settings.ts';
import type { Defaults } from './without-defaults.ts';

export interface RegistryParts {
  readonly store: Store;
  readonly watchlist: MutableWatchlist;
  /** IANA name: the zone of channels without one of their own. */
  readonly timeZone: string;
  /** Languages with a message catalogue. */
  readonly languages: readonly string[];
  /** For channels whose language has no catalogue. */
  readonly language: string;
  readonly log: Logger;
}

/** A channel before and after a change; absent if there was none before, or is none after. */
export interface Changed {
  readonly before?: StoredChannel | undefined;
  readonly after?: StoredChannel | undefined;
}

/** Serialises all changes of channels: each is committed to the store, then applied to the effective rules. */
export interface Registry {
  readonly effectiveRules: EffectiveRules;
  readonly defaults: Defaults;
  /**
   * Runs `work` in a transaction and applies its changes to the effective rules; drops custom symbols that no channel
   * watches any more. @throws StoreError, and what `work` throws: then nothing has changed.
   */
  change<T>(work: (db: Db) => Promise<{ readonly changed: readonly Changed[]; readonly value: T }>): Promise<T>;
  /** Removes a channel from the effective rules that was retired elsewhere; `before` is the channel before that. */
  forgetRetired(before: StoredChannel): Promise<void>;
}

const activeSettings = (channel: StoredChannel | undefined): ChannelSettings | undefined =>
  channel && isInUse(channel) ? settingsOf(channel.settings) : undefined;

const load = async (
  { store: { db }, languages, language, log }: RegistryParts,
  effectiveRules: EffectiveRules,
): Promise<void> => {
  for (const channel of await replaceUnknownLanguages(db, languages, language))
    log.warn({ channel, part: 'language', language }, 'unknown channel language: using the default');
  for (const { settings, count } of await settingsInUse(db)) {
    const { settings: read, repairs } = repairSettings(settings);
    effectiveRules.add(read, count);
    if (settings === null || repairs.length === 0) continue;
    for (const channel of await channelsWithSettings(db, settings))
      for (const { part, reason } of repairs)
        log.warn({ channel, part, reason }, 'invalid channel setting: using the default');
  }
};

/**
 * Loads the stored channels into the effective rules, and their custom symbols into the watchlist. @throws StoreError
 */
export const openRegistry = async (parts: RegistryParts): Promise<Registry> => {
  const { store, watchlist, timeZone } = parts;
  const effectiveRules = createEffectiveRules({ watchlist, timeZone });
  const runExclusive = createMutex();
  await load(parts, effectiveRules);
  for (const custom of await readCustomSymbols(store.db))
    if (effectiveRules.watchers(custom.symbol) > 0) watchlist.add(custom);
    else if (!(await isSymbolAdded(store.db, custom.symbol))) await deleteCustomSymbol(store.db, custom.symbol);

  /** Custom symbols that start or stop being watched by these changes. */
  const diffSymbols = (changed: readonly Changed[]): { readonly started: string[]; readonly stopped: string[] } => {
    const watching = new Map<string, number>();
    const note = (channel: StoredChannel | undefined, by: number) => {
      for (const symbol of activeSettings(channel)?.also ?? []) watching.set(symbol, (watching.get(symbol) ?? 0) + by);
    };
    for (const { before, after } of changed) {
      note(before, -1);
      note(after, 1);
    }
    const symbols = [...watching];
    const named = (which: (symbol: string, by: number) => boolean) =>
      symbols.filter(([symbol, by]) => which(symbol, by)).map(([symbol]) => symbol);
    return {
      started: named((symbol, by) => by > 0 && !watchlist.symbols.has(symbol)),
      stopped: named((symbol, by) => by < 0 && effectiveRules.watchers(symbol) + by <= 0),
    };
  };

  /** Applies committed changes to the watchlist and the effective rules. */
  const apply = async (changed: readonly Changed[], dropped: readonly string[]): Promise<void> => {
    const watched = (symbol: string) =>
      effectiveRules.watchers(symbol) > 0 || changed.some(({ after }) => activeSettings(after)?.also?.includes(symbol));
    for (const custom of await readCustomSymbols(store.db)) if (watched(custom.symbol)) watchlist.add(custom);
    for (const { before, after } of changed) {
      const [was, is] = [activeSettings(before), activeSettings(after)];
      if (is) effectiveRules.add(is);
      if (was) effectiveRules.remove(was);
    }
    for (const symbol of dropped) watchlist.remove(symbol);
  };

  const change: Registry['change'] = (work) =>
    runExclusive(async () => {
      const { changed, value, dropped } = await store.transaction(async (db) => {
        const done = await work(db);
        const { started, stopped } = diffSymbols(done.changed);
        // A symbol watched anew starts without the state of an earlier time.
        for (const symbol of started) await deleteSymbol(db, symbol);
        // A retired channel may return: keep the symbols that it has added.
        for (const symbol of stopped) if (!(await isSymbolAdded(db, symbol))) await deleteCustomSymbol(db, symbol);
        return { ...done, dropped: stopped };
      });
      await apply(changed, dropped);
      return value;
    });

  return {
    effectiveRules: effectiveRules,
    defaults: { watchlist, timeZone },
    change,
    forgetRetired: (before) => change(async () => ({ changed: [{ before }], value: undefined })),
  };
};

/** Retires channels in use; returns the changes for `Registry.change`. */
export const retireChannels = async (
  db: Db,
  channels: readonly StoredChannel[],
  retirement: Retirement,
  now: number,
): Promise<readonly Changed[]> => {
  await closeChannels(db, channels, retirement, now);
  return channels.map((before) => ({ before }));
};
