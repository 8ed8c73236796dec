import { expect, test } from 'vitest';
import { openChannel, retireChannel } from '../../src/store/channels.ts';
import { enqueueForChannel } from '../../src/store/outbox.ts';
import { countPaused, endPause, markPersonNotified, pauseChannel, retryPaused } from '../../src/store/pauses.ts';
import type { Store } from '../../src/store/store.ts';
import { MINUTE_MS } from '../../src/util/durations.ts';
import { storedChannels, storedDeliveries } from './inspect.ts';
import { openTestStore } from './temporary.ts';

const NOON = Date.parse('2024-07-30T16:00:00Z');
const TRY_AT = NOON + 10 * MINUTE_MS;

/** Opens a channel and pauses it at noon, for ten minutes. Returns its id. */
const pausedChannel = async ({ db }: Store, platform: string, address: string): Promise<number> => {
  const { id } = await openChannel(db, { platform, address, language: 'en' }, NOON);
  await pauseChannel(db, id, { why: '{}', now: NOON, tryAt: TRY_AT });
  return id;
};

test('a retry makes due what waits for the end of the pause, and leaves a slide in its roll-up window', async () => {
  const store = await openTestStore();
  const id = await pausedChannel(store, 'discord', '1');
  const now = NOON + MINUTE_MS;
  const inWindow = now + MINUTE_MS;
  for (const dueAt of [TRY_AT, inWindow])
    await enqueueForChannel(store.db, id, { kind: 'test', symbol: '*', at: NOON }, { now: NOON, dueAt });
  await retryPaused(store.db, { platform: 'discord', address: '1' }, now);
  const deliveries = await storedDeliveries(store.db);
  expect(deliveries.map(({ dueAt }) => dueAt)).toEqual([now, inWindow]);
});

test('paused channels are counted by platform, without those that were retired', async () => {
  const store = await openTestStore();
  await pausedChannel(store, 'discord', '1');
  await pausedChannel(store, 'slack', 'C1');
  await retireChannel(store.db, await pausedChannel(store, 'slack', 'C2'), { status: 'retired', reason: 'deleted' });
  await retireChannel(store.db, await pausedChannel(store, 'board', 'main'), { status: 'retired', reason: 'deleted' });
  expect(await countPaused(store.db)).toEqual({ discord: 1, slack: 1 });
});

test('that a pause was announced is noted only while it lasts, so that the next one is announced as well', async () => {
  const store = await openTestStore();
  const id = await pausedChannel(store, 'discord', '1');
  await markPersonNotified(store.db, id);
  expect(await storedChannels(store.db)).toMatchObject([{ personTold: 1 }]);
  await endPause(store.db, id);
  await markPersonNotified(store.db, id);
  expect(await storedChannels(store.db)).toMatchObject([{ personTold: 0 }]);
});
