import { statSync } from 'node:fs';
import { expect, test } from 'vitest';
import { loadWatchlist } from '../../../src/market/watchlist.ts';
import { createUpkeepJob } from '../../../src/schedule/upkeep-job.ts';
import { writeBars } from '../../../src/store/bars.ts';
import { silent } from '../../../src/telemetry/log.ts';
import { closing } from '../../slides/samples.ts';
import { storedBars } from '../inspect.ts';
import { databasePath, openTestStore } from '../temporary.ts';

const NIGHT = Date.parse('2026-06-10T07:30:00Z');

test('the nightly upkeep shrinks the database file', async () => {
  const path = databasePath();
  const store = await openTestStore(`sqlite:${path}`);
  const prices = Array.from({ length: 10_000 }, (_, n) => n + 1);
  for (const symbol of ['GONE', 'LOST', 'PAST']) await writeBars(store.db, symbol, closing(...prices), []);
  await createUpkeepJob({ store, watchlist: loadWatchlist(), log: silent }).run(NIGHT);
  expect(await storedBars(store.db)).toEqual([]);
  expect(store.vacuum(1)).toBe(0);
  await store.close();
  // It was about two megabytes; the empty tables and their indexes take the rest.
  expect(statSync(path).size).toBeLessThan(400_000);
});
