import { expect, test } from 'vitest';
import { openChannel } from '../../src/store/channels.ts';
import { countDeliveries, countLost, listDeliveries } from '../../src/store/delivery-list.ts';
import { enqueueForChannel } from '../../src/store/outbox.ts';
import type { Db } from '../../src/store/store.ts';
import type { DeliveriesAsked } from '../../src/stories/deliveries-asked.ts';
import { pauseToStore } from '../../src/stories/pause.ts';
import type { Story } from '../../src/stories/story.ts';
import { nasdaqDay, nvidia } from '../cards/golden-stories.ts';
import { changeChannels, changeDeliveries } from './inspect.ts';
import { openTestStore } from './temporary.ts';

const NOW = Date.parse('2024-07-30T20:15:00Z');

const greeting: Story = { kind: 'greeting', symbol: '*', platform: 'slack', destination: true };

/** Two channels; deliveries 1 to 3 go to the first, 4 to 6 to the second. */
const filled = async (): Promise<{ readonly db: Db; readonly channels: readonly number[] }> => {
  const { db } = await openTestStore();
  const channels: number[] = [];
  for (const platform of ['discord', 'slack']) {
    const { id } = await openChannel(db, { platform, address: '1', language: 'en' }, NOW);
    channels.push(id);
    for (const story of [greeting, nvidia, nasdaqDay])
      await enqueueForChannel(db, id, story, { now: NOW + channels.length, dueAt: NOW });
  }
  await changeDeliveries(db, { state: 'sent', settledAt: NOW + 9, batch: 2, attempts: 1 }, { id: 2 });
  await changeDeliveries(db, { state: 'failed', settledAt: NOW + 9, reason: 'refused' }, { id: 3 });
  await changeDeliveries(db, { state: 'muted', mutedUntil: NOW + 99, settledAt: NOW }, { id: 5 });
  return { db, channels };
};

const idsOf = async (db: Db, asked: Partial<DeliveriesAsked> = {}) =>
  (await listDeliveries(db, { limit: 10, ...asked })).deliveries.map(({ id }) => id);

test('deliveries come newest first, in pages in either direction', async () => {
  const { db } = await filled();
  expect(await idsOf(db)).toEqual([6, 5, 4, 3, 2, 1]);
  const around = async (asked: Partial<DeliveriesAsked>) => {
    const { hasOlder, hasNewer } = await listDeliveries(db, { limit: 2, ...asked });
    return [await idsOf(db, { limit: 2, ...asked }), hasOlder, hasNewer];
  };
  expect(await around({})).toEqual([[6, 5], true, false]);
  expect(await around({ before: 5 })).toEqual([[4, 3], true, true]);
  expect(await around({ before: 3 })).toEqual([[2, 1], false, true]);
  expect(await around({ after: 2 })).toEqual([[4, 3], true, true]);
  expect(await around({ after: 4 })).toEqual([[6, 5], true, false]);
  expect(await around({ before: 1 })).toEqual([[], false, false]);
});

test('state, platform, channel and kind narrow the list, together', async () => {
  const { db, channels } = await filled();
  expect(await idsOf(db, { group: 'waiting' })).toEqual([6, 4, 1]);
  expect(await idsOf(db, { group: 'sent' })).toEqual([2]);
  expect(await idsOf(db, { group: 'lost' })).toEqual([3]);
  expect(await idsOf(db, { group: 'spared' })).toEqual([5]);
  expect(await idsOf(db, { platform: 'discord' })).toEqual([3, 2, 1]);
  expect(await idsOf(db, { channel: channels[1] ?? 0 })).toEqual([6, 5, 4]);
  expect(await idsOf(db, { kind: 'slide' })).toEqual([6, 5, 3, 2]);
  expect(await idsOf(db, { kind: 'greeting' })).toEqual([4, 1]);
  expect(await idsOf(db, { kind: 'slide', platform: 'slack', group: 'waiting' })).toEqual([6]);
});

test('a delivery says its card, its tries, its times and why it has not come', async () => {
  const { db, channels } = await filled();
  const pause = { text: 'no permission' };
  await changeChannels(db, { paused: pauseToStore(pause), pausedAt: NOW }, { platform: 'discord' });
  const { deliveries } = await listDeliveries(db, { limit: 10 });
  const byId = new Map(deliveries.map((it) => [it.id, it]));
  expect(byId.get(3)).toMatchObject({ channelId: channels[0], state: 'failed', reason: 'refused', card: 3, pause });
  expect(byId.get(2)).toMatchObject({ state: 'sent', attempts: 1, createdAt: NOW + 1, settledAt: NOW + 9, card: 2 });
  expect(byId.get(5)).toMatchObject({ state: 'muted', mutedUntil: NOW + 99 });
  expect(byId.get(6)).toMatchObject({ story: nasdaqDay, platform: 'slack', language: 'en', dueAt: NOW });
  expect(byId.get(6)).not.toHaveProperty('pause');
});

test('deliveries are counted by platform and state, and those given up by when that was', async () => {
  const { db } = await filled();
  const counts = await countDeliveries(db);
  expect(counts).toHaveLength(5);
  expect(counts).toContainEqual({ platform: 'slack', state: 'pending', count: 2 });
  expect(counts).toContainEqual({ platform: 'discord', state: 'failed', count: 1 });
  expect([await countLost(db, NOW), await countLost(db, NOW + 10)]).toEqual([1, 0]);
});
