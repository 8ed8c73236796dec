import type { Jump } from '../market/judge-quote.ts';
import type { Db } from './store.ts';

/** The jumps that wait for another quote to agree, by symbol. */
export const readJumps = async (db: Db): Promise<Map<string, Jump>> => {
  const rows = await db.selectFrom('quote_memories').selectAll().execute();
  return new Map(rows.map(({ symbol, body }) => [symbol, JSON.parse(body) as Jump]));
};

/** Remembers the jump of a symbol, or forgets it where there is none any more. */
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
