import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { openTestStore } from '../temporary.ts';

test('a flag is refused: PostgreSQL does that by itself, SQLite would store a number', async () => {
  const { db } = await openTestStore();
  const written = sql`update splits set session = ${true}`.execute(db);
  await expect(written).rejects.toThrow('a column takes text, whole numbers or null, not [object Boolean]');
});
