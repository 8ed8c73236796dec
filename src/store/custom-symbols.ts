import type { CustomSymbol } from '../market/mutable-watchlist.ts';
import type { Db } from './store.ts';

/** Symbols that channels have added, in the order they were added. */
export const readCustomSymbols = (db: Db): Promise<CustomSymbol[]> =>
  db
    .selectFrom('custom_symbols')
    .select(['symbol', 'name', 'kind', 'source', 'ticker'])
    .orderBy('added_at')
    .orderBy('symbol')
    .execute();

export const writeCustomSymbol = async (db: Db, custom: CustomSymbol, now: number): Promise<void> => {
  const { symbol, name, kind, source, ticker } = custom;
  await db
    .insertInto('custom_symbols')
    .values({ symbol, name, kind, source, ticker, added_at: now })
    .onConflict((on) => on.column('symbol').doNothing())
    .execute();
};

export const deleteCustomSymbol = async (db: Db, symbol: string): Promise<void> => {
  await db.deleteFrom('custom_symbols').where('symbol', '=', symbol).execute();
};

/** Deletes the prices and states of a symbol that nobody watches any more; its stories and alerts stay. */
export const deleteSymbol = async (db: Db, symbol: string): Promise<void> => {
  for (const table of ['bars', 'splits', 'slide_states', 'last_quotes', 'quote_memories', 'report_days'] as const)
    await db.deleteFrom(table).where('symbol', '=', symbol).execute();
};
