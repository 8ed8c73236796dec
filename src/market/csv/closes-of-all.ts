import { readFileSync } from 'node:fs';
import type { Bar } from '../bar.ts';
import { toMicros } from '../money.ts';
import { CsvError } from './csv-error.ts';

/**
 * The closes of several symbols from one file with the header `date,SYMBOL,SYMBOL,...`, oldest first, every cell a price.
 * @throws CsvError naming the line of a row that is not such.
 */
export const readClosesOfAll = (path: string): ReadonlyMap<string, readonly Bar[]> => {
  const [header = '', ...rows] = readFileSync(path, 'utf8').trimEnd().split('\n');
  const symbols = header.split(',').slice(1);
  const all = new Map(symbols.map((symbol): [string, Bar[]] => [symbol, []]));
  for (const [at, row] of rows.entries()) {
    const [session = '', ...cells] = row.split(',');
    if (cells.length !== symbols.length) throw new CsvError(`${path}:${at + 2}: expected ${symbols.length} closes`);
    for (const [column, symbol] of symbols.entries()) {
      const close = toMicros(Number(cells[column]));
      if (!(close > 0)) throw new CsvError(`${path}:${at + 2}: expected a price of ${symbol}, got "${cells[column]}"`);
      all.get(symbol)?.push({ session, open: close, high: close, low: close, close, volume: 0 });
    }
  }
  return all;
};
