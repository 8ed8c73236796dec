import { expect, test } from 'vitest';
import { fakeQuestions, memoryPendingReplies, startBot } from './fake-questions.ts';
import { CHANNEL, calls, createGate, double } from './support.ts';

/** A bot that is killed while somebody waits: only the pending replies are left. */
const killed = async (ask: (slack: Awaited<ReturnType<typeof double>>) => Promise<unknown>, locale = 'en-US') => {
  const slack = await double({ locale });
  const pendingReplies = memoryPendingReplies();
  const questions = fakeQuestions();
  questions.hold();
  await startBot(slack, questions, { pendingReplies });
  await ask(slack);
  await expect.poll(() => pendingReplies.open.size).toBe(1);
  slack.dropSockets();
  return { slack, pendingReplies };
};

const command = (slack: Awaited<ReturnType<typeof double>>) =>
  slack.slashCommand({ command: '/slidewatch', text: 'quote nvda', userId: 'U0000000007' });

test.each([
  ['en-US', 'Slidewatch restarted before it could answer "quote nvda". Please try again.'],
  ['ko-KR', 'Slidewatch가 재시작되어 "quote nvda"에 답하지 못했습니다. 다시 입력해 주세요.'],
])('askers who waited over a restart are told once, in their language (%s)', async (locale, text) => {
  const { slack, pendingReplies } = await killed(command, locale);
  for (let start = 0; start < 2; start += 1) {
    const bot = await startBot(slack, fakeQuestions(), { pendingReplies });
    await slack.until(() => slack.ephemerals.length === 1);
    await bot.stop();
  }
  expect(slack.ephemerals).toMatchObject([{ channelId: CHANNEL, userId: 'U0000000007', text }]);
  expect([calls(slack, 'chat.postEphemeral'), slack.invalid]).toEqual([0, []]);
});

test('an expired response_url is replaced by the Web API', async () => {
  const { slack, pendingReplies } = await killed(command);
  slack.expireResponseUrls();
  await startBot(slack, fakeQuestions(), { pendingReplies });
  await slack.until(() => slack.ephemerals.length === 1);
  expect(calls(slack, 'chat.postEphemeral')).toBe(1);
});

test('somebody who asked by mention in a thread is told in the thread', async () => {
  const { slack, pendingReplies } = await killed((it) =>
    it.mention({ text: 'quote nvda', thread: '1722340800.000100' }),
  );
  await startBot(slack, fakeQuestions(), { pendingReplies });
  await slack.until(() => slack.ephemerals.length === 1);
  expect(slack.ephemerals).toMatchObject([
    { threadTs: '1722340800.000100', text: expect.stringContaining('restarted') },
  ]);
});

test('a quick question is never remembered, and an answered one is forgotten', async () => {
  const slack = await double();
  const pendingReplies = memoryPendingReplies();
  const questions = fakeQuestions();
  const gate = createGate();
  const bot = await startBot(slack, questions, { pendingReplies, sleep: gate.sleep });
  await command(slack);
  await slack.until(() => slack.messages(CHANNEL).length === 1);
  expect([gate.waits, pendingReplies.open.size]).toEqual([[1_000], 0]);

  questions.hold();
  await command(slack);
  await expect.poll(() => gate.waits).toHaveLength(2);
  gate.release();
  await expect.poll(() => pendingReplies.open.size).toBe(1);
  questions.release();
  await slack.until(() => slack.messages(CHANNEL).length === 2);
  await bot.stop();
  expect(pendingReplies.open.size).toBe(0);
});

test('old and unreadable records are ignored', async () => {
  const { slack, pendingReplies } = await killed(command);
  const [left] = pendingReplies.open.values();
  const fresh = { id: 'fresh', platform: 'slack', createdAt: Date.now() };
  const kept = [
    { ...fresh, id: 'old', body: left?.body ?? '', createdAt: Date.now() - 86_400_001 },
    { ...fresh, id: 'broken', body: '{' },
    { ...fresh, id: 'other', body: JSON.stringify({ who: 'nobody' }) },
  ];
  for (const answer of kept) pendingReplies.open.set(answer.id, answer);
  const bot = await startBot(slack, fakeQuestions(), { pendingReplies });
  await slack.until(() => slack.ephemerals.length === 1);
  await bot.stop();
  expect([slack.ephemerals.length, pendingReplies.open.size]).toEqual([1, 0]);
});
