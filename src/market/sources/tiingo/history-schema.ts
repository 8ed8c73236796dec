import { z } from 'zod';
import type { Bar, Split } from '../../bar.ts';
import { isDay } from '../../is-day.ts';
import { MAX_PRICE, type Micros, toMicros } from '../../money.ts';
import { ratioOfFactor } from '../../split-ratio.ts';

const price = z.number().max(MAX_PRICE).nullish().catch(null);

/** A row as traded: nothing in it is adjusted but the `adj` columns, which follow dividends, too, and are not read. */
const rowSchema = z
  .object({
    // Midnight UTC of the day: 2024-06-10T00:00:00.000Z.
    date: z.string().transform((text) => text.slice(0, 10)),
    open: price,
    high: price,
    low: price,
    close: z.number().positive().max(MAX_PRICE),
    volume: z.number().nonnegative().nullish().catch(null),
    // New shares for each old one, from this day on: 10, 1.5, 0.05. 1 on other days.
    splitFactor: z.number().nullish().catch(null),
  })
  .refine(({ date }) => isDay(date));

type Row = z.output<typeof rowSchema>;

/** A factor that no split has counts as none: the split shows in the prices, and is judged there. */
const factorOf = ({ splitFactor }: Row): number =>
  splitFactor !== null && splitFactor !== undefined && splitFactor >= 1e-4 && splitFactor <= 1e4 ? splitFactor : 1;

/** A row in the unit of the newest one. `later`: the product of the factors after it. */
const barOf = (row: Row, later: number): Bar | undefined => {
  const adjusted = (value: number | null | undefined): Micros | undefined => {
    const read = toMicros((value ?? 0) / later);
    return read > 0 ? read : undefined;
  };
  const close = adjusted(row.close);
  if (close === undefined) return undefined;
  const open = adjusted(row.open) ?? close;
  return {
    session: row.date,
    open,
    high: adjusted(row.high) ?? Math.max(open, close),
    low: adjusted(row.low) ?? Math.min(open, close),
    close,
    volume: Math.round((row.volume ?? 0) * later),
  };
};

/** The daily answer: bars oldest first, split-adjusted as of the last row, and the splits that it tells. */
export const dailySchema = z.array(z.unknown()).transform((entries) => {
  const byDay = new Map<string, Row>();
  for (const entry of entries) {
    const row = rowSchema.safeParse(entry);
    if (row.success) byDay.set(row.data.date, row.data);
  }
  const rows = [...byDay.values()].sort((a, b) => (a.date < b.date ? 1 : -1));
  const bars: Bar[] = [];
  const splits: Split[] = [];
  let later = 1;
  for (const row of rows) {
    const bar = barOf(row, later);
    if (bar) bars.push(bar);
    const factor = factorOf(row);
    if (factor !== 1) splits.push({ session: row.date, ...ratioOfFactor(factor) });
    later *= factor;
  }
  return { bars: bars.reverse(), splits: splits.reverse(), holes: entries.length - bars.length };
});
