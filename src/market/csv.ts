import { readFileSync } from 'node:fs';
import type { Bar } from './bar.ts';
import { toMicros } from './money.ts';

/** A price file is not usable. The message is one line: file, line, fault. */
export class CsvError extends Error {
  override readonly name = 'CsvError';
}

const CLOSES_HEADER = 'date,close';
const BARS_HEADER = 'date,open,high,low,close,volume';
const DAY_PATTERN = /^\d{4}-\d\d-\d\d$/;
const NUMBER_PATTERN = /^\d+(\.\d+)?$/;

const CLOSES_ROW = /^(\d{4}-\d\d-\d\d),(\d+(?:\.\d+)?)$/;
const BARS_ROW = /^(\d{4}-\d\d-\d\d),(\d+(?:\.\d+)?),(\d+(?:\.\d+)?),(\d+(?:\.\d+)?),(\d+(?:\.\d+)?),(\d+(?:\.\d+)?)$/;

const daysIn = (year: number, month: number): number => new Date(Date.UTC(year, month, 0)).getUTCDate();

/** Whether `text` is an existing day, `YYYY-MM-DD`. */
export const isDay = (text: string): boolean => {
  if (!DAY_PATTERN.test(text)) return false;
  const month = Number(text.slice(5, 7));
  const day = Number(text.slice(8));
  return month >= 1 && month <= 12 && day >= 1 && (day <= 28 || day <= daysIn(Number(text.slice(0, 4)), month));
};

/** A cell quoted for a message: shortened, without control characters. */
const quoted = (cell: string): string => `"${cell.slice(0, 60).replace(/\p{Cc}/gu, '?')}"`;

const isPrice = (micros: number): boolean => micros > 0 && Number.isSafeInteger(micros);

const numberFault = (name: string, cell: string): string | undefined => {
  if (cell === '') return `${name} is empty`;
  return NUMBER_PATTERN.test(cell) ? undefined : `${name} ${quoted(cell)} is not a number`;
};

const priceFault = (name: string, cell: string): string | undefined => {
  if (/^-\d+(\.\d+)?$/.test(cell)) return `${name} is ${cell}; a price must be greater than 0`;
  const fault = numberFault(name, cell);
  if (fault !== undefined) return fault;
  const micros = toMicros(Number(cell));
  if (micros <= 0) return `${name} is ${cell}; a price must be greater than 0`;
  return isPrice(micros) ? undefined : `${name} ${quoted(cell)} is too large`;
};

/** What is wrong with a rejected row. */
const faultIn = (line: string, header: string, before: string): string => {
  const cells = line.split(',');
  const names = header.split(',');
  if (cells.length !== names.length) return `expected ${names.length} columns (${header}), got ${cells.length}`;
  const [session = '', ...numbers] = cells;
  if (!isDay(session)) return `${quoted(session)} is not a date, expected YYYY-MM-DD`;
  if (session === before) return `duplicate date ${session}`;
  if (session < before) return `${session} comes after ${before}; sort the rows oldest first`;
  for (const [index, cell] of numbers.entries()) {
    const name = names[index + 1] ?? '';
    const fault = name === 'volume' ? numberFault(name, cell) : priceFault(name, cell);
    if (fault !== undefined) return fault;
  }
  return `${quoted(line)} cannot be read`;
};

/** The bar of a row; undefined if anything is wrong with it. */
const barOf = (line: string, shape: RegExp, before: string): Bar | undefined => {
  const cells = shape.exec(line);
  if (!cells) return undefined;
  const session = cells[1] as string;
  if (session <= before || !isDay(session)) return undefined;
  const open = toMicros(Number(cells[2]));
  if (!isPrice(open)) return undefined;
  if (shape === CLOSES_ROW) return { session, open, high: open, low: open, close: open, volume: 0 };
  const high = toMicros(Number(cells[3]));
  const low = toMicros(Number(cells[4]));
  const close = toMicros(Number(cells[5]));
  if (!isPrice(high) || !isPrice(low) || !isPrice(close)) return undefined;
  return { session, open, high, low, close, volume: Math.round(Number(cells[6])) };
};

const textOf = (path: string): string => {
  try {
    return readFileSync(path, 'utf8').replace(/^\uFEFF/, '');
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    throw new CsvError(`${path}: ${code === 'ENOENT' ? 'no such file' : `cannot be read (${code})`}`, { cause: error });
  }
};

/**
 * Reads a file of daily prices, oldest first, with the header `date,close` or `date,open,high,low,close,volume`. A file
 * of closes gives bars whose four prices are the close. Prices are rounded to micro-units.
 * @throws CsvError naming file, line and fault.
 */
export const parseBars = (path: string): Bar[] => {
  const lines = textOf(path).trimEnd().split(/\r?\n/);
  const header = lines[0]?.trim().toLowerCase() ?? '';
  if (header !== CLOSES_HEADER && header !== BARS_HEADER)
    throw new CsvError(`${path}:1: expected the header "${CLOSES_HEADER}" or "${BARS_HEADER}", got ${quoted(header)}`);
  if (lines.length === 1) throw new CsvError(`${path}:2: no rows after the header`);

  const shape = header === CLOSES_HEADER ? CLOSES_ROW : BARS_ROW;
  const bars: Bar[] = [];
  let before = '';
  for (let row = 1; row < lines.length; row += 1) {
    const line = lines[row] as string;
    const bar = barOf(line, shape, before);
    if (!bar) throw new CsvError(`${path}:${row + 1}: ${faultIn(line, header, before)}`);
    before = bar.session;
    bars.push(bar);
  }
  return bars;
};
