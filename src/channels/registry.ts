import type { MutableWatchlist } from '../market/mutable-watchlist.ts';
import {
  channelsWithSettings,
  closeChannels,
  isSymbolInSettings,
  replaceUnknownLanguages,
  type StoredChannel,
  settingsInUse,
} from '../store/channels.ts';
import { deleteCustomSymbol, deleteSymbol, readCustomSymbols } from '../store/custom-symbols.ts';
import type { Db, Store } from '../store/store.ts';
import type { ChannelSettings } from '../stories/channel.ts';
import type { Logger } from '../telemetry/log.ts';
import { createMutex } from '../util/mutex.ts';
import { createEffectiveRules } from './create-effective-rules.ts';
import type { EffectiveRules } from './effective-rules.ts';
import { repairSettings, settingsOf } from './repair.ts';
import type { Defaults } from './without-defaults.ts';

export interface RegistryParts {
  readonly store: Store;
  readonly watchlist: MutableWatchlist;
  /** The zone of channels that name none. */
  readonly timeZone: string;
  /** Those that there are words in, and the one for channels whose own is none of them. */
  readonly languages: readonly string[];
  readonly language: string;
  readonly log: Logger;
}

/** A channel before and after a change; absent where it is in use no longer, or was not before. */
export interface Changed {
  readonly before?: StoredChannel | undefined;
  readonly after?: StoredChannel | undefined;
}

/** What all that changes channels goes through: one change after the other, in the store first, then in the book. */
export interface Registry {
  readonly book: EffectiveRules;
  readonly defaults: Defaults;
  /**
   * Runs `work` in a transaction and enters what it changed into the book; symbols that no channel watches any more
   * are dropped. @throws StoreError, and what `work` throws: then nothing has changed.
   */
  change<T>(work: (db: Db) => Promise<{ readonly changed: readonly Changed[]; readonly value: T }>): Promise<T>;
  /** Takes a channel out of the book that something else has retired; `before` is what it was. */
  retired(before: StoredChannel): Promise<void>;
}

const inUse = (channel: StoredChannel | undefined): ChannelSettings | undefined =>
  channel && channel.retired === null ? settingsOf(channel.settings) : undefined;

const load = async (
  { store: { db }, languages, language, log }: RegistryParts,
  book: EffectiveRules,
): Promise<void> => {
  for (const channel of await replaceUnknownLanguages(db, languages, language))
    log.warn({ channel, part: 'language', language }, 'unknown channel language: using the default');
  for (const { settings, count } of await settingsInUse(db)) {
    const { settings: read, repairs } = repairSettings(settings);
    book.add(read, count);
    if (settings === null || repairs.length === 0) continue;
    for (const channel of await channelsWithSettings(db, settings))
      for (const { part, reason } of repairs)
        log.warn({ channel, part, reason }, 'invalid channel setting: using the default');
  }
};

/** Reads what earlier runs have left: custom symbols go onto the watchlist, channels into the book. @throws StoreError */
export const openRegistry = async (parts: RegistryParts): Promise<Registry> => {
  const { store, watchlist, timeZone } = parts;
  const book = createEffectiveRules({ watchlist, timeZone });
  const inTurn = createMutex();
  await load(parts, book);
  for (const custom of await readCustomSymbols(store.db))
    if (book.watchers(custom.symbol) > 0) watchlist.add(custom);
    else if (!(await isSymbolInSettings(store.db, custom.symbol))) await deleteCustomSymbol(store.db, custom.symbol);

  /** Custom symbols that nobody watches once these changes count, and those that nobody has watched before. */
  const diffSymbols = (changed: readonly Changed[]): { readonly come: string[]; readonly gone: string[] } => {
    const watching = new Map<string, number>();
    const note = (channel: StoredChannel | undefined, by: number) => {
      for (const symbol of inUse(channel)?.also ?? []) watching.set(symbol, (watching.get(symbol) ?? 0) + by);
    };
    for (const { before, after } of changed) {
      note(before, -1);
      note(after, 1);
    }
    const symbols = [...watching];
    const named = (which: (symbol: string, by: number) => boolean) =>
      symbols.filter(([symbol, by]) => which(symbol, by)).map(([symbol]) => symbol);
    return {
      come: named((symbol, by) => by > 0 && !watchlist.symbols.has(symbol)),
      gone: named((symbol, by) => by < 0 && book.watchers(symbol) + by <= 0),
    };
  };

  /** After the commit. */
  const enter = async (changed: readonly Changed[], dropped: readonly string[]): Promise<void> => {
    const watched = (symbol: string) =>
      book.watchers(symbol) > 0 || changed.some(({ after }) => inUse(after)?.also?.includes(symbol));
    for (const custom of await readCustomSymbols(store.db)) if (watched(custom.symbol)) watchlist.add(custom);
    for (const { before, after } of changed) {
      const [was, is] = [inUse(before), inUse(after)];
      if (is) book.add(is);
      if (was) book.remove(was);
    }
    for (const symbol of dropped) watchlist.remove(symbol);
  };

  const change: Registry['change'] = (work) =>
    inTurn(async () => {
      const { changed, value, dropped } = await store.transaction(async (db) => {
        const done = await work(db);
        const { come, gone } = diffSymbols(done.changed);
        // What an earlier time has left of a symbol is none of this one's past.
        for (const symbol of come) await deleteSymbol(db, symbol);
        // A channel that comes back finds what it had added.
        for (const symbol of gone) if (!(await isSymbolInSettings(db, symbol))) await deleteCustomSymbol(db, symbol);
        return { ...done, dropped: gone };
      });
      await enter(changed, dropped);
      return value;
    });

  return {
    book,
    defaults: { watchlist, timeZone },
    change,
    retired: (before) => change(async () => ({ changed: [{ before }], value: undefined })),
  };
};

/** Ends channels in use, as a change. */
export const ending = async (
  db: Db,
  channels: readonly StoredChannel[],
  reason: string,
  now: number,
): Promise<readonly Changed[]> => {
  await closeChannels(db, channels, reason, now);
  return channels.map((before) => ({ before }));
};
