import { expect, test } from 'vitest';
import type { SlackDouble } from '../../doubles/slack/double.ts';
import { catalogue, commands, type FakeQuestions, fakeQuestions } from './fake-questions.ts';
import { CHANNEL, double, httpPlatform, SIGNING_SECRET } from './support.ts';

/** Runs `use` with a bot that takes the double's requests over HTTP. */
const overHttp = async (use: (slack: SlackDouble, questions: FakeQuestions) => Promise<void>): Promise<void> => {
  const slack = await double();
  const questions = fakeQuestions();
  const bot = httpPlatform(slack, { questions, commands, catalogue });
  await bot.start();
  slack.useHttp({ address: bot.address() ?? '', signingSecret: SIGNING_SECRET });
  await use(slack, questions);
};

test('a command over HTTP is acknowledged before it is answered', () =>
  overHttp(async (slack, questions) => {
    questions.hold();
    expect((await slack.slashCommand({ command: '/quote', text: 'nvda' })).payload).toBe('');
    expect(slack.messages(CHANNEL)).toEqual([]);
    questions.release();
    await slack.until(() => slack.messages(CHANNEL).length === 1);
    expect([slack.invalid, slack.late]).toEqual([[], []]);
  }));

test('buttons and mentions come over HTTP, too', () =>
  overHttp(async (slack) => {
    await slack.mention({ text: 'chart nvda' });
    await slack.until(() => slack.messages(CHANNEL).length === 1);
    await slack.press({ messageId: slack.messages(CHANNEL)[0]?.ts ?? '', label: '1M' });
    await slack.until(() => slack.messages(CHANNEL)[0]?.edits === 1);
    expect([slack.invalid, slack.late]).toEqual([[], []]);
  }));

test('a repeated mention is answered once', () =>
  overHttp(async (slack, questions) => {
    await slack.mention({ text: 'quote nvda', eventId: 'Ev1' });
    await slack.mention({ text: 'quote nvda', eventId: 'Ev1' });
    await slack.until(() => slack.messages(CHANNEL).length === 1);
    expect(questions.asked).toHaveLength(1);
  }));
