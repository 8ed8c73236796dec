import { expect, test } from 'vitest';
import { chart, fakeQuestions, quote, sentence, startBot } from './fake-questions.ts';
import { CHANNEL, calls, double, nvidia, platform, png, posting } from './support.ts';

type Double = Awaited<ReturnType<typeof double>>;

const only = (slack: Double): string => slack.messages(CHANNEL)[0]?.ts ?? '';

/** The chart, posted in the channel. */
const withChart = async (): Promise<Double> => {
  const slack = await double();
  const bot = await startBot(slack);
  await slack.slashCommand({ command: '/chart', text: 'nvda' });
  await slack.until(() => slack.messages(CHANNEL).length === 1);
  await bot.stop();
  return slack;
};

/** An alert with a button, posted in the channel. */
const withAlert = async (): Promise<Double> => {
  const slack = await double();
  const card = { ...nvidia, ...(quote.actions && { actions: quote.actions }) };
  await platform(slack).post(posting({ card, png }));
  return slack;
};

test('a button of an old answer works after a restart, and the new answer replaces it', async () => {
  const slack = await withChart();
  const questions = fakeQuestions();
  await startBot(slack, questions);
  const before = slack.messages(CHANNEL)[0]?.image?.fileId;
  const ack = await slack.press({ messageId: only(slack), label: '1M', userId: 'U0000000003' });
  expect(ack.payload ?? {}).toEqual({});
  await slack.until(() => slack.messages(CHANNEL)[0]?.edits === 1);
  expect(questions.asked).toMatchObject([
    { name: 'chart', options: { symbol: 'NVDA', range: '1m' }, asker: 'U0000000003', channel: CHANNEL },
  ]);
  const [message, ...others] = slack.messages(CHANNEL);
  expect(others).toEqual([]);
  expect(message?.image).toMatchObject({ processed: true });
  expect(message?.image?.fileId).not.toBe(before);
  expect([slack.invalid, slack.late]).toEqual([[], []]);
});

test('an answer without a picture can replace one with a picture', async () => {
  const slack = await withChart();
  await startBot(slack);
  await slack.press({ messageId: only(slack), label: 'Again' });
  await slack.until(() => slack.messages(CHANNEL)[0]?.edits === 1);
  const [message] = slack.messages(CHANNEL);
  expect(message).toMatchObject({ text: expect.stringContaining(quote.title) });
  expect(message?.image).toBeUndefined();
});

test('a press is acknowledged before the answer is ready', async () => {
  const slack = await withChart();
  const questions = fakeQuestions();
  await startBot(slack, questions);
  questions.hold();
  const { afterMs } = await slack.press({ messageId: only(slack), label: '1M' });
  expect([afterMs < 3_000, slack.messages(CHANNEL)[0]?.edits]).toEqual([true, 0]);
  questions.release();
  await slack.until(() => slack.messages(CHANNEL)[0]?.edits === 1);
});

test('a problem is shown to the person who pressed the button, and the answer stays', async () => {
  const slack = await withChart();
  await startBot(slack);
  await slack.press({ messageId: only(slack), label: 'Gone', userId: 'U0000000003' });
  await slack.until(() => slack.ephemerals.length === 1);
  expect(slack.ephemerals).toMatchObject([{ text: sentence, userId: 'U0000000003' }]);
  expect(slack.messages(CHANNEL)).toMatchObject([{ edits: 0, text: expect.stringContaining(chart.title) }]);
});

test('an alert stays as it was posted: its buttons answer the person who pressed them', async () => {
  const slack = await withAlert();
  await startBot(slack);
  await slack.press({ messageId: only(slack), label: '1M', userId: 'U0000000003' });
  await slack.until(() => slack.ephemerals.length === 1);
  expect(slack.ephemerals).toMatchObject([{ userId: 'U0000000003', text: expect.stringContaining(chart.title) }]);
  expect(JSON.stringify(slack.ephemerals[0]?.blocks)).toContain('slack_file');
  expect(slack.messages(CHANNEL)).toMatchObject([{ edits: 0, text: expect.stringContaining(nvidia.title) }]);
});

test('a picture that Slack refuses in an ephemeral answer is left out', async () => {
  const slack = await withAlert();
  await startBot(slack);
  slack.fail(({ method, params }) =>
    method === 'respond' && JSON.stringify(params).includes('slack_file') ? { kind: 'status', status: 400 } : undefined,
  );
  await slack.press({ messageId: only(slack), label: '1M' });
  await slack.until(() => slack.ephemerals.length === 1);
  expect(JSON.stringify(slack.ephemerals[0]?.blocks)).not.toContain('slack_file');
});

test('an answer that one person sees is replaced for that person', async () => {
  const slack = await withAlert();
  await startBot(slack);
  await slack.press({ messageId: only(slack), label: '1M' });
  await slack.until(() => slack.ephemerals.length === 1);
  await slack.press({ messageId: slack.ephemerals[0]?.ts ?? '', label: 'Again' });
  await slack.until(() => slack.ephemerals[0]?.edits === 1);
  expect(slack.ephemerals).toMatchObject([{ text: expect.stringContaining(quote.title) }]);
  expect(slack.messages(CHANNEL)).toMatchObject([{ edits: 0 }]);
});

test('if the bot is not in the channel, an answer is replaced without its picture by the response_url', async () => {
  const slack = await double();
  slack.kick(CHANNEL);
  await startBot(slack);
  await slack.slashCommand({ command: '/quote', text: 'nvda' });
  await slack.until(() => slack.messages(CHANNEL).length === 1);
  await slack.press({ messageId: only(slack), label: '1M' });
  await slack.until(() => slack.messages(CHANNEL)[0]?.edits === 1);
  expect(slack.messages(CHANNEL)).toHaveLength(1);
  expect(JSON.stringify(slack.messages(CHANNEL))).toContain('/invite @Slidewatch');
});

test('a button of a deleted answer is answered for the person alone', async () => {
  const slack = await withChart();
  slack.fail({ method: 'chat.update', how: { kind: 'error', error: 'message_not_found' } });
  slack.fail({ method: 'respond', how: { kind: 'status', status: 404 } });
  const bot = await startBot(slack);
  await slack.press({ messageId: only(slack), label: '1M' });
  await slack.until(() => slack.ephemerals.length === 1);
  await bot.stop();
  expect(calls(slack, 'chat.postMessage')).toBe(1);
});

test('a button of another version says where to ask instead', async () => {
  const slack = await double();
  const card = { ...nvidia, actions: [{ label: 'Old', call: 'mute:NVDA:1h' }] };
  await platform(slack).post(posting({ card }));
  const questions = fakeQuestions();
  await startBot(slack, questions);
  await slack.press({ messageId: only(slack), label: 'Old' });
  await slack.until(() => slack.ephemerals.length === 1);
  expect(slack.ephemerals).toMatchObject([{ text: expect.stringContaining('/slidewatch help') }]);
  expect(questions.asked).toEqual([]);
});
