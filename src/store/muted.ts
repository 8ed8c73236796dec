import { idChunks } from './lists.ts';
import type { Db } from './store.ts';

/**
 * The silences that hold back a card about `symbol` in channels after `cursor` up to `last`: by channel the symbol's
 * own, else that of all (`*`).
 */
export const mutesAmong = async (
  db: Db,
  { cursor, last }: { readonly cursor: number; readonly last: number },
  symbol: string,
  now: number,
): Promise<Map<number, string>> => {
  const rows = await db
    .selectFrom('mutes')
    .select(['channel_id', 'symbol'])
    .where('channel_id', '>', cursor)
    .where('channel_id', '<=', last)
    .where('symbol', 'in', [symbol, '*'])
    .where('until', '>', now)
    .execute();
  const found = new Map<number, string>();
  for (const row of rows)
    if (row.symbol === symbol || !found.has(row.channel_id)) found.set(row.channel_id, row.symbol);
  return found;
};

/** One more that silences have held back. */
export const countHeldBack = async (db: Db, channelIds: readonly number[], symbol: string): Promise<void> => {
  for (const ids of idChunks(channelIds))
    await db
      .updateTable('mutes')
      .set((row) => ({ held: row('held', '+', 1) }))
      .where('channel_id', 'in', ids)
      .where('symbol', '=', symbol)
      .execute();
};
