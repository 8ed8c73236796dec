import { describe, expect, test } from 'vitest';
import type { Card } from '../../../src/cards/card.ts';
import { chart, fakeQuestions, quote, sentence, startBot } from './fake-questions.ts';
import { CHANNEL, calls, createGate, createRecordingLog, double } from './support.ts';

const PRIVATE = 'C0000000009';

test.each([
  ['/slidewatch', 'quote nvda'],
  ['/quote', 'nvda'],
])('%s %s asks for the quote and shows it to the channel', async (command, text) => {
  const slack = await double();
  const questions = fakeQuestions();
  await startBot(slack, questions);
  await slack.slashCommand({ command, text });
  await slack.until(() => slack.messages(CHANNEL).length === 1);
  expect(questions.asked).toEqual([
    {
      name: 'quote',
      options: { symbol: 'nvda' },
      language: 'en',
      platform: 'slack',
      channel: CHANNEL,
      asker: 'U0000000002',
      workspace: 'T0000000001',
      invitations: [{ to: 'workspace', url: 'https://api.slack.com/apps?new_app=1' }],
      mayChange: expect.any(Function),
      look: expect.any(Function),
      pingName: expect.any(Function),
      tellLater: expect.any(Function),
    },
  ]);
  const types = slack.messages(CHANNEL)[0]?.blocks.map((block) => Object(block).type);
  expect(types).toEqual(['header', 'section', 'rich_text', 'table', 'rich_text', 'context', 'actions']);
  expect(calls(slack, 'chat.postMessage')).toBe(0);
  expect([slack.invalid, slack.late]).toEqual([[], []]);
});

test('a command is acknowledged without a text before the answer is ready', async () => {
  const slack = await double();
  const questions = fakeQuestions();
  await startBot(slack, questions);
  questions.hold();
  const ack = await slack.slashCommand({ command: '/quote', text: 'nvda' });
  expect([ack.payload ?? {}, slack.responses]).toEqual([{}, []]);
  expect(ack.afterMs).toBeLessThan(3_000);
  questions.release();
  await slack.until(() => slack.messages(CHANNEL).length === 1);
});

test('a mistake is shown to the asker alone, in one sentence', async () => {
  const slack = await double();
  await startBot(slack);
  await slack.slashCommand({ command: '/quote', text: 'nvdia', userId: 'U0000000007' });
  await slack.until(() => slack.ephemerals.length === 1);
  expect(slack.ephemerals).toMatchObject([{ userId: 'U0000000007', channelId: CHANNEL, text: sentence }]);
  expect(slack.messages(CHANNEL)).toEqual([]);
});

test('an answer for the asker is not shown to the channel', async () => {
  const slack = await double();
  await startBot(slack);
  await slack.slashCommand({ command: '/slidewatch', text: 'status' });
  await slack.until(() => slack.ephemerals.length === 1);
  expect(slack.messages(CHANNEL)).toEqual([]);
});

test('a command that is not ours keeps its polite answer', async () => {
  const slack = await double();
  const questions = fakeQuestions();
  await startBot(slack, questions);
  const { payload } = await slack.slashCommand({ command: '/status' });
  expect(payload).toMatchObject({ response_type: 'ephemeral', text: expect.stringContaining('/status') });
  expect(questions.asked).toEqual([]);
});

describe('a picture', () => {
  test('is posted in the channel with its answer', async () => {
    const slack = await double();
    await startBot(slack);
    await slack.slashCommand({ command: '/chart', text: 'nvda 1m' });
    await slack.until(() => slack.messages(CHANNEL).length === 1);
    expect(slack.messages(CHANNEL)).toMatchObject([{ image: { processed: true } }]);
    expect(slack.responses).toEqual([]);
  });

  test.each([
    ['the bot was not invited', CHANNEL, (slack) => slack.kick(CHANNEL)],
    ['is private without the bot', PRIVATE, (slack) => slack.addChannel(PRIVATE, { isPrivate: true, member: false })],
  ] as const satisfies readonly (readonly [string, string, (slack: Awaited<ReturnType<typeof double>>) => void])[])(
    'is left out if the channel %s, with a line that says what to do',
    async (_what, channelId, prepare) => {
      const slack = await double();
      prepare(slack);
      await startBot(slack);
      await slack.slashCommand({ command: '/chart', text: 'nvda', channelId });
      await slack.until(() => slack.messages(channelId).length === 1);
      const [message] = slack.messages(channelId);
      expect(message?.image).toBeUndefined();
      expect(JSON.stringify(message?.blocks)).toContain('/invite @Slidewatch');
      expect(slack.responses).toHaveLength(1);
    },
  );

  test('is left out in a direct message, where nobody can be invited, without a hint', async () => {
    const slack = await double();
    slack.addChannel('D0000000001', { isPrivate: true, member: false });
    await startBot(slack);
    await slack.slashCommand({ command: '/chart', text: 'nvda', channelId: 'D0000000001' });
    await slack.until(() => slack.messages('D0000000001').length === 1);
    expect(JSON.stringify(slack.messages('D0000000001'))).not.toContain('/invite');
  });

  test('waits for the second between two posts that Slack wants', async () => {
    const slack = await double();
    slack.fail({ method: 'chat.postMessage', how: { kind: 'ratelimited', retryAfter: 2 } });
    const gate = createGate();
    await startBot(slack, fakeQuestions(), {
      sleep: (ms, signal) => (ms === 2_000 ? gate.sleep(ms, signal) : Promise.resolve()),
    });
    await slack.slashCommand({ command: '/chart', text: 'nvda' });
    await gate.waiting();
    expect(slack.messages(CHANNEL)).toEqual([]);
    gate.release();
    await slack.until(() => slack.messages(CHANNEL).length === 1);
    expect(slack.messages(CHANNEL)).toMatchObject([{ image: { processed: true } }]);
  });
});

describe('a response_url', () => {
  test('that has expired is not needed: the answer is posted', async () => {
    const slack = await double();
    const questions = fakeQuestions();
    await startBot(slack, questions);
    questions.hold();
    await slack.slashCommand({ command: '/quote', text: 'nvda' });
    slack.expireResponseUrls();
    questions.release();
    await slack.until(() => slack.messages(CHANNEL).length === 1);
    expect(calls(slack, 'chat.postMessage')).toBe(1);
  });

  test('that has expired is not needed: a mistake is shown to the asker alone', async () => {
    const slack = await double();
    const questions = fakeQuestions();
    await startBot(slack, questions);
    questions.hold();
    await slack.slashCommand({ command: '/quote', text: 'nvdia' });
    slack.expireResponseUrls();
    questions.release();
    await slack.until(() => slack.ephemerals.length === 1);
    expect(calls(slack, 'chat.postEphemeral')).toBe(1);
  });

  test.each([
    ['the connection breaks', { kind: 'disconnect', applied: true }],
    ['Slack answers 500', { kind: 'status', status: 500, applied: true }],
  ] as const)('is not used again if %s after the answer was shown', async (_what, how) => {
    const slack = await double();
    slack.fail({ method: 'respond', how });
    const { log, lines } = createRecordingLog();
    const bot = await startBot(slack, fakeQuestions(), { log });
    await slack.slashCommand({ command: '/quote', text: 'nvda' });
    await expect.poll(() => lines.map(({ message }) => message)).toContain('slack reply may not have arrived');
    await bot.stop();
    expect(slack.messages(CHANNEL)).toHaveLength(1);
    expect(calls(slack, 'chat.postMessage')).toBe(0);
  });
});

test('no text of a person or a source pings anybody', async () => {
  const evil = '<!channel> <@U0000000002> <https://evil.example|click> *bold*';
  const slack = await double();
  const card: Card = {
    ...chart,
    title: evil,
    lead: [evil],
    footer: [evil],
    actions: [{ label: evil, call: 'ask?name=help' }],
  };
  await startBot(slack, fakeQuestions({ chart: { kind: 'card', card }, help: { kind: 'problem', text: evil } }));
  await slack.slashCommand({ command: '/chart', text: evil });
  await slack.slashCommand({ command: '/slidewatch', text: 'help' });
  await slack.until(() => slack.messages(CHANNEL).length === 1 && slack.ephemerals.length === 1);
  expect([slack.mentions, slack.invalid]).toEqual([[], []]);
  expect(slack.ephemerals[0]?.blocks).toMatchObject([{ text: { type: 'plain_text', text: evil } }]);
});

test('an answer under way is sent before the bot has stopped', async () => {
  const slack = await double();
  const questions = fakeQuestions();
  const bot = await startBot(slack, questions);
  questions.hold();
  await slack.slashCommand({ command: '/quote', text: 'nvda' });
  const stopped = bot.stop();
  questions.release();
  await stopped;
  expect(slack.messages(CHANNEL)).toMatchObject([{ text: expect.stringContaining(quote.title) }]);
});
