import { NAMES, type PriceField, plainName } from './column-names.ts';
import { LineFault, quoted } from './csv-error.ts';
import { dayForm } from './dates.ts';
import type { CsvRow } from './rows.ts';

/** Which column of a file holds what. */
export interface Columns {
  /** Index of each column that is there; a date and a close always are. */
  readonly at: Readonly<Partial<Record<PriceField, number>>> & { readonly date: number; readonly close: number };
  /** Header cells as they are written. */
  readonly header: readonly string[];
  /** The symbols that the header names. */
  readonly symbols: readonly string[];
  /** Rows above the first row of prices. */
  readonly headerRows: number;
}

interface Header {
  readonly cells: readonly string[];
  readonly symbols: readonly string[];
  readonly rows: number;
}

/** yfinance writes three lines: `Price,Close,...`, `Ticker,NVDA,...` and `Date,,`; the first two also the other way round. */
const ofThreeLines = (rows: readonly CsvRow[]): Header | undefined => {
  const [one, two, three] = rows.map(({ cells }) => plainName(cells[0] ?? ''));
  if (three !== 'date' && three !== 'datetime') return undefined;
  const fields = rows[one === 'price' ? 0 : 1]?.cells ?? [];
  const tickers = rows[one === 'ticker' ? 0 : 1]?.cells ?? [];
  if (fields === tickers || !(one === 'ticker' || two === 'ticker')) return undefined;
  return { cells: ['Date', ...fields.slice(1)], symbols: tickers.slice(1), rows: 3 };
};

/** R names the columns of a series `NVDA.Open`, `NVDA.Close`, `NVDA.Adjusted`. */
const SERIES_COLUMN = /^(.+)\.(Open|High|Low|Close|Volume|Adjusted)$/;

const ofOneLine = (cells: readonly string[]): Header => {
  const parts = cells.map((cell) => SERIES_COLUMN.exec(cell));
  const symbols = parts.flatMap((part) => part?.[1] ?? []);
  return { cells: cells.map((cell, at) => parts[at]?.[2] ?? cell), symbols, rows: 1 };
};

const ARTICLES: Partial<Record<PriceField, string>> = { date: 'the date', close: 'the close' };

/** The column of a field. @throws LineFault if two may be it. */
const indexOf = (field: PriceField, header: readonly string[], line: number): number | undefined => {
  for (const names of NAMES[field]) {
    const found = header.flatMap((cell, at) => (names.includes(plainName(cell)) ? [at] : []));
    const [first, second] = found;
    if (second === undefined) {
      if (first !== undefined) return first;
      continue;
    }
    if (!(field in ARTICLES)) return undefined;
    const both = found.map((at) => quoted(header[at] ?? '')).join(' and ');
    throw new LineFault(line, `${both} might both be ${ARTICLES[field]}; keep one of the columns`);
  }
  return undefined;
};

/** Columns that hold neither date nor price; a further one may be the close, whatever it is called. */
const isNamed = (cell: string): boolean =>
  Object.values(NAMES).some((lists) => lists.some((names) => names.includes(plainName(cell))));

const listOf = (cells: readonly string[]): string => cells.map(quoted).join(', ');

const inOneFile = (symbols: readonly string[], line: number): LineFault =>
  new LineFault(line, `prices of ${symbols.slice(0, 3).join(', ')} in one file; save one file for each symbol`);

/** Columns that have symbols for names, as programs put several series side by side. */
const seriesNames = (header: readonly string[]): string[] =>
  header.filter((name) => /^[A-Z^][A-Z0-9.-]{0,9}$/.test(name) && !isNamed(name));

/** The one value of a file of two columns whose name is a series', such as FRED's NASDAQCOM. */
const onlySeries = (header: readonly string[], date: number): number | undefined => {
  const value = header.findIndex((_, at) => at !== date);
  const name = header[value] ?? '';
  if (header.length !== 2 || isNamed(name)) return undefined;
  return /^([A-Z0-9^.=_-]{1,20}|values?)$/.test(name) || plainName(name) === 'value' ? value : undefined;
};

/** The first column without a name is the date where its first cell is one: pandas leaves the index unnamed. */
const unnamedDate = (header: readonly string[], rows: readonly CsvRow[]): number | undefined =>
  header[0] === '' && dayForm(rows[1]?.cells[0] ?? '') !== undefined ? 0 : undefined;

const missing = (what: 'date' | 'close', header: readonly string[], line: number): LineFault => {
  const looked = what === 'date' ? 'date, timestamp or time' : 'close, close/last, price, last or adj close';
  return new LineFault(line, `no column for ${ARTICLES[what]}; found ${listOf(header)}, looked for ${looked}`);
};

/** @throws LineFault naming the columns found and the ones looked for. */
export const columnsOf = (rows: readonly CsvRow[]): Columns => {
  const { line, cells } = rows[0] as CsvRow;
  if (cells.some((cell) => dayForm(cell) !== undefined))
    throw new LineFault(
      line,
      `no header; found ${listOf(cells)}, expected a line that names the columns, like date,close`,
    );
  const { cells: header, symbols, rows: headerRows } = ofThreeLines(rows.slice(0, 3)) ?? ofOneLine(cells);
  const named = [...new Set(symbols.filter((symbol) => symbol !== ''))];
  if (named.length > 1) throw inOneFile(named, line);
  const date = indexOf('date', header, line) ?? unnamedDate(header, rows);
  if (date === undefined) throw missing('date', header, line);
  const series = onlySeries(header, date);
  const close = indexOf('close', header, line) ?? series;
  if (close === undefined) {
    const side = seriesNames(header);
    throw side.length > 1 ? inOneFile(side, line) : missing('close', header, line);
  }
  const others = (['open', 'high', 'low', 'volume', 'symbol', 'split'] as const).flatMap((field) => {
    const at = indexOf(field, header, line);
    return at === undefined ? [] : [[field, at] as const];
  });
  const seriesName = close === series ? (header[close] ?? '') : '';
  const ofSeries = /[A-Z]/.test(seriesName) && plainName(seriesName) !== 'value' ? [seriesName] : named;
  return { at: { ...Object.fromEntries(others), date, close }, header, symbols: ofSeries, headerRows };
};
