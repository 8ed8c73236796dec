import { expect, test } from 'vitest';
import { createSlack } from '../../../src/chat/slack/slack.ts';
import { silent } from '../../../src/log.ts';
import type { SlackDouble } from '../../doubles/slack/double.ts';
import { catalogue, commands, type FakeQuestions, fakeQuestions } from './asking.ts';
import { CHANNEL, double, instant } from './support.ts';

const signingSecret = 'shhh';

/** Runs `use` with a bot that takes the double's requests over HTTP. */
const overHttp = async (use: (slack: SlackDouble, questions: FakeQuestions) => Promise<void>): Promise<void> => {
  const slack = await double();
  const { botToken, apiUrl } = slack;
  const questions = fakeQuestions();
  const asked = { questions, commands, catalogue };
  const bot = createSlack({ botToken, apiUrl, signingSecret, port: 0, log: silent, sleep: instant, ...asked });
  await bot.start();
  slack.useHttp({ address: bot.address() ?? '', signingSecret });
  try {
    await use(slack, questions);
  } finally {
    await bot.stop();
  }
};

test('a command over HTTP is acknowledged before it is answered', () =>
  overHttp(async (slack, questions) => {
    questions.hold();
    expect((await slack.slashCommand({ command: '/quote', text: 'nvda' })).payload).toBe('');
    expect(slack.messages(CHANNEL)).toEqual([]);
    questions.letGo();
    await slack.until(() => slack.messages(CHANNEL).length === 1);
    expect([slack.invalid, slack.late]).toEqual([[], []]);
  }));

test('two hundred commands at once are all acknowledged in time, however slow the answers', () =>
  overHttp(async (slack, questions) => {
    questions.hold();
    const line = { command: '/slidewatch', text: 'quote nvda' };
    const acks = await Promise.all(Array.from({ length: 200 }, () => slack.slashCommand(line)));
    expect(Math.max(...acks.map(({ afterMs }) => afterMs))).toBeLessThan(3_000);
    expect([questions.asked.length, slack.late]).toEqual([200, []]);
    questions.letGo();
    await slack.until(() => slack.messages(CHANNEL).length === 200);
  }));

test('buttons and mentions come over HTTP, too', () =>
  overHttp(async (slack) => {
    await slack.mention({ text: 'chart nvda' });
    await slack.until(() => slack.messages(CHANNEL).length === 1);
    await slack.press({ messageId: slack.messages(CHANNEL)[0]?.ts ?? '', label: '1M' });
    await slack.until(() => slack.messages(CHANNEL)[0]?.edits === 1);
    expect([slack.invalid, slack.late]).toEqual([[], []]);
  }));

test('a mention that is sent again is answered once', () =>
  overHttp(async (slack, questions) => {
    await slack.mention({ text: 'quote nvda', eventId: 'Ev1' });
    await slack.mention({ text: 'quote nvda', eventId: 'Ev1' });
    await slack.until(() => slack.messages(CHANNEL).length === 1);
    expect(questions.asked).toHaveLength(1);
  }));
