import { expect, test } from 'vitest';
import {
  dropEdit,
  dueEdits,
  enqueueEdits,
  enqueueEditsOf,
  enqueueWithdrawalEdits,
  postponeEdit,
  settleEdit,
} from '../../src/store/edits.ts';
import { enqueueStory } from '../../src/store/outbox.ts';
import {
  addBareStory,
  addChannels,
  changeDeliveries,
  storedChannels,
  storedDeliveries,
  storedEdits,
} from './inspect.ts';
import { openTestStore } from './temporary.ts';

const NOW = Date.parse('2024-07-30T16:00:00Z');
const MINUTE = 60_000;
const LIFE = { lifeMs: 30 * MINUTE };

const due = async (db: Parameters<typeof dueEdits>[0], now: number) => dueEdits(db, 'discord', now, 10);
const batches = async (db: Parameters<typeof dueEdits>[0], now: number) =>
  (await due(db, now)).map(({ batch }) => batch);

test('an edit is owed once, however often it is, and expires with what was owed last', async () => {
  const { db } = await openTestStore();
  await enqueueEdits(db, 'discord', [1], { now: NOW, ...LIFE });
  await enqueueEdits(db, 'discord', [1], { now: NOW + MINUTE, ...LIFE });
  expect(await due(db, NOW + MINUTE)).toEqual([{ batch: 1, revision: 2, attempts: 0, expiresAt: NOW + 31 * MINUTE }]);
});

test('what is owed for shorter does not shorten what is owed for longer', async () => {
  const { db } = await openTestStore();
  await enqueueEdits(db, 'discord', [1], { now: NOW, lifeMs: 100 * MINUTE });
  await enqueueEdits(db, 'discord', [1], { now: NOW + MINUTE, ...LIFE });
  expect((await due(db, NOW + MINUTE))[0]?.expiresAt).toBe(NOW + 100 * MINUTE);
});

test('edits of one message are ten minutes apart, and live on from then', async () => {
  const { db } = await openTestStore();
  await enqueueEdits(db, 'discord', [1], { now: NOW, ...LIFE });
  const [owed] = await due(db, NOW);
  if (!owed) throw new Error('expected an edit');
  await settleEdit(db, owed, NOW);
  expect(await due(db, NOW + 60 * MINUTE)).toEqual([]);
  await enqueueEdits(db, 'discord', [1], { now: NOW + 2 * MINUTE, ...LIFE });
  expect(await due(db, NOW + 10 * MINUTE - 1)).toEqual([]);
  expect((await due(db, NOW + 10 * MINUTE))[0]?.expiresAt).toBe(NOW + 40 * MINUTE);
});

test('what was owed while an edit was under way is due ten minutes after it', async () => {
  const { db } = await openTestStore();
  await enqueueEdits(db, 'discord', [1], { now: NOW, ...LIFE });
  const [owed] = await due(db, NOW);
  await enqueueEdits(db, 'discord', [1], { now: NOW + 1, ...LIFE });
  if (owed) await settleEdit(db, owed, NOW + 2);
  expect(await batches(db, NOW + 10 * MINUTE + 1)).toEqual([]);
  expect(await batches(db, NOW + 10 * MINUTE + 2)).toEqual([1]);
});

test('a message is edited four times and no more', async () => {
  const { db } = await openTestStore();
  let edited = 0;
  for (let at = NOW; at < NOW + 60 * MINUTE; at += 10 * MINUTE) {
    await enqueueEdits(db, 'discord', [1], { now: at, ...LIFE });
    for (const owed of await due(db, at)) {
      await settleEdit(db, owed, at);
      edited += 1;
    }
  }
  expect(edited).toBe(4);
});

test('what can wait leaves the last edit of a message to what cannot', async () => {
  const { db } = await openTestStore();
  const isOwed = async (at: number, isSpare: boolean): Promise<boolean> => {
    await enqueueEdits(db, 'discord', [1], { now: at, ...LIFE, isSpare });
    const owed = await due(db, at);
    for (const edit of owed) await settleEdit(db, edit, at);
    return owed.length > 0;
  };
  for (const nth of [0, 1, 2]) expect(await isOwed(NOW + nth * 10 * MINUTE, true)).toBe(true);
  expect(await isOwed(NOW + 30 * MINUTE, true)).toBe(false);
  expect(await isOwed(NOW + 40 * MINUTE, false)).toBe(true);
});

test('what is owed after an edit lives for its own time, however long the edit before would have', async () => {
  const { db } = await openTestStore();
  await enqueueEdits(db, 'discord', [1], { now: NOW, lifeMs: 500 * MINUTE });
  for (const owed of await due(db, NOW)) await settleEdit(db, owed, NOW);
  await enqueueEdits(db, 'discord', [1], { now: NOW + 60 * MINUTE, ...LIFE });
  expect((await due(db, NOW + 60 * MINUTE))[0]?.expiresAt).toBe(NOW + 90 * MINUTE);
});

test('a message that can never be edited is owed nothing more; one that was given up is', async () => {
  const { db } = await openTestStore();
  await enqueueEdits(db, 'discord', [1, 2], { now: NOW, ...LIFE });
  const [first, second] = await due(db, NOW);
  if (!first || !second) throw new Error('expected two edits');
  await dropEdit(db, first, 'message_not_found');
  await dropEdit(db, second);
  expect(await batches(db, NOW)).toEqual([]);
  await enqueueEdits(db, 'discord', [1, 2], { now: NOW + MINUTE, ...LIFE });
  expect(await batches(db, NOW + MINUTE)).toEqual([2]);
});

test('an edit that is put off is one more try, and a new one begins to count anew', async () => {
  const { db } = await openTestStore();
  await enqueueEdits(db, 'discord', [1], { now: NOW, ...LIFE });
  const [owed] = await due(db, NOW);
  if (owed) await postponeEdit(db, owed, NOW + MINUTE);
  expect(await due(db, NOW + MINUTE - 1)).toEqual([]);
  expect(await due(db, NOW + MINUTE)).toMatchObject([{ attempts: 1 }]);
  await enqueueEdits(db, 'discord', [1], { now: NOW + MINUTE, ...LIFE });
  expect(await due(db, NOW + MINUTE)).toMatchObject([{ attempts: 0, revision: 2 }]);
});

test('only edits of the platform are due, the longest due first, and no more than asked for', async () => {
  const { db } = await openTestStore();
  await enqueueEdits(db, 'discord', [2], { now: NOW + 1, ...LIFE });
  await enqueueEdits(db, 'discord', [1], { now: NOW, ...LIFE });
  await enqueueEdits(db, 'slack', [3], { now: NOW, ...LIFE });
  expect(await batches(db, NOW + 1)).toEqual([1, 2]);
  expect(await dueEdits(db, 'discord', NOW + 1, 1)).toHaveLength(1);
});

test.each(['board', 'terminal'])('a card on the %s, which cannot be edited, is owed nothing', async (platform) => {
  const { db } = await openTestStore();
  await enqueueEditsOf(
    db,
    [
      { platform, batch: 1 },
      { platform: 'slack', batch: 2 },
    ],
    { now: NOW, ...LIFE },
  );
  expect(await storedEdits(db)).toMatchObject([{ platform: 'slack', batch: 2 }]);
});

test('all posted cards of a story are owed an edit, however many, and none that was not posted', async () => {
  const { db } = await openTestStore();
  const channels = Array.from({ length: 1_002 }, (_, n) => ({
    ...{ platform: 'discord', address: String(n), language: 'en', createdAt: NOW, status: 'in-use' as const },
  }));
  await addChannels(db, channels);
  const story = await addBareStory(db, 'slide', NOW);
  for (const channel of await storedChannels(db))
    await enqueueStory(db, channel, story, { kind: 'slide', now: NOW, dueAt: NOW, expiresAt: NOW + MINUTE });
  await changeDeliveries(db, { state: 'sent' });
  for (const { id } of await storedDeliveries(db)) await changeDeliveries(db, { batch: id }, { id });
  await changeDeliveries(db, { state: 'expired' }, { id: 7 });
  await enqueueWithdrawalEdits(db, [story], NOW);
  const owed = (await storedEdits(db)).map(({ batch }) => batch);
  expect(owed).toHaveLength(1_001);
  expect(owed).not.toContain(7);
});
