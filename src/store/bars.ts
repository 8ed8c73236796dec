import type { Bar, Split } from '../market/bar.ts';
import type { SessionDate } from '../market/calendar.ts';
import type { Db } from './store.ts';

/** SQLite takes at most 32,766 values in a statement; a bar has 8. */
const ROWS_PER_INSERT = 2_000;

export const readBars = async (db: Db, symbol: string): Promise<Bar[]> => {
  const rows = await db
    .selectFrom('bars')
    .select(['session', 'open', 'high', 'low', 'close', 'volume', 'origin'])
    .where('symbol', '=', symbol)
    .orderBy('session')
    .execute();
  return rows.map(({ origin, ...bar }) => (origin === 'quote' ? { ...bar, origin } : bar));
};

export const readSplits = async (db: Db, symbol: string): Promise<Split[]> =>
  db
    .selectFrom('splits')
    .select(['session', 'numerator', 'denominator'])
    .where('symbol', '=', symbol)
    .orderBy('session')
    .execute();

/** Adds bars and splits; those of the same session are replaced. */
export const writeBars = async (db: Db, symbol: string, bars: readonly Bar[], splits: readonly Split[]) => {
  for (let from = 0; from < bars.length; from += ROWS_PER_INSERT)
    await db
      .insertInto('bars')
      .values(bars.slice(from, from + ROWS_PER_INSERT).map((bar) => ({ origin: null, symbol, ...bar })))
      .onConflict((on) =>
        on.columns(['symbol', 'session']).doUpdateSet((row) => ({
          open: row.ref('excluded.open'),
          high: row.ref('excluded.high'),
          low: row.ref('excluded.low'),
          close: row.ref('excluded.close'),
          volume: row.ref('excluded.volume'),
          origin: row.ref('excluded.origin'),
        })),
      )
      .execute();
  if (splits.length === 0) return;
  await db
    .insertInto('splits')
    .values(splits.map((split) => ({ symbol, ...split })))
    .onConflict((on) =>
      on.columns(['symbol', 'session']).doUpdateSet((row) => ({
        numerator: row.ref('excluded.numerator'),
        denominator: row.ref('excluded.denominator'),
      })),
    )
    .execute();
};

/** Deletes the bars of a symbol: all, or those before a session. */
export const deleteBars = async (db: Db, symbol: string, before?: SessionDate) => {
  const rows = db.deleteFrom('bars').where('symbol', '=', symbol);
  await (before === undefined ? rows : rows.where('session', '<', before)).execute();
};
