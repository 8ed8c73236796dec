import { expect, test } from 'vitest';
import { oldDatabase } from '../old-database.ts';
import { openTestStore } from '../temporary.ts';

test('an old plan for all channels names the kind of its story, and the other plans stay as they were', async () => {
  const recovery = { kind: 'recovery', symbol: 'NVDA', level: 2_000, story: 1 };
  const plans = [
    { kind: 'all', wanted: 'figures', symbol: 'MSFT', story: 3 },
    recovery,
    { kind: 'all', wanted: 'notice', story: 4 },
  ];
  const path = await oldDatabase(
    '0005-channel-states',
    plans.map(
      (plan, n) => `insert into fanouts (id, plan, cursor, upto, due_at, expires_at, created_at, done_at)
        values (${n + 1}, '${JSON.stringify(plan)}', 0, 9, 1, 2, 1, ${n === 0 ? 'null' : 5})`,
    ),
  );
  const { db } = await openTestStore(`sqlite:${path}`);
  const rows = await db.selectFrom('fanouts').select('plan').orderBy('id').execute();
  expect(rows.map(({ plan }) => JSON.parse(plan))).toEqual([
    { kind: 'all', of: 'figures', symbol: 'MSFT', story: 3 },
    recovery,
    { kind: 'all', of: 'notice', story: 4 },
  ]);
});
