import { expect, test } from 'vitest';
import { lineOfMention } from '../../../src/chat/slack/mentions.ts';
import { fakeQuestions, sentence, startBot } from './fake-questions.ts';
import { CHANNEL, calls, double } from './support.ts';

test("a question behind the bot's name is answered in the channel", async () => {
  const slack = await double();
  const questions = fakeQuestions();
  await startBot(slack, questions);
  await slack.mention({ text: 'quote nvda' });
  await slack.until(() => slack.messages(CHANNEL).length === 1);
  expect(questions.asked).toMatchObject([{ name: 'quote', options: { symbol: 'nvda' }, asker: 'U0000000002' }]);
  expect(slack.messages(CHANNEL)[0]?.threadTs).toBeUndefined();
  expect([slack.invalid, slack.late]).toEqual([[], []]);
});

test('a question in a thread is answered in the thread, with its picture', async () => {
  const slack = await double();
  await startBot(slack);
  await slack.mention({ text: 'chart nvda', thread: '1722340800.000100' });
  await slack.until(() => slack.messages(CHANNEL).length === 1);
  expect(slack.messages(CHANNEL)).toMatchObject([{ threadTs: '1722340800.000100', image: { processed: true } }]);
});

test('a mistake is shown to the asker alone, in the thread', async () => {
  const slack = await double();
  await startBot(slack);
  await slack.mention({ text: 'quote nvdia', thread: '1722340800.000100', userId: 'U0000000005' });
  await slack.until(() => slack.ephemerals.length === 1);
  expect(slack.ephemerals).toMatchObject([{ text: sentence, userId: 'U0000000005', threadTs: '1722340800.000100' }]);
  expect(slack.messages(CHANNEL)).toEqual([]);
});

test('a repeated event is answered once', async () => {
  const slack = await double();
  const questions = fakeQuestions();
  const bot = await startBot(slack, questions);
  await slack.mention({ text: 'quote nvda', eventId: 'Ev1' });
  await slack.mention({ text: 'quote nvda', eventId: 'Ev1' });
  await slack.mention({ text: 'quote nvda', eventId: 'Ev2' });
  await slack.until(() => slack.messages(CHANNEL).length === 2);
  await bot.stop();
  expect(questions.asked).toHaveLength(2);
});

test("the bot's name alone asks for help", async () => {
  const slack = await double();
  const questions = fakeQuestions();
  await startBot(slack, questions);
  await slack.mention({ text: '' });
  await expect.poll(() => questions.asked).toMatchObject([{ name: 'help' }]);
});

test('another bot is not answered, because it might answer in turn', async () => {
  const slack = await double();
  const questions = fakeQuestions();
  const bot = await startBot(slack, questions);
  await slack.mention({ text: 'quote nvda', botId: 'B0000000077' });
  await slack.mention({ text: 'quote nvda' });
  await slack.until(() => slack.messages(CHANNEL).length === 1);
  await bot.stop();
  expect(questions.asked).toHaveLength(1);
});

test('an answer that Slack refuses is replaced by a notice for the asker', async () => {
  const slack = await double();
  slack.fail({ method: 'chat.postMessage', how: { kind: 'error', error: 'restricted_action' } });
  await startBot(slack);
  await slack.mention({ text: 'quote nvda' });
  await slack.until(() => slack.ephemerals.length === 1);
  expect(slack.ephemerals).toMatchObject([{ text: expect.stringMatching(/could not be displayed.*again/) }]);
  expect(calls(slack, 'chat.postMessage')).toBe(1);
});

test.each([
  ['<@U0000000001> quote nvda', 'quote nvda'],
  ['hey <@U0000000001|slidewatch>  quote nvda', 'quote nvda'],
  ['<@U1> <@U2> quote nvda', 'quote nvda'],
  ['quote nvda <@U1>', 'quote nvda'],
  ['<@U1>', ''],
  ['<@U1> quote <http://brk.b|brk.b>', 'quote brk.b'],
  ['<@U1> facts source <https://sec.gov/a>', 'facts source https://sec.gov/a'],
  ['<@U1> quote s&amp;p &lt;3', 'quote s&p <3'],
  ['<@U1> &amp;lt;', '&lt;'],
])('%s asks "%s"', (text, line) => {
  expect(lineOfMention(text)).toBe(line);
});

test.each([
  ['angle brackets', '<'],
  ['letters', 'a'],
  ['blanks', ' '],
  ['beginnings of mentions', '<@'],
  ['beginnings of links', '<a|'],
  ['ampersands', '&'],
])('100,000 %s are read in a time that grows with their number', (_what, text) => {
  const [short, long] = [10_000, 100_000].map((count) => {
    const typed = `<@U1> ${text.repeat(count)}`;
    const started = performance.now();
    lineOfMention(typed);
    return performance.now() - started;
  });
  expect(long).toBeLessThan(50 + 50 * (short ?? 0));
});

test.each(['<', 'a', ' ', '<@'])('a mention with 100,000 times %j is refused before it is read', async (text) => {
  const slack = await double();
  const questions = fakeQuestions();
  await startBot(slack, questions);
  await slack.happen({
    type: 'app_mention',
    user: 'U0000000002',
    text: `<@U0000000001> ${text.repeat(100_000)}`,
    ts: '1.1',
    channel: CHANNEL,
  });
  await slack.until(() => slack.ephemerals.length === 1);
  expect(slack.ephemerals).toMatchObject([{ text: 'That is too long for a question. Type at most 1500 characters.' }]);
  expect(questions.asked).toEqual([]);
});

test('so is a command of 2,000 characters', async () => {
  const slack = await double();
  const questions = fakeQuestions();
  await startBot(slack, questions);
  await slack.slashCommand({ command: '/slidewatch', text: `alerts set ${'x '.repeat(1_000)}` });
  await slack.until(() => slack.responses.length === 1);
  expect(JSON.stringify(slack.responses)).toContain('too long for a question');
  expect(questions.asked).toEqual([]);
});

test('a mention in a channel that is shared with another workspace is one of ours', async () => {
  const slack = await double();
  const questions = fakeQuestions();
  await startBot(slack, questions);
  await slack.shareChannel({ from: 'G0000000001', to: CHANNEL, partner: 'T0000000009' });
  await slack.mention({ text: 'quote nvda' });
  await slack.until(() => slack.messages(CHANNEL).length === 1);
  expect(questions.asked).toMatchObject([{ name: 'quote', workspace: 'T0000000001' }]);
});

test.each([
  ['quote symbol:', 'Missing: symbol. For example: /slidewatch quote NVDA.'],
  [
    'quote symbol:nvda symbol:tsla',
    'The option symbol was given twice. Give it once. For example: /slidewatch quote NVDA.',
  ],
])('"%s" is answered with one sentence and asks nothing', async (text, said) => {
  const slack = await double();
  const questions = fakeQuestions();
  await startBot(slack, questions);
  await slack.mention({ text });
  await slack.until(() => slack.ephemerals.length === 1);
  expect(slack.ephemerals).toMatchObject([{ text: said }]);
  expect(questions.asked).toEqual([]);
});

test('who types too many lines in a minute is told so before another is read, and others are answered', async () => {
  const slack = await double();
  const questions = fakeQuestions();
  await startBot(slack, questions);
  const long = 'a'.repeat(2_000);
  for (let typed = 0; typed < 40; typed += 1) await slack.mention({ text: long });
  await slack.until(() => slack.ephemerals.length === 40);
  await slack.mention({ text: 'quote nvda' });
  await slack.until(() => slack.ephemerals.length === 41);
  expect(slack.ephemerals.at(-1)?.text).toMatch(/^The limit is 40 questions a minute\. Try again in \d+ seconds?\.$/);
  expect(questions.asked).toEqual([]);
  await slack.mention({ text: 'quote nvda', userId: 'U0000000005' });
  await slack.until(() => slack.messages(CHANNEL).length === 1);
});
