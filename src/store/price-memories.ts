import type { PriceMemory } from '../market/price-memory.ts';
import type { Db } from './store.ts';

/** Earlier versions stored a jump alone, which is too old to count after an update. */
const isOfEarlierVersion = (body: object): boolean => 'polls' in body;

/** What is not settled about the prices of each symbol. */
export const readPriceMemories = async (db: Db): Promise<Map<string, PriceMemory>> => {
  const rows = await db.selectFrom('quote_memories').selectAll().execute();
  return new Map(
    rows.flatMap(({ symbol, body }): [string, PriceMemory][] => {
      const read = JSON.parse(body) as PriceMemory;
      return isOfEarlierVersion(read) ? [] : [[symbol, read]];
    }),
  );
};

/** Saves what is not settled about the prices of a symbol; undefined deletes it. */
export const writePriceMemory = async (db: Db, symbol: string, memory: PriceMemory | undefined): Promise<void> => {
  if (memory === undefined) {
    await db.deleteFrom('quote_memories').where('symbol', '=', symbol).execute();
    return;
  }
  const body = JSON.stringify(memory);
  await db
    .insertInto('quote_memories')
    .values({ symbol, body })
    .onConflict((on) => on.column('symbol').doUpdateSet({ body }))
    .execute();
};
