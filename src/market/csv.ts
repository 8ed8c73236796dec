import { readFileSync } from 'node:fs';
import type { Bar } from './bar.ts';
import { type Micros, toMicros } from './money.ts';

/** A price file cannot be used. The message is one line: file, line, fault. */
export class CsvError extends Error {
  override readonly name = 'CsvError';
}

const CLOSES = 'date,close';
const BARS = 'date,open,high,low,close,volume';
const DAY = /^\d{4}-\d\d-\d\d$/;
const NUMBER = /^\d+(\.\d+)?$/;

const daysIn = (year: number, month: number): number => new Date(Date.UTC(year, month, 0)).getUTCDate();

/** True for a day that exists, `YYYY-MM-DD`. */
export const isDay = (text: string): boolean => {
  if (!DAY.test(text)) return false;
  const month = Number(text.slice(5, 7));
  const day = Number(text.slice(8));
  return month >= 1 && month <= 12 && day >= 1 && (day <= 28 || day <= daysIn(Number(text.slice(0, 4)), month));
};

/** Throws what is wrong with a cell, if anything is; the caller knows where the cell stands. */
const number = (name: string, cell: string | undefined): number => {
  if (cell === undefined || cell === '') throw new CsvError(`${name} is empty`);
  if (!NUMBER.test(cell)) throw new CsvError(`${name} "${cell}" is not a number`);
  return Number(cell);
};

const price = (name: string, cell: string | undefined): Micros => {
  const micros = toMicros(number(name, cell));
  if (micros <= 0) throw new CsvError(`${name} is ${cell}; a price is more than 0`);
  if (!Number.isSafeInteger(micros)) throw new CsvError(`${name} ${cell} is too large`);
  return micros;
};

const rowOf = (line: string, header: string, before: string): Bar => {
  const cells = line.split(',');
  const expected = header === CLOSES ? 2 : 6;
  if (cells.length !== expected) throw new CsvError(`expected ${expected} columns (${header}), got ${cells.length}`);
  const session = cells[0] as string;
  if (!isDay(session)) throw new CsvError(`"${session}" is not a date, expected YYYY-MM-DD`);
  if (session === before) throw new CsvError(`${session} stands there twice`);
  if (session < before) throw new CsvError(`${session} comes after ${before}; put the oldest first`);
  if (header === CLOSES) {
    const close = price('close', cells[1]);
    return { session, open: close, high: close, low: close, close, volume: 0 };
  }
  return {
    session,
    open: price('open', cells[1]),
    high: price('high', cells[2]),
    low: price('low', cells[3]),
    close: price('close', cells[4]),
    volume: number('volume', cells[5]),
  };
};

/**
 * Reads a file of daily prices, oldest first, header `date,close` or `date,open,high,low,close,volume`. A file
 * of closes gives bars whose four prices are the close. Prices are kept to a millionth.
 * @throws CsvError naming file, line and fault; a file is taken whole or not at all.
 */
export const readBars = (path: string): Bar[] => {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    throw new CsvError(`${path}: ${code === 'ENOENT' ? 'no such file' : `cannot be read (${code})`}`, { cause: error });
  }
  const lines = text.replace(/^\uFEFF/, '').trimEnd().split(/\r?\n/);
  const header = lines[0]?.trim().toLowerCase() ?? '';
  if (header !== CLOSES && header !== BARS)
    throw new CsvError(`${path}:1: expected the header "${CLOSES}" or "${BARS}", got "${header.slice(0, 60)}"`);
  if (lines.length === 1) throw new CsvError(`${path}:2: no prices under the header`);

  const bars: Bar[] = [];
  for (let row = 1; row < lines.length; row += 1) {
    try {
      bars.push(rowOf(lines[row] as string, header, bars.at(-1)?.session ?? ''));
    } catch (error) {
      throw new CsvError(`${path}:${row + 1}: ${(error as Error).message}`, { cause: error });
    }
  }
  return bars;
};
