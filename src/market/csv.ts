import { readFileSync } from 'node:fs';
import type { Bar } from './bar.ts';
import type { SessionDate } from './calendar.ts';
import { CsvError } from './csv/csv-error.ts';
import { readPlain } from './csv/plain.ts';
import type { PriceFile } from './csv/price-file.ts';

const READ_FAULTS: Readonly<Record<string, string>> = {
  ENOENT: 'no such file',
  EISDIR: 'a folder, not a file',
  EACCES: 'this user may not read the file',
};

const bytesOf = (path: string): Buffer => {
  try {
    return readFileSync(path);
  } catch (error) {
    const { code = 'unknown' } = error as NodeJS.ErrnoException;
    throw new CsvError(`${path}: ${READ_FAULTS[code] ?? `cannot be read (${code})`}`, { cause: error });
  }
};

const textOf = (bytes: Buffer): string => bytes.toString('utf8').replace(/^\uFEFF/, '');

/**
 * Reads a plain file (`csv/plain.ts`), such as those of config/samples. Prices are rounded to micro-units.
 * @throws CsvError naming file and line.
 */
export const parseBars = (path: string): Bar[] => {
  const plain = readPlain(textOf(bytesOf(path)));
  if ('bars' in plain) return plain.bars;
  throw new CsvError(`${path}:${plain.odd}: expected "date,close" or "date,open,high,low,close,volume", oldest first`);
};

/**
 * Reads a file of prices, of days or of minutes, in any form that vendors and spreadsheets write. Prices are rounded to micro-units.
 * @throws CsvError naming file, line and fault.
 */
export const readPriceFile = async (path: string): Promise<PriceFile> => {
  const bytes = bytesOf(path);
  const plain = readPlain(textOf(bytes));
  if ('bars' in plain) {
    const { bars } = plain;
    const lineOf = (session: SessionDate) => bars.findIndex((bar) => bar.session === session) + 2;
    return { bars, lineOf, splits: [], empty: [], notes: [] };
  }
  const { readTable } = await import('./csv/table.ts');
  return readTable(bytes, path);
};
