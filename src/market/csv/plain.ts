import type { Bar } from '../bar.ts';
import { isDay } from '../is-day.ts';
import { cellMicros, isPrice } from './price-cell.ts';

const CLOSES_HEADER = 'date,close';
const BARS_HEADER = 'date,open,high,low,close,volume';

const CLOSES_ROW = /^(\d{4}-\d\d-\d\d),(\d+(?:\.\d+)?)$/;
const BARS_ROW = /^(\d{4}-\d\d-\d\d),(\d+(?:\.\d+)?),(\d+(?:\.\d+)?),(\d+(?:\.\d+)?),(\d+(?:\.\d+)?),(\d+(?:\.\d+)?)$/;

/** The bar of a row; undefined if anything about it is not plain. */
const barOf = (line: string, shape: RegExp, before: string): Bar | undefined => {
  const cells = shape.exec(line);
  if (!cells) return undefined;
  const session = cells[1] as string;
  if (session <= before || !isDay(session)) return undefined;
  const open = cellMicros(cells[2] as string);
  if (!isPrice(open)) return undefined;
  if (shape === CLOSES_ROW) return { session, open, high: open, low: open, close: open, volume: 0 };
  const high = cellMicros(cells[3] as string);
  const low = cellMicros(cells[4] as string);
  const close = cellMicros(cells[5] as string);
  if (!isPrice(high) || !isPrice(low) || !isPrice(close)) return undefined;
  return { session, open, high, low, close, volume: Math.round(Number(cells[6])) };
};

/** The bars of a plain file, or the first line that is not plain, from 1. */
export type Plain = { readonly bars: Bar[] } | { readonly odd: number };

/**
 * Reads the plain form, which is most of what a replay gets and is read several times as fast: the header `date,close` or
 * `date,open,high,low,close,volume`, days as YYYY-MM-DD, oldest first, numbers with a decimal point, no quotes.
 */
export const readPlain = (text: string): Plain => {
  const lines = text.trimEnd().split(/\r?\n/);
  const header = lines[0]?.trim().toLowerCase();
  if (header !== CLOSES_HEADER && header !== BARS_HEADER) return { odd: 1 };
  if (lines.length === 1) return { odd: 2 };
  const shape = header === CLOSES_HEADER ? CLOSES_ROW : BARS_ROW;
  const bars: Bar[] = [];
  let before = '';
  for (let row = 1; row < lines.length; row += 1) {
    const bar = barOf(lines[row] as string, shape, before);
    if (!bar) return { odd: row + 1 };
    before = bar.session;
    bars.push(bar);
  }
  return { bars };
};
