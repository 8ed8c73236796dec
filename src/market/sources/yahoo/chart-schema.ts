import { z } from 'zod';
import type { Bar, Split } from '../../bar.ts';
import type { SessionDate } from '../../calendar.ts';
import { newYorkDay } from '../../exchange-time.ts';
import { MAX_PRICE, type Micros, toMicros } from '../../money.ts';
import { RATIO_PARTS, wholeRatio } from '../../split-ratio.ts';
import { instantSchema, shortestDecimal } from './values.ts';

const column = z.array(z.number().nullable()).default([]);

const ratioPart = z.number().min(1 / RATIO_PARTS);

const splitSchema = z
  .object({ date: instantSchema, numerator: ratioPart, denominator: ratioPart })
  .transform(({ date, ...ratio }): Split => ({ session: newYorkDay(date), ...wholeRatio(ratio) }));

const columns = z.object({ open: column, high: column, low: column, close: column, volume: column });

type Columns = z.output<typeof columns>;

const micros = (price: number | null | undefined): Micros | null =>
  price !== null && price !== undefined && price > 0 && price <= MAX_PRICE ? toMicros(shortestDecimal(price)) : null;

/**
 * One row of the columns; null if it has no close or no time. Yahoo's oldest index rows have a close and zeros elsewhere: open, high
 * and low then equal the close.
 */
const barAt = (index: number, seconds: unknown, table: Columns): Bar | null => {
  const close = micros(table.close[index]);
  const time = instantSchema.safeParse(seconds).data;
  if (close === null || time === undefined) return null;
  const open = micros(table.open[index]) ?? close;
  const high = micros(table.high[index]) ?? Math.max(open, close);
  const low = micros(table.low[index]) ?? Math.min(open, close);
  return { session: newYorkDay(time), open, high, low, close, volume: Math.round(table.volume[index] ?? 0) };
};

const readBars = (times: readonly unknown[], table: Columns): { bars: Bar[]; holes: number } => {
  const bySession = new Map<SessionDate, Bar>();
  let holes = 0;
  times.forEach((time, index) => {
    const bar = barAt(index, time, table);
    if (bar === null) holes += 1;
    // The current session may come twice: as its bar so far, and as of the last trade. The later row wins.
    else bySession.set(bar.session, bar);
  });
  const bars = [...bySession.values()].sort((a, b) => (a.session < b.session ? -1 : 1));
  return { bars, holes };
};

/** Unreadable splits are dropped, not the whole history: splits are also detected from the bars. */
const readSplits = (entries: readonly unknown[]): { splits: Split[]; oddSplits: number } => {
  const splits = entries
    .flatMap((entry) => splitSchema.safeParse(entry).data ?? [])
    .sort((a, b) => (a.session < b.session ? -1 : 1));
  return { splits, oddSplits: entries.length - splits.length };
};

const resultSchema = z
  .object({
    timestamp: z.array(z.unknown()).default([]),
    indicators: z.object({ quote: z.array(columns) }),
    events: z.object({ splits: z.record(z.string(), z.unknown()).default({}) }).optional(),
  })
  .transform(({ timestamp, indicators, events }) => ({
    ...readBars(timestamp, indicators.quote[0] ?? columns.parse({})),
    ...readSplits(Object.values(events?.splits ?? {})),
  }));

/** The chart answer: bars oldest first, prices split-adjusted in micro-units, splits by session. */
export const chartSchema = z
  .object({ chart: z.object({ result: z.tuple([resultSchema]) }) })
  .transform(({ chart }) => chart.result[0]);
