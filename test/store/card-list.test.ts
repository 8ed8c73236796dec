import { expect, test } from 'vitest';
import { listCards, readAlertCards, readCard } from '../../src/store/card-list.ts';
import { openChannel } from '../../src/store/channels.ts';
import { enqueueForChannel } from '../../src/store/outbox.ts';
import { readPosted } from '../../src/store/posted.ts';
import type { Db } from '../../src/store/store.ts';
import type { Story } from '../../src/stories/story.ts';
import { nasdaqDay, nvidia } from '../cards/golden-stories.ts';
import { changeDeliveries, storedDeliveries } from './inspect.ts';
import { openTestStore } from './temporary.ts';

const NOW = Date.parse('2024-07-30T20:15:00Z');

const greeting: Story = { kind: 'greeting', symbol: '*', platform: 'board', destination: true };

/** Enqueues stories, one a minute, for a channel of a platform; returns the ids of the deliveries. */
const enqueued = async (db: Db, platform: string, stories: readonly Story[]): Promise<number[]> => {
  const { id } = await openChannel(db, { platform, address: `${platform} 1`, language: 'en' }, NOW);
  for (const [at, story] of stories.entries())
    await enqueueForChannel(db, id, story, { now: NOW + at * 60_000, dueAt: NOW });
  return (await storedDeliveries(db)).filter((it) => it.platform === platform).map((it) => it.id);
};

const send = (db: Db, id: number, batch: number) =>
  changeDeliveries(db, { state: 'sent', batch, settledAt: NOW + id }, { id });

test('cards come newest first, page by page, in either direction, each once', async () => {
  const { db } = await openTestStore();
  const ids = await enqueued(db, 'board', [nvidia, greeting, nvidia, greeting, nasdaqDay]);
  for (const id of ids) await send(db, id, id);
  const idsOf = async (asked: Parameters<typeof listCards>[2]) =>
    (await listCards(db, 'board', asked)).map((card) => card.id);
  const [a = 0, b = 0, c = 0, d = 0, e = 0] = ids;
  expect(await idsOf({ limit: 10 })).toEqual([e, d, c, b, a]);
  expect(await idsOf({ limit: 2 })).toEqual([e, d]);
  expect(await idsOf({ limit: 2, before: d })).toEqual([c, b]);
  expect(await idsOf({ limit: 2, after: a })).toEqual([c, b]);
  expect(await idsOf({ limit: 2, after: c })).toEqual([e, d]);
  expect(await listCards(db, 'slack', { limit: 10 })).toEqual([]);
});

test('deliveries of one card are one entry, with the stories of those that were sent', async () => {
  const { db } = await openTestStore();
  const [a = 0, b = 0, c = 0, d = 0] = await enqueued(db, 'board', [nvidia, nasdaqDay, nvidia, nasdaqDay]);
  await changeDeliveries(db, { state: 'merged', batch: a, settledAt: NOW }, { id: a });
  await send(db, b, a);
  await send(db, c, a);
  await send(db, d, d);
  const cards = await listCards(db, 'board', { limit: 10 });
  expect(cards.map(({ id, cursor, stories }) => [id, cursor, stories.map(({ symbol }) => symbol)])).toEqual([
    [d, d, ['IXIC']],
    [a, b, ['IXIC', 'NVDA']],
  ]);
  // Whichever of its deliveries is asked for, and by the id of the card.
  for (const id of [a, b, c]) expect(await readCard(db, id)).toEqual(cards[1]);
  expect(await readPosted(db, 'board', 10)).toMatchObject([{ id: d }, { id: a, language: 'en', postedAt: NOW + b }]);
  expect(await readPosted(db, 'board', 1, a)).toMatchObject([{ id: a }]);
});

test('what has not been sent is no card of the list, and can be read', async () => {
  const { db } = await openTestStore();
  const [a = 0, b = 0] = await enqueued(db, 'board', [nvidia, nasdaqDay]);
  await changeDeliveries(db, { state: 'failed', reason: 'refused' }, { id: a });
  expect(await listCards(db, 'board', { limit: 10 })).toEqual([]);
  expect(await readCard(db, a)).toMatchObject({ id: a, state: 'failed', reason: 'refused', at: NOW });
  expect(await readCard(db, b)).toMatchObject({ id: b, state: 'pending', stories: [{ symbol: 'IXIC' }] });
  expect(await readCard(db, 99)).toBeUndefined();
  expect(await readPosted(db, 'board', 1, a)).toEqual([]);
});

test('the alerts of a symbol know their card on a platform', async () => {
  const { db } = await openTestStore();
  const [a = 0, b = 0] = await enqueued(db, 'board', [nvidia, nasdaqDay]);
  const [c = 0] = await enqueued(db, 'slack', [nvidia]);
  for (const id of [a, b, c]) await send(db, id, id);
  const told = await readAlertCards(db, 'board', 'NVDA', 10);
  expect(told).toEqual(nvidia.alerts.map((alert) => ({ alert, card: a })));
  expect((await readAlertCards(db, 'slack', 'NVDA', 10)).map(({ card }) => card)).toEqual(nvidia.alerts.map(() => c));
});
