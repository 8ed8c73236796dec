import type { Jump } from '../market/judge-quote.ts';
import type { Db } from './store.ts';

/** Jumps pending confirmation by a second quote, by symbol. */
export const readJumps = async (db: Db): Promise<Map<string, Jump>> => {
  const rows = await db.selectFrom('quote_memories').selectAll().execute();
  return new Map(rows.map(({ symbol, body }) => [symbol, JSON.parse(body) as Jump]));
};

/** Saves the pending jump of a symbol; undefined deletes it. */
export const writeJump = async (db: Db, symbol: string, jump: Jump | undefined) => {
  if (jump === undefined) {
    await db.deleteFrom('quote_memories').where('symbol', '=', symbol).execute();
    return;
  }
  const body = JSON.stringify(jump);
  await db
    .insertInto('quote_memories')
    .values({ symbol, body })
    .onConflict((on) => on.column('symbol').doUpdateSet({ body }))
    .execute();
};
