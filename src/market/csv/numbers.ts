import { LineFault, quoted } from './csv-error.ts';
import { cellMicros, isPrice } from './price-cell.ts';
import type { Separator } from './rows.ts';

/** Which sign is the decimal one. The other, an apostrophe or a space may stand between thousands. */
export type Decimal = 'point' | 'comma';

const SHAPES: Readonly<Record<Decimal, RegExp>> = {
  point: /^\d+(\.\d+)?$|^\d{1,3}((,\d{3})+|([ '’]\d{3})+)(\.\d+)?$/,
  comma: /^\d+(,\d+)?$|^\d{1,3}((\.\d{3})+|([ '’]\d{3})+)(,\d+)?$/,
};

const CURRENCY = /^(US\$|USD|EUR|GBP|KRW|[$€£¥₩])\s*|\s*(USD|EUR|GBP|KRW|[$€£¥₩원])$/g;

/** A number without its currency; every kind of space is a plain one. */
const bare = (cell: string): string => cell.replace(/\s/g, ' ').replace(CURRENCY, '');

const NULLS = new Set(['', 'null', 'nan', 'na', 'n/a', '#n/a', '#value!', 'none', 'nil', '.', '-', '--', '–', '—']);

/** Whether a cell says that there is no value. */
export const isNull = (cell: string): boolean => NULLS.has(cell.toLowerCase());

/** Digits with at most a point, for a cell of that decimal sign. */
const digits = (cell: string, decimal: Decimal): string => {
  const text = bare(cell);
  return decimal === 'point' ? text.replace(/[, '’]/g, '') : text.replace(/[. '’]/g, '').replace(',', '.');
};

interface NumberCell {
  readonly line: number;
  readonly cell: string;
}

/** Where a comma is the decimal sign unless a number says otherwise: a comma cannot separate the columns there. */
const COMMA_FREE: readonly Separator[] = [';'];

/**
 * The decimal sign of a file, from all its prices.
 * @throws LineFault if a number could be thousands or decimals and no other decides.
 */
export const decimalOf = (cells: readonly NumberCell[], separator: Separator): Decimal => {
  let doubt: NumberCell | undefined;
  for (const it of cells) {
    const text = bare(it.cell);
    if (!/[.,]/.test(text)) continue;
    const isPoint = SHAPES.point.test(text);
    const isComma = SHAPES.comma.test(text);
    if (isPoint !== isComma) return isPoint ? 'point' : 'comma';
    // A point in a file of commas is a decimal point, as everywhere; a comma is as likely either.
    if (isPoint && (text.includes(',') || (separator !== ',' && !doubt)))
      doubt = doubt?.cell.includes(',') ? doubt : it;
  }
  if (!doubt) return 'point';
  if (COMMA_FREE.includes(separator) && bare(doubt.cell).includes(',')) return 'comma';
  const [, sign = ''] = /([.,])/.exec(bare(doubt.cell)) ?? [];
  const name = sign === ',' ? 'comma' : 'point';
  throw new LineFault(
    doubt.line,
    `the ${name} in ${quoted(doubt.cell)} can be a decimal ${name} or separate thousands, and no row decides; ` +
      'write the prices with a decimal point and without thousands separators',
  );
};

/** What is wrong with a price; undefined if nothing is. */
const priceFault = (name: string, cell: string, decimal: Decimal): string | undefined => {
  if (cell === '') return `${name} is empty`;
  const text = bare(cell);
  if (/^[-−(]/.test(text) && SHAPES[decimal].test(bare(text.replace(/[-−()]/g, ''))))
    return `${name} is ${cell}; a price must be greater than 0`;
  if (SHAPES[decimal].test(text)) {
    const micros = cellMicros(digits(cell, decimal));
    if (micros <= 0) return `${name} is ${cell}; a price must be greater than 0`;
    return isPrice(micros) ? undefined : `${name} ${quoted(cell)} is too large`;
  }
  const other = decimal === 'point' ? 'comma' : 'point';
  const isOther = SHAPES[other].test(text);
  return `${name} ${quoted(cell)} is not a number${isOther ? ` with a decimal ${decimal}, as the rest of the file has` : ''}`;
};

/** A price in micro-units. @throws LineFault naming the column. */
export const priceOf = (name: string, { line, cell }: NumberCell, decimal: Decimal): number => {
  const fault = priceFault(name, cell, decimal);
  if (fault) throw new LineFault(line, fault);
  return cellMicros(digits(cell, decimal));
};

const UNITS: Readonly<Record<string, number>> = { '': 1, K: 1e3, M: 1e6, B: 1e9, T: 1e12 };

/** Shares traded, "1.2M" too; 0 for whatever is no number, since nothing depends on it. */
export const volumeOf = (cell: string, decimal: Decimal): number => {
  const [, number = '', unit = ''] = /^(.*?)\s*([KMBT]?)$/i.exec(cell) ?? [];
  if (!SHAPES[decimal].test(bare(number))) return 0;
  return Math.round(Number(digits(number, decimal)) * (UNITS[unit.toUpperCase()] ?? 1));
};
