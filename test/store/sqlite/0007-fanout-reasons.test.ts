import { expect, test } from 'vitest';
import { oldDatabase } from '../old-database.ts';
import { openTestStore } from '../temporary.ts';

test('an old plan is kept with its symbol, without counts; a slide’s first story serves for those that are still needed', async () => {
  const alerts = [{ session: '2024-07-29' }, { session: '2024-07-30' }];
  const slide = { kind: 'slide', symbol: 'NVDA', alerts, stories: { x: 7, y: 8 } };
  const digest = { kind: 'digest', day: '2024-07-30', stories: { x: 9 } };
  const path = await oldDatabase(
    '0006-plan-kinds',
    [slide, digest].map(
      (plan) => `insert into fanouts (plan, cursor, upto, due_at, expires_at, created_at, done_at)
        values ('${JSON.stringify(plan)}', 0, 9, 1, 2, 1, null)`,
    ),
  );
  const { db } = await openTestStore(`sqlite:${path}`);
  const rows = await db.selectFrom('fanouts').select(['plan', 'symbol', 'counts']).orderBy('id').execute();
  expect(rows.map(({ plan, ...row }) => ({ ...row, plan: JSON.parse(plan) }))).toEqual([
    { symbol: 'NVDA', counts: '{}', plan: { ...slide, drafts: { '2024-07-29': 7, '2024-07-30': 7 } } },
    { symbol: '*', counts: '{}', plan: digest },
  ]);
});
