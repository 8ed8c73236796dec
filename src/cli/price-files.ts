import { readdirSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { Bar, Split } from '../market/bar.ts';
import { basketBars } from '../market/basket.ts';
import type { Calendar } from '../market/calendar.ts';
import type { PriceFile } from '../market/csv/price-file.ts';
import { readPriceFile } from '../market/csv.ts';
import { sharesAfter } from '../market/history.ts';
import { loadCalendar } from '../market/load-calendar.ts';
import type { Watchlist } from '../market/watchlist.ts';
import { adjustSplits } from './adjust-splits.ts';
import { closedDaysLine, onClosedDays } from './closed-days.ts';
import { holesIn, holesLine } from './holes.ts';
import { dividedMinutes, minuteSessions, type PlayedMinutes, summedMinutes } from './minute-sessions.ts';
import { nameNotes, typedSymbol } from './name-notes.ts';
import type { ToldSplit } from './told-splits.ts';
import { UsageError } from './usage-error.ts';
import { symbolOfName } from './vendor-names.ts';

/** Prices of one symbol as a command uses them: a session a bar, adjusted for splits. */
export interface Prices {
  readonly bars: readonly Bar[];
  /** Splits that the bars were adjusted for here. */
  readonly splits: readonly Split[];
  /** Of a file of minutes. */
  readonly played?: PlayedMinutes;
}

/** Prices from files: a folder of SYMBOL.csv files, or one file. */
export interface PriceFiles {
  /** The trading calendar, read when it is first asked for. */
  calendar(): Calendar;
  /** Paths by symbol, in file name order. */
  readonly paths: ReadonlyMap<string, string>;
  /**
   * Reads a file once. A basket without a file is computed from the files of its parts.
   * @throws UsageError if there is no such file, CsvError if it is invalid.
   */
  prices(symbol: string): Promise<Prices>;
  /**
   * What a person should know about the files that were read, a line each.
   * @throws UsageError for a split that was told and met no file.
   */
  finish(): readonly string[];
}

export interface PriceFileOptions {
  readonly splits?: readonly ToldSplit[];
  /** Whether rows count on days on which New York does not trade. */
  readonly keepClosedDays?: boolean;
  /** The option that names the files; default `--prices`. */
  readonly option?: '--prices' | '--history';
}

const nameOf = (file: string): string => basename(file).replace(/\.(csv|txt|tsv)$/i, '');

const findFiles = (path: string, watchlist: Watchlist, option: string): Map<string, string> => {
  const symbolOf = (file: string): string => symbolOfName(nameOf(file), watchlist) ?? nameOf(file).toUpperCase();
  const stat = statSync(path, { throwIfNoEntry: false });
  if (!stat) throw new UsageError(`${option} ${path}: no such file or folder`);
  if (!stat.isDirectory()) return new Map([[symbolOf(path), path]]);
  const names = readdirSync(path).filter((name) => name.toLowerCase().endsWith('.csv'));
  if (names.length === 0) throw new UsageError(`${option} ${path}: no SYMBOL.csv in this folder`);
  const files = new Map<string, string>();
  for (const name of names.sort()) {
    const symbol = symbolOf(name);
    const other = files.get(symbol);
    if (other) throw new UsageError(`${option} ${path}: ${basename(other)} and ${name} are both ${symbol}; keep one`);
    files.set(symbol, join(path, name));
  }
  return files;
};

/** @throws UsageError if nothing exists at `path`, or two files are for one symbol. */
export const openPriceFiles = (
  path: string,
  watchlist: Watchlist,
  { splits = [], keepClosedDays = false, option = '--prices' }: PriceFileOptions = {},
): PriceFiles => {
  const paths = findFiles(path, watchlist, option);
  const read = new Map<string, Prices>();
  const notes: string[] = [];
  let loaded: Calendar | undefined;
  const calendar = (): Calendar => {
    loaded ??= loadCalendar();
    return loaded;
  };
  const told = adjustSplits(splits, (text) => typedSymbol(text, watchlist, paths.keys()), paths.size === 1);

  const readFile = async (symbol: string, file: string): Promise<Prices> => {
    const isWatched = watchlist.symbols.has(symbol);
    const asRead = await readPriceFile(file);
    const sessions = asRead.minutes && minuteSessions(file, asRead.minutes, calendar());
    const content: PriceFile = sessions ? { ...asRead, bars: sessions.bars, lineOf: sessions.lineOf } : asRead;
    const closed = keepClosedDays ? [] : onClosedDays(content.bars, calendar);
    const bars = closed.length === 0 ? content.bars : content.bars.filter(({ session }) => !closed.includes(session));
    if (bars.length === 0) throw new UsageError(`${closedDaysLine(file, closed, isWatched)}; no other rows are there`);
    const adjusted = told.adjust(symbol, file, { ...content, bars });
    const holes = isWatched ? holesIn(adjusted.bars, content.empty, calendar) : [];
    notes.push(
      ...nameNotes(file, nameOf(file), symbol, content.symbol, watchlist),
      ...content.notes,
      ...(sessions?.notes ?? []),
      ...adjusted.notes,
      ...(closed.length === 0 ? [] : [closedDaysLine(file, closed, isWatched)]),
      ...(holes.length === 0 ? [] : [holesLine(file, holes)]),
    );
    return sessions ? { ...adjusted, played: dividedMinutes(sessions, adjusted.splits) } : adjusted;
  };

  const fromFile = async (symbol: string, asked: string): Promise<Prices> => {
    const known = read.get(symbol);
    if (known) return known;
    const file = paths.get(symbol);
    if (!file) throw new UsageError(`--symbols ${asked}: no ${symbol}.csv at ${path}; found ${foundText(symbol)}`);
    const prices = await readFile(symbol, file);
    read.set(symbol, prices);
    return prices;
  };

  /** The symbols that are there, and how to name a file whose own name tells none. */
  const foundText = (wanted: string): string => {
    const found = [...paths].map(([symbol, file]) => (watchlist.symbols.has(symbol) ? symbol : nameOf(file)));
    const [unknown] = [...paths].flatMap(([symbol, file]) => (watchlist.symbols.has(symbol) ? [] : [basename(file)]));
    const rename = unknown ? `; if ${unknown} holds ${wanted}, name it ${wanted}.csv` : '';
    return `${found.join(', ')}${rename}`;
  };

  const prices = async (symbol: string): Promise<Prices> => {
    const sumOf = watchlist.symbols.get(symbol)?.sumOf;
    if (sumOf === undefined || paths.has(symbol)) return fromFile(symbol, symbol);
    const bars = new Map<string, readonly Bar[]>();
    const parts = [];
    const played: PlayedMinutes[] = [];
    for (const part of sumOf) {
      const of = await fromFile(part, symbol);
      const watched = watchlist.symbols.get(part);
      bars.set(part, of.bars);
      if (of.played) played.push(of.played);
      parts.push({ symbol: part, shares: (watched && sharesAfter(watched, of.splits)) ?? 0 });
    }
    const sum = { bars: basketBars(parts, bars), splits: [] };
    return played.length < parts.length ? sum : { ...sum, played: summedMinutes(parts, played) };
  };

  const finish = (): readonly string[] => {
    told.checkUsed();
    return notes;
  };

  return {
    calendar,
    paths,
    prices,
    finish,
  };
};
