import { expect, test } from 'vitest';
import { writeText } from '../inspect.ts';
import { openTestStore } from '../temporary.ts';

test('a flag is refused: PostgreSQL does that by itself, SQLite would store a number', async () => {
  const { db } = await openTestStore();
  const written = writeText(db, true);
  await expect(written).rejects.toThrow('a column takes text, whole numbers or null, not [object Boolean]');
});
