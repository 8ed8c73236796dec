import { expect, it } from 'vitest';
import { createReplyTokensJob } from '../../src/schedule/reply-tokens-job.ts';
import { readPendingReplies, writePendingReply } from '../../src/store/pending-replies.ts';
import { MINUTE_MS } from '../../src/util/durations.ts';
import { openTestStore } from '../store/temporary.ts';

const NOON = Date.parse('2024-07-30T16:00:00Z');

it('questions are kept until their answer can no longer be sent: 15 minutes on Discord, 30 on Slack', async () => {
  const store = await openTestStore();
  const job = createReplyTokensJob({ store });
  for (const platform of ['discord', 'slack'])
    await writePendingReply(store.db, { id: platform, platform, body: '{}', createdAt: NOON });
  const left: Record<number, string[]> = {};
  for (const minute of [0, 14, 15, 29, 30]) {
    await job.run(NOON + minute * MINUTE_MS);
    left[minute] = [];
    for (const platform of ['discord', 'slack'])
      left[minute].push(...(await readPendingReplies(store.db, platform)).map(({ id }) => id));
  }
  const both = ['discord', 'slack'];
  expect(left).toEqual({ 0: both, 14: both, 15: ['slack'], 29: ['slack'], 30: [] });
});

it('looks once a minute, and at once after the clock is set back', async () => {
  const store = await openTestStore();
  const job = createReplyTokensJob({ store });
  const old = async (id: string) =>
    writePendingReply(store.db, { id, platform: 'discord', body: '{}', createdAt: NOON - 60 * MINUTE_MS });
  const count = async () => (await readPendingReplies(store.db, 'discord')).length;
  await job.run(NOON);
  await old('a');
  await job.run(NOON + MINUTE_MS - 1);
  expect(await count()).toBe(1);
  await job.run(NOON + MINUTE_MS);
  expect(await count()).toBe(0);
  await old('b');
  await job.run(NOON - 10 * MINUTE_MS);
  expect(await count()).toBe(0);
});
