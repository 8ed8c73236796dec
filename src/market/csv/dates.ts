import type { SessionDate } from '../calendar.ts';
import { isDay } from '../is-day.ts';
import { LineFault, quoted } from './csv-error.ts';

/** In which order a date of three numbers is to be read. */
type Order = 'ymd' | 'mdy' | 'dmy';

/** A date as it is written: a certain day, or three numbers that can be read in several orders. */
type DayForm =
  | { readonly form: string; readonly day: SessionDate }
  | { readonly form: string; readonly numbers: readonly [string, string, string]; readonly orders: readonly Order[] };

const TIME = /[T ]+\d{1,2}:\d\d(:\d\d([.,]\d+)?)?\s*([ap]\.?m\.?)?\s*(z|utc|gmt|e[sd]?t|[+-]\d\d:?\d\d)?$/i;
const WEEKDAY = /^(mon|tue|wed|thu|fri|sat|sun)[a-z]*\.?,? +/i;
const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

const YEAR_FIRST = /^(\d{4})([-/.])(\d{1,2})\2(\d{1,2})$/;
const COMPACT = /^(\d{4})(\d\d)(\d\d)$/;
const THREE = /^(\d{1,2})([-/.])(\d{1,2})\2(\d{4}|\d\d)$/;
const MONTH_NAMED = /^([a-z]{3,9})\.? +(\d{1,2}),? +(\d{4})$/i;
const DAY_NAMED = /^(\d{1,2})[ -]([a-z]{3,9})\.?[ -](\d{4}|\d\d)$/i;

/** 50 to 99 are of the twentieth century. */
const fullYear = (year: string): string => (year.length === 4 ? year : `${year < '50' ? '20' : '19'}${year}`);

const dayOf = (year: string, month: string, day: string): SessionDate | undefined => {
  const text = `${fullYear(year)}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  return isDay(text) ? text : undefined;
};

const monthOf = (name: string): string => String(MONTHS.indexOf(name.slice(0, 3).toLowerCase()) + 1);

const certain = (form: string, day: SessionDate | undefined): DayForm | undefined => (day ? { form, day } : undefined);

/** What a cell says, without weekday and time; undefined if it is no date. */
export const dayForm = (cell: string): DayForm | undefined => {
  const text = cell
    .replace(TIME, '')
    .replace(WEEKDAY, '')
    .replace(/^(\d{4})[년.] *(\d{1,2})[월.] *(\d{1,2})[일.]?$/, '$1-$2-$3')
    .replace(/([-/]) +/g, '$1');
  const [, year, , month, day] = YEAR_FIRST.exec(text) ?? [];
  if (year && month && day) return certain('YYYY-MM-DD', dayOf(year, month, day));
  const [, ...compact] = COMPACT.exec(text) ?? [];
  if (compact.length === 3) return certain('YYYYMMDD', dayOf(...(compact as [string, string, string])));
  const [, a, sign, b, c] = THREE.exec(text) ?? [];
  if (a && b && c) {
    const numbers = [a, b, c] as const;
    const all: readonly Order[] = c.length === 2 && a.length === 2 ? ['mdy', 'dmy', 'ymd'] : ['mdy', 'dmy'];
    const orders = all.filter((order) => inOrder(numbers, order) !== undefined);
    return orders.length === 0 ? undefined : { form: sign as string, numbers, orders };
  }
  const [, monthName, dayAfter, yearAfter] = MONTH_NAMED.exec(text) ?? [];
  if (monthName && dayAfter && yearAfter) return certain('Mon D, YYYY', dayOf(yearAfter, monthOf(monthName), dayAfter));
  const [, dayBefore, name, yearLast] = DAY_NAMED.exec(text) ?? [];
  if (dayBefore && name && yearLast) return certain('D Mon YYYY', dayOf(yearLast, monthOf(name), dayBefore));
  return undefined;
};

const inOrder = ([a, b, c]: readonly [string, string, string], order: Order): SessionDate | undefined => {
  if (order === 'mdy') return dayOf(c, a, b);
  return order === 'dmy' ? dayOf(c, b, a) : dayOf(a, b, c);
};

const PARTS: Readonly<Record<string, string>> = { y: 'YY', m: 'MM', d: 'DD' };

/** "MM/DD/YYYY" */
const nameOf = (order: Order, sign: string, year: string): string =>
  [...order].map((part) => (part === 'y' && year.length === 4 ? 'YYYY' : PARTS[part])).join(sign);

/** The days of a column, and the form in which it writes them. */
export interface Days {
  readonly days: readonly SessionDate[];
  readonly form: string;
}

interface DateCell {
  readonly line: number;
  readonly cell: string;
}

/** Seconds since 1970, or milliseconds. */
const UNIX_TIME = /^1?\d{9}(\d{3})?$/;
const SPREADSHEET_DAY = /^[1-9]\d{4}(\.\d+)?$/;

const notADate = ({ line, cell }: DateCell, expected: string, example?: DateCell): LineFault => {
  const like = example ? `, as in line ${example.line}` : '';
  if (SPREADSHEET_DAY.test(cell))
    return new LineFault(line, `${quoted(cell)} is a spreadsheet's number of a day; format the column as YYYY-MM-DD`);
  if (UNIX_TIME.test(cell))
    return new LineFault(
      line,
      `${quoted(cell)} is a Unix time; write it as YYYY-MM-DD, or with a time as 2025-10-10T13:30:00Z`,
    );
  return new LineFault(line, `${quoted(cell)} is not a date, expected ${expected}${like}`);
};

const EXPECTED = 'YYYY-MM-DD';

const ambiguous = (cells: readonly DateCell[], orders: readonly Order[]): LineFault | undefined => {
  for (const { line, cell } of cells) {
    const form = dayForm(cell);
    if (!form || !('numbers' in form)) continue;
    const [one, other] = [...new Set(orders.map((order) => inOrder(form.numbers, order)))];
    if (other)
      return new LineFault(
        line,
        `${quoted(cell)} can be ${one} or ${other}, and no row decides between them; write the dates as YYYY-MM-DD`,
      );
  }
  return undefined;
};

/**
 * Reads all dates of a file in the one order that fits every row.
 * @throws LineFault for a cell that is no date, and for dates that can be read in two ways.
 */
export const daysOf = (cells: readonly DateCell[]): Days => {
  const [first] = cells;
  if (!first) return { days: [], form: EXPECTED };
  const begun = dayForm(first.cell);
  if (!begun) throw notADate(first, EXPECTED);
  let orders: readonly Order[] = 'numbers' in begun ? begun.orders : [];
  let decided = first;
  const forms = cells.map((it) => {
    const form = dayForm(it.cell);
    if (form?.form === begun.form && 'day' in form) return form;
    const left = form?.form === begun.form && 'numbers' in form ? orders.filter((it) => form.orders.includes(it)) : [];
    if (!form || left.length === 0) {
      if ('day' in begun) throw notADate(it, begun.form);
      throw notADate(it, nameOf(orders[0] as Order, begun.form, begun.numbers[2]), decided);
    }
    if (left.length < orders.length) decided = it;
    orders = left;
    return form;
  });
  const [order] = orders;
  if (orders.length > 1) {
    const fault = ambiguous(cells, orders);
    if (fault) throw fault;
  }
  const days = forms.map((form) => ('day' in form ? form.day : (inOrder(form.numbers, order as Order) as SessionDate)));
  return { days, form: 'numbers' in begun ? nameOf(order as Order, begun.form, begun.numbers[2]) : begun.form };
};
