import { expect, test } from 'vitest';
import { openChannel } from '../../src/store/channels.ts';
import { enqueueStory } from '../../src/store/outbox.ts';
import { pauseChannel } from '../../src/store/pauses.ts';
import { oldestOwed, peekQueue } from '../../src/store/queue.ts';
import type { Store } from '../../src/store/store.ts';
import { writeStory } from '../../src/store/stories.ts';
import { LONGEST_GATHER_MS } from '../../src/stories/slide-window.ts';
import { HOUR_MS, MINUTE_MS } from '../../src/util/durations.ts';
import { openTestStore } from './temporary.ts';

const NOON = Date.parse('2024-07-30T16:00:00Z');

/** Enqueues a card for a new channel; default: an alert. */
const enqueueCard = async (
  { db }: Store,
  address: string,
  made: number,
  dueAt: number,
  kind: 'slide' | 'test' | 'digest' = 'slide',
): Promise<void> => {
  const channel = await openChannel(db, { platform: 'discord', address, language: 'en' }, made);
  const story = await writeStory(db, { kind: 'test', symbol: '*', at: made }, made);
  await enqueueStory(db, channel, story, { kind, now: made, dueAt, expiresAt: dueAt + HOUR_MS });
};

/** The channels whose cards go out at noon, in that order. */
const order = async ({ db }: Store): Promise<string[]> => {
  const { heads } = await peekQueue(db, { platform: 'discord', now: NOON, limit: 10, busy: [] });
  return heads.map(({ address }) => address);
};

test('an alert that has just left its roll-up window does not put the platform behind schedule', async () => {
  const store = await openTestStore();
  await enqueueCard(store, 'old', NOON - LONGEST_GATHER_MS, NOON);
  await enqueueCard(store, 'new', NOON - MINUTE_MS, NOON);
  expect(await order(store)).toEqual(['old', 'new']);
});

test('an alert that left its roll-up window over a minute ago puts the platform behind schedule, even if its retry is due only now', async () => {
  const store = await openTestStore();
  await enqueueCard(store, 'old', NOON - LONGEST_GATHER_MS - MINUTE_MS - 1, NOON);
  await enqueueCard(store, 'new', NOON - MINUTE_MS, NOON);
  expect(await order(store)).toEqual(['new', 'old']);
});

test('behind schedule, only alerts go newest first: what follows them, and digests, stay in their order', async () => {
  const store = await openTestStore();
  const before = NOON - LONGEST_GATHER_MS - 2 * MINUTE_MS;
  for (const kind of ['digest', 'test', 'slide'] as const)
    for (const age of ['old', 'new']) await enqueueCard(store, `${age} ${kind}`, before, before, kind);
  expect(await order(store)).toEqual(['new slide', 'old slide', 'old test', 'new test', 'old digest', 'new digest']);
});

test('the oldest card that is owed is due, and its channel is not paused', async () => {
  const store = await openTestStore();
  expect(await oldestOwed(store.db, NOON)).toBeUndefined();
  await enqueueCard(store, 'paused', NOON - 3 * MINUTE_MS, NOON);
  await enqueueCard(store, 'due', NOON - 2 * MINUTE_MS, NOON);
  await enqueueCard(store, 'later', NOON - 4 * MINUTE_MS, NOON + 1);
  await enqueueCard(store, 'newer', NOON - MINUTE_MS, NOON);
  expect(await oldestOwed(store.db, NOON)).toBe(NOON - 3 * MINUTE_MS);
  const { id } = await openChannel(store.db, { platform: 'discord', address: 'paused', language: 'en' }, NOON);
  await pauseChannel(store.db, id, { why: 'archived', now: NOON, tryAt: NOON + HOUR_MS });
  expect(await oldestOwed(store.db, NOON)).toBe(NOON - 2 * MINUTE_MS);
});
