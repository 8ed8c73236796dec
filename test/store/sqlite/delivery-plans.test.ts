import { type CompiledQuery, createQueryId } from 'kysely';
import { expect, test } from 'vitest';
import { moveThese, TRANSITIONS, type Transition } from '../../../src/store/delivery-transitions.ts';
import { anythingDue, anythingToReap, anythingToRelease, nextPriority } from '../../../src/store/looks.ts';
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

test('SQLite answers what jobs ask every second by an index of times or of the queue, never by all of a state', async () => {
  const { db } = await openTestStore();
  const asked: CompiledQuery[] = [];
  const noting = db.withPlugin({
    transformQuery: ({ node }) => {
      asked.push(db.getExecutor().compileQuery(node, createQueryId()));
      return node;
    },
    transformResult: async ({ result }) => result,
  });
  await anythingDue(noting, 'discord', 1);
  await anythingToReap(noting, 'discord', 1);
  await anythingToRelease(noting, 1);
  await nextPriority(noting, 'discord', 0);
  const details: string[] = [];
  for (const query of asked) {
    const { rows } = await db.executeQuery<{ detail: string }>({ ...query, sql: `explain query plan ${query.sql}` });
    details.push(...rows.map(({ detail }) => detail).filter((detail) => detail.includes('deliveries')));
  }
  expect(details.length).toBeGreaterThanOrEqual(8);
  const bounded = /INDEX deliveries_(times|queue|life|held) \((?!state=\?\))/;
  for (const detail of details) expect(detail).toMatch(bounded);
});
