import type { Bar, Split } from '../bar.ts';
import type { SessionDate } from '../calendar.ts';
import { plainName } from './column-names.ts';
import { type Columns, columnsOf } from './columns.ts';
import { CsvError, LineFault } from './csv-error.ts';
import { daysOf } from './dates.ts';
import { decode } from './decode.ts';
import { inTimeOrder, timesOf } from './minutes.ts';
import { emptyMinutesNote, emptyNote, repeatedNote, understoodMinutesNote, understoodNote } from './notes.ts';
import { type Decimal, decimalOf, isNull, priceOf, volumeOf } from './numbers.ts';
import { type BarLine, inOrder } from './order.ts';
import type { PriceFile } from './price-file.ts';
import { type CsvRow, rowsOf, type Separator } from './rows.ts';

const PRICES = ['open', 'high', 'low', 'close'] as const;

/** Rows of as many cells as the header. More are allowed if they are empty; a row of empty cells is none. */
const checkedRows = (rows: readonly CsvRow[], { header, headerRows }: Columns): readonly CsvRow[] => {
  const below = rows.slice(headerRows);
  const tooMany = ({ cells }: CsvRow): boolean => cells.slice(header.length).some((cell) => cell !== '');
  return below.filter((row) => {
    const { line, cells } = row;
    if (cells.length > 1 && cells.every((cell) => cell === '')) return false;
    if (cells.length >= header.length && !tooMany(row)) return true;
    const names = header.join(',').slice(0, 60);
    const hint = below.every(tooMany) ? '; a decimal comma needs quotes around the number' : '';
    throw new LineFault(line, `expected ${header.length} columns (${names}), got ${cells.length}${hint}`);
  });
};

/** Columns of prices that have a value in some row. */
const filledColumns = (rows: readonly CsvRow[], { at }: Columns) =>
  PRICES.flatMap((name) => {
    const index = at[name];
    return index === undefined || rows.every(({ cells }) => isNull(cells[index] ?? '')) ? [] : [{ name, index }];
  });

type PriceColumns = ReturnType<typeof filledColumns>;

const barOf = (
  { line, cells }: CsvRow,
  session: SessionDate,
  columns: PriceColumns,
  decimal: Decimal,
  volume = '',
): Bar => {
  const prices: Partial<Record<(typeof PRICES)[number], number>> = {};
  for (const { name, index } of columns) prices[name] = priceOf(name, { line, cell: cells[index] ?? '' }, decimal);
  const { close = 0 } = prices;
  return { session, open: close, high: close, low: close, ...prices, close, volume: volumeOf(volume, decimal) };
};

/** The one symbol that header and rows name. @throws LineFault if they name two. */
const symbolOf = (rows: readonly CsvRow[], { at, symbols }: Columns): string | undefined => {
  const column = at.symbol ?? -1;
  const named = rows.filter(({ cells }) => cells[column]);
  const first = named[0]?.cells[column];
  const other = named.find(({ cells }) => cells[column]?.toUpperCase() !== first?.toUpperCase());
  if (!other) return first ?? symbols[0];
  const names = `${first} and ${other.cells[column]}`;
  throw new LineFault(other.line, `prices of ${names} in one file; save one file for each symbol`);
};

/** A row and the day that it is of. */
interface Dated extends CsvRow {
  readonly day: SessionDate;
}

/** Splits of the rows, oldest first, from a column of new shares for each old one. */
const splitsOf = (rows: readonly Dated[], column = -1): Split[] =>
  rows
    .flatMap(({ cells, day }) => {
      const factor = Number(cells[column]);
      return factor > 0 && factor !== 1 ? [{ session: day, numerator: factor, denominator: 1 }] : [];
    })
    .toSorted((a, b) => (a.session < b.session ? -1 : 1));

const datedRows = (
  rows: readonly CsvRow[],
  column: number,
): { readonly rows: readonly Dated[]; readonly form: string } => {
  const { days, form } = daysOf(rows.map(({ line, cells }) => ({ line, cell: cells[column] ?? '' })));
  return { rows: rows.map((row, index) => ({ ...row, day: days[index] as SessionDate })), form };
};

/** What a row says of its time: its date, and what a column of times beside it says. */
const timeCell = ({ cells }: CsvRow, { at, header }: Columns): string => {
  const date = cells[at.date] ?? '';
  const time = header.findIndex((name, column) => column !== at.date && plainName(name) === 'time');
  return time < 0 ? date : `${date} ${cells[time] ?? ''}`;
};

const barsOf = (rows: readonly Dated[], columns: Columns, separator: Separator) => {
  const filled = filledColumns(rows, columns);
  const prices = rows.flatMap(({ line, cells }) => filled.map(({ index }) => ({ line, cell: cells[index] ?? '' })));
  const decimal = decimalOf(prices, separator);
  const { volume = -1, close } = columns.at;
  const bars = rows.map(
    (row): BarLine => ({
      line: row.line,
      bar: barOf(row, row.day, filled, decimal, row.cells[volume]),
      close: row.cells[close] ?? '',
    }),
  );
  return { bars, decimal };
};

const read = (bytes: Uint8Array): PriceFile => {
  const { text, encoding } = decode(bytes);
  const { rows, separator } = rowsOf(text);
  const columns = columnsOf(rows);
  const checked = checkedRows(rows, columns);
  if (checked.length === 0) throw new LineFault((rows.at(-1)?.line ?? 1) + 1, 'no rows after the header');
  const symbol = symbolOf(checked, columns);
  const { rows: dated, form } = datedRows(checked, columns.at.date);
  const isEmpty = ({ cells }: CsvRow): boolean => isNull(cells[columns.at.close] ?? '');
  const empty = dated.filter(isEmpty);
  if (empty.length === dated.length) throw new LineFault(empty[0]?.line ?? 1, 'no row has a price');
  const full = dated.filter((row) => !isEmpty(row));
  const priced = barsOf(full, columns, separator);
  const timed = timesOf(full.map((row) => ({ line: row.line, day: row.day, cell: timeCell(row, columns) })));
  if (timed) {
    const rows = priced.bars.map(({ line, bar }, n) => ({ line, at: timed.times[n] ?? 0, price: bar.close }));
    return {
      ...{ bars: [], minutes: inTimeOrder(rows), lineOf: () => 1, splits: [], empty: [] },
      ...(symbol !== undefined && { symbol }),
      notes: [
        understoodMinutesNote({ count: rows.length, columns, encoding, separator, decimal: priced.decimal, ...timed }),
        ...emptyMinutesNote(empty),
      ],
    };
  }
  const { rows: ordered, repeated, isNewestFirst } = inOrder(priced.bars);
  const bars = ordered.map(({ bar }) => bar);
  const lines = new Map(ordered.map(({ line, bar }) => [bar.session, line]));
  const { decimal } = priced;
  return {
    bars,
    lineOf: (session) => lines.get(session) ?? 1,
    splits: splitsOf(dated, columns.at.split),
    ...(symbol !== undefined && { symbol }),
    empty: empty.map(({ day }) => day).filter((day) => !lines.has(day)),
    notes: [
      understoodNote({ bars, columns, encoding, separator, decimal, form, isNewestFirst }),
      ...emptyNote(empty),
      ...repeatedNote(repeated),
    ],
  };
};

/**
 * Reads a file of prices that is not plain: of days, or of minutes if days come more than once at different times.
 * @throws CsvError naming file, line and fault.
 */
export const readTable = (bytes: Uint8Array, path: string): PriceFile => {
  try {
    const file = read(bytes);
    return { ...file, notes: file.notes.map((note) => `${path}: ${note}`) };
  } catch (error) {
    if (!(error instanceof LineFault)) throw error;
    throw new CsvError(`${path}:${error.line}: ${error.message}`, { cause: error });
  }
};
