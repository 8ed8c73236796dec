import { expect, test } from 'vitest';
import { oldDatabase } from '../old-database.ts';
import { openTestStore } from '../temporary.ts';

test('fractions that an earlier version has stored become whole numbers, and whole numbers stay', async () => {
  const path = await oldDatabase('0003-channels', [
    `insert into stories (id, kind, symbol, body, created_at) values (1, 'test', '*', '{}', 1), (2, 'test', '*', '{}', 1)`,
    `insert into channels (id, platform, address, language, created_at) values (1, 'discord', '1', 'en', 1)`,
    `insert into deliveries
      (id, story_id, channel_id, platform, state, attempts, maybe_posted, due_at, expires_at, created_at) values
      (1, 1, 1, 'discord', 'pending', 1, 0, 1700000001119.754, 1700000900000, 1700000000000),
      (2, 2, 1, 'discord', 'pending', 1, 0, 1700000002000, 1700000900000, 1700000000000)`,
    `insert into bars values ('NVDA', '2024-07-30', 1, 1, 1, 1, 40896227.5), ('NVDA', '2024-07-31', 1, 1, 1, 1, 7)`,
    `insert into splits values ('GE', '2023-01-04', 1.281, 1), ('NVDA', '2024-06-10', 10, 1)`,
  ]);
  const { db } = await openTestStore(`sqlite:${path}`);
  expect(await db.selectFrom('deliveries').select(['id', 'due_at']).orderBy('id').execute()).toEqual([
    { id: 1, due_at: 1_700_000_001_120 },
    { id: 2, due_at: 1_700_000_002_000 },
  ]);
  expect(await db.selectFrom('bars').select('volume').orderBy('session').execute()).toEqual([
    { volume: 40_896_228 },
    { volume: 7 },
  ]);
  expect(
    await db.selectFrom('splits').select(['symbol', 'numerator', 'denominator']).orderBy('symbol').execute(),
  ).toEqual([
    { symbol: 'GE', numerator: 1_281_000, denominator: 1_000_000 },
    { symbol: 'NVDA', numerator: 10, denominator: 1 },
  ]);
});
