import { setImmediate } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { loadWatchlist } from '../../src/market/watchlist.ts';
import { createUpkeepJob, nextNight } from '../../src/schedule/upkeep-job.ts';
import { writeAlerts } from '../../src/store/alerts.ts';
import { writeBars } from '../../src/store/bars.ts';
import { openChannel } from '../../src/store/channels.ts';
import { recordDigests } from '../../src/store/digests.ts';
import { writeFanout } from '../../src/store/fanouts.ts';
import { readJobRun } from '../../src/store/job-runs.ts';
import { writeMute } from '../../src/store/mutes.ts';
import { enqueueForChannel } from '../../src/store/outbox.ts';
import type { Store } from '../../src/store/store.ts';
import { silent } from '../../src/telemetry/log.ts';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../src/util/durations.ts';
import { closing } from '../slides/samples.ts';
import {
  addBareStory,
  changeDeliveries,
  changeFanouts,
  countStored,
  storedBars,
  storedMutes,
} from '../store/inspect.ts';
import { openTestStore } from '../store/temporary.ts';

const NIGHT = Date.parse('2026-06-10T07:30:00Z');
const OLD = NIGHT - 91 * DAY_MS;
const watchlist = loadWatchlist();

const upkeep = (store: Store) => createUpkeepJob({ store, watchlist, log: silent });

test('the nightly run is at 03:30 in New York, also after both clock changes', () => {
  expect(nextNight(Date.parse('2026-03-07T12:00:00Z'))).toBe(Date.parse('2026-03-08T07:30:00Z'));
  expect(nextNight(Date.parse('2026-03-08T07:30:00Z'))).toBe(Date.parse('2026-03-09T07:30:00Z'));
  expect(nextNight(Date.parse('2026-10-31T12:00:00Z'))).toBe(Date.parse('2026-11-01T08:30:00Z'));
});

test('expired rows are deleted, and rows that may still be needed stay', async () => {
  const store = await openTestStore();
  const { db } = store;
  await writeBars(db, 'NVDA', closing(1, 2, 3), []);
  await writeBars(db, 'GONE', closing(...Array.from({ length: 500 }, (_, n) => n + 1)), []);
  const channel = await openChannel(db, { platform: 'discord', address: '1', language: 'en' }, OLD);
  const enqueueTest = (at: number) =>
    enqueueForChannel(db, channel.id, { kind: 'test', symbol: '*', at }, { now: at, dueAt: at });
  for (let n = 0; n < 120; n += 1) await enqueueTest(OLD);
  await changeDeliveries(db, { state: 'sent', settledAt: OLD });
  await enqueueTest(OLD);
  await enqueueTest(NIGHT - DAY_MS);
  const slide = await addBareStory(db, 'slide', OLD);
  await writeAlerts(
    db,
    slide,
    [
      {
        kind: 'drawdown',
        symbol: 'NVDA',
        session: '2026-03-01',
        price: 1,
        level: 1_000,
        window: 252,
        peak: 2,
        peakSession: '2026-01-02',
        sessions: 1,
      },
    ],
    OLD,
  );
  await recordDigests(db, [channel.id], '2026-01-05', OLD);
  await recordDigests(db, [channel.id], '2026-06-09', NIGHT);
  await writeMute(db, { channelId: channel.id, symbol: '*', until: NIGHT - 24 * HOUR_MS, by: '1' }, OLD);
  await writeMute(db, { channelId: channel.id, symbol: 'NVDA', until: NIGHT + 1, by: '1' }, OLD);

  await upkeep(store).run(NIGHT);
  expect((await storedBars(db)).map(({ symbol }) => symbol)).toEqual(['NVDA', 'NVDA', 'NVDA']);
  // The pending delivery and yesterday's; and in addition the slide whose alert belongs to a past digest.
  expect(await countStored(store.db, 'deliveries')).toBe(2);
  expect(await countStored(store.db, 'stories')).toBe(3);
  expect(await countStored(store.db, 'digests')).toBe(1);
  expect(await storedMutes(db)).toMatchObject([{ symbol: 'NVDA' }]);
  expect((await readJobRun(db, 'upkeep'))?.result).toEqual({
    counts: { bars: 500, deliveries: 120, stories: 120, notes: 2 },
  });
});

test('a first start during a session waits for the night, also after a restart', async () => {
  const store = await openTestStore();
  await writeBars(store.db, 'GONE', closing(1, 2, 3), []);
  await upkeep(store).run(NIGHT - 12 * HOUR_MS);
  expect(await readJobRun(store.db, 'upkeep')).toEqual({ name: 'upkeep', nextAt: NIGHT });
  expect(await countStored(store.db, 'bars')).toBe(3);
  await upkeep(store).run(NIGHT + HOUR_MS);
  expect(await countStored(store.db, 'bars')).toBe(0);
});

test('it pauses while a fan-out is open, and continues a minute later', async () => {
  const store = await openTestStore();
  const plan = { kind: 'all', of: 'figures', story: 1 } as const;
  const { id } = await writeFanout(store.db, plan, { now: NIGHT, dueAt: NIGHT, lifetimeMs: DAY_MS });
  await writeBars(store.db, 'GONE', closing(1, 2, 3), []);
  const job = upkeep(store);
  await job.run(NIGHT);
  expect(await countStored(store.db, 'bars')).toBe(3);
  await changeFanouts(store.db, { doneAt: NIGHT }, { id });
  await job.run(NIGHT + MINUTE_MS);
  expect(await countStored(store.db, 'bars')).toBe(0);
});

test('stopping the bot does not wait for the whole run', async () => {
  const store = await openTestStore();
  for (const symbol of ['GONE', 'LOST'])
    await writeBars(store.db, symbol, closing(...Array.from({ length: 500 }, (_, n) => n + 1)), []);
  const job = upkeep(store);
  const run = job.run(NIGHT);
  while ((await countStored(store.db, 'bars')) === 1_000) await setImmediate();
  await job.stop();
  await run;
  expect(await countStored(store.db, 'bars')).toBeGreaterThan(0);
  await upkeep(store).run(NIGHT + MINUTE_MS);
  expect(await countStored(store.db, 'bars')).toBe(0);
});
