import { readdirSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { Bar } from '../market/bar.ts';
import { basketBars } from '../market/basket.ts';
import { parseBars } from '../market/csv.ts';
import type { Watchlist } from '../market/watchlist.ts';
import { UsageError } from './usage-error.ts';

/** Prices from files: a folder of SYMBOL.csv files, or one file. */
export interface PriceFiles {
  /** Paths by symbol, in file name order. */
  readonly paths: ReadonlyMap<string, string>;
  /**
   * Reads a file once. A basket without a file is computed from the files of its parts.
   * @throws UsageError if there is no such file, CsvError if it is invalid.
   */
  bars(symbol: string): readonly Bar[];
  /** Everything read so far. */
  readonly read: ReadonlyMap<string, readonly Bar[]>;
}

const findFiles = (path: string, watchlist: Watchlist): Map<string, string> => {
  const symbolOf = (file: string): string => {
    const name = basename(file).replace(/\.csv$/i, '');
    return watchlist.resolve(name) ?? name.toUpperCase();
  };
  const stat = statSync(path, { throwIfNoEntry: false });
  if (!stat) throw new UsageError(`--prices ${path}: no such file or folder`);
  if (!stat.isDirectory()) return new Map([[symbolOf(path), path]]);
  const names = readdirSync(path).filter((name) => name.toLowerCase().endsWith('.csv'));
  if (names.length === 0) throw new UsageError(`--prices ${path}: no SYMBOL.csv in this folder`);
  const files = new Map<string, string>();
  for (const name of names.sort()) {
    const symbol = symbolOf(name);
    const other = files.get(symbol);
    if (other) throw new UsageError(`--prices ${path}: ${basename(other)} and ${name} are both ${symbol}; keep one`);
    files.set(symbol, join(path, name));
  }
  return files;
};

/** @throws UsageError if nothing exists at `path`, or two files are for one symbol. */
export const openPriceFiles = (path: string, watchlist: Watchlist): PriceFiles => {
  const paths = findFiles(path, watchlist);
  const read = new Map<string, readonly Bar[]>();

  const fromFile = (symbol: string, asked: string): readonly Bar[] => {
    const known = read.get(symbol);
    if (known) return known;
    const file = paths.get(symbol);
    if (!file) {
      const there = [...paths.keys()].join(', ');
      throw new UsageError(`--symbols ${asked}: no ${symbol}.csv at ${path}; found ${there}`);
    }
    const bars = parseBars(file);
    read.set(symbol, bars);
    return bars;
  };

  const bars = (symbol: string): readonly Bar[] => {
    const sumOf = watchlist.symbols.get(symbol)?.sumOf;
    if (sumOf === undefined || paths.has(symbol)) return fromFile(symbol, symbol);
    const parts = sumOf.map((part) => ({ symbol: part, shares: watchlist.symbols.get(part)?.shares?.count ?? 0 }));
    return basketBars(parts, new Map(sumOf.map((part) => [part, fromFile(part, symbol)])));
  };

  return { paths, bars, read };
};
