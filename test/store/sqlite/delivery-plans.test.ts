import { expect, test } from 'vitest';
import { moveThese, TRANSITIONS, type Transition } from '../../../src/store/delivery-transitions.ts';
import { somePending } from '../inspect.ts';
import { openTestStore } from '../temporary.ts';

test('SQLite finds deliveries that are moved by their ids by them, however many there are', async () => {
  const { db } = await openTestStore();
  const planOf = async (update: ReturnType<typeof moveThese>): Promise<string | undefined> => {
    const query = update.compile();
    const { rows } = await db.executeQuery<{ detail: string }>({ ...query, sql: `explain query plan ${query.sql}` });
    return rows[0]?.detail;
  };
  const old = somePending(db, 400);
  for (const name of Object.keys(TRANSITIONS) as Transition[])
    for (const ids of [...[1, 8, 64, 512].map((count) => Array.from({ length: count }, (_, n) => n)), old])
      expect(await planOf(moveThese(db, name, ids))).toMatch(/^SEARCH \w+ USING INTEGER PRIMARY KEY \(rowid=\?\)$/);
});
