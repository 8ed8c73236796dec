import { expect, test } from 'vitest';
import { createPendingReplies } from '../../src/app/pending-replies.ts';
import { readPendingReplies } from '../../src/store/pending-replies.ts';
import { silent } from '../../src/telemetry/log.ts';
import { newDatabase, openTestStore } from '../store/temporary.ts';

const NOW = Date.parse('2025-02-17T15:00:00Z');
const MINUTE = 60_000;

const answer = (id: string, createdAt = NOW, platform = 'discord') => ({
  id,
  platform,
  body: `{"of":"${id}"}`,
  createdAt,
});

test('whoever still waits after a restart is handed out once, oldest first; whoever was answered is not', async () => {
  const url = await newDatabase();
  const before = createPendingReplies(await openTestStore(url), silent, () => NOW);
  await before.begin(answer('b', NOW));
  await before.begin(answer('a', NOW - MINUTE));
  await before.begin(answer('c', NOW - 2 * MINUTE));
  await before.begin(answer('other', NOW, 'slack'));
  await before.end('c');
  await before.end('never begun');
  const after = createPendingReplies(await openTestStore(url), silent, () => NOW + MINUTE);
  expect((await after.left('discord')).map(({ id }) => id)).toEqual(['a', 'b']);
  expect(await after.left('discord')).toEqual([]);
  expect(await after.left('slack')).toEqual([answer('other', NOW, 'slack')]);
});

test('nobody is handed out who cannot be reached any more, nor kept', async () => {
  const store = await openTestStore();
  const answers = createPendingReplies(store, silent, () => NOW + 15 * MINUTE);
  await answers.begin(answer('old', NOW));
  await answers.begin(answer('new', NOW + 1));
  expect((await answers.left('discord')).map(({ id }) => id)).toEqual(['new']);
  expect(await readPendingReplies(store.db, 'discord')).toEqual([]);
});

test('a fault of the database holds up no answer', async () => {
  const store = await openTestStore();
  const answers = createPendingReplies(store, silent, () => NOW);
  await store.close();
  await answers.begin(answer('a'));
  await answers.end('a');
  expect(await answers.left('discord')).toEqual([]);
});
