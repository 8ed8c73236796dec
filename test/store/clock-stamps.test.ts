import { describe, expect, it, test } from 'vitest';
import { openChannel } from '../../src/store/channels.ts';
import { bringBackStamps, type LongestWaits } from '../../src/store/clock-stamps.ts';
import { readMutes, writeMute } from '../../src/store/mutes.ts';
import { enqueueStory } from '../../src/store/outbox.ts';
import { pauseChannel } from '../../src/store/pauses.ts';
import { writeStory } from '../../src/store/stories.ts';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../src/util/durations.ts';
import { changeDeliveries, storedChannels, storedDeliveries } from './inspect.ts';
import { openTestStore } from './temporary.ts';

/** The time by a clock that was just set right. */
const NOW = Date.parse('2025-06-02T15:34:00Z');
const waits: LongestWaits = {
  retryMs: HOUR_MS,
  leaseMs: 90_000,
  unsureMs: HOUR_MS,
  pauseMs: (paused) => paused * 72 * MINUTE_MS,
};

/** A store with one card that was enqueued `aheadMs` after NOW. */
const withCard = async (aheadMs: number) => {
  const store = await openTestStore();
  const { db } = store;
  const made = NOW + aheadMs;
  const channel = await openChannel(db, { platform: 'discord', address: 'here', language: 'en' }, made);
  const story = await writeStory(db, { kind: 'test', symbol: '*', at: made }, made);
  const times = { kind: 'test', now: made, dueAt: made + 2 * MINUTE_MS, expiresAt: made + 12 * HOUR_MS } as const;
  await enqueueStory(db, channel, story, times);
  return { store, channel };
};

type Row = Awaited<ReturnType<typeof storedDeliveries>>[number];

describe('what a clock that was an hour ahead has stored for later', () => {
  it.each<[what: string, row: Partial<Row>, known: Partial<Row>, unknown: Partial<Row>]>([
    [
      'a new card is due as long after now as it would have been',
      { dueAt: NOW + HOUR_MS + 110_000 },
      { dueAt: NOW + 110_000, createdAt: NOW },
      { dueAt: NOW + 110_000, createdAt: NOW },
    ],
    [
      'so is a card that was tried',
      { attempts: 2, dueAt: NOW + HOUR_MS + 10_000 },
      { dueAt: NOW + 10_000 },
      { dueAt: NOW + HOUR_MS },
    ],
    [
      'a lease ends',
      { state: 'leased', attempts: 1, leasedUntil: NOW + HOUR_MS + 80_000 },
      { leasedUntil: NOW + 80_000 },
      { leasedUntil: NOW + 90_000 },
    ],
    [
      'an unconfirmed card is decided on, and looked for from early enough',
      { state: 'unsure', attempts: 1, maybePosted: 1, doubtSince: NOW + 50 * MINUTE_MS, heldUntil: NOW + 2 * HOUR_MS },
      { heldUntil: NOW + HOUR_MS, doubtSince: NOW - 10 * MINUTE_MS },
      { heldUntil: NOW + HOUR_MS, doubtSince: NOW - DAY_MS },
    ],
    [
      'quiet hours end within a day',
      { state: 'quiet', heldUntil: NOW + HOUR_MS + DAY_MS },
      { heldUntil: NOW + DAY_MS },
      { heldUntil: NOW + DAY_MS },
    ],
    ['what is past stays', { dueAt: NOW - 1, attempts: 1 }, { dueAt: NOW - 1 }, { dueAt: NOW - 1 }],
  ])('%s', async (_what, row, known, unknown) => {
    for (const [backMs, expected] of [
      [HOUR_MS, known],
      [0, unknown],
    ] as const) {
      const { store } = await withCard(HOUR_MS);
      await changeDeliveries(store.db, row);
      await bringBackStamps(store.db, NOW, { backMs, waits });
      const [after] = await storedDeliveries(store.db);
      expect(after).toMatchObject({ ...expected, expiresAt: NOW + 13 * HOUR_MS });
    }
  });

  it('a paused channel is tried, and a mute lasts as long as its person said', async () => {
    const { store, channel } = await withCard(HOUR_MS);
    const { db } = store;
    const wrong = NOW + HOUR_MS;
    await pauseChannel(db, channel.id, { why: 'no', now: wrong, tryAt: wrong + 10 * MINUTE_MS });
    await writeMute(db, { channelId: channel.id, symbol: 'NVDA', until: wrong + 2 * HOUR_MS, by: 'me' }, wrong);
    await bringBackStamps(db, NOW, { backMs: HOUR_MS, waits });
    expect(await storedChannels(db)).toMatchObject([{ tryAt: NOW + 10 * MINUTE_MS, pausedAt: NOW }]);
    expect(await readMutes(db, channel.id, NOW)).toMatchObject([{ until: NOW + 2 * HOUR_MS }]);
  });
});

test('at a start with a right clock nothing that waits is touched', async () => {
  const { store, channel } = await withCard(-1_000);
  const { db } = store;
  await pauseChannel(db, channel.id, { why: 'no', now: NOW - 1_000, tryAt: NOW + 70 * MINUTE_MS });
  await writeMute(db, { channelId: channel.id, symbol: '*', until: NOW + 30 * DAY_MS, by: 'me' }, NOW - 1_000);
  const read = async () => [await storedDeliveries(db), await storedChannels(db), await readMutes(db, channel.id, NOW)];
  const before = await read();
  await bringBackStamps(db, NOW, { backMs: 0, waits });
  expect(await read()).toEqual(before);
});
