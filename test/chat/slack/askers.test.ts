import { describe, expect, test } from 'vitest';
import type { Answer } from '../../../commands/command.ts';
import { asking, fakeQuestions, place } from './asking.ts';
import { CHANNEL, calls, double } from './support.ts';

type Double = Awaited<ReturnType<typeof double>>;

const ASKER = 'U0000000002';

describe('an answer is in', () => {
  const languageOf = async (slack: Double, channelLanguage?: string, language = 'en'): Promise<string | undefined> => {
    const questions = fakeQuestions();
    if (channelLanguage !== undefined) questions.places.push(place({ language: channelLanguage }));
    await asking(slack, questions, { language });
    await slack.slashCommand({ command: '/quote', text: 'nvda' });
    await slack.until(() => slack.messages(CHANNEL).length === 1);
    return questions.asked[0]?.language;
  };

  test("the asker's own language, whatever the channel's is", async () => {
    const slack = await double();
    slack.setPerson(ASKER, { locale: 'ko-KR' });
    expect(await languageOf(slack, 'en')).toBe('ko');
  });

  test("the channel's where the asker speaks one that we do not", async () => {
    expect(await languageOf(await double({ locale: 'fr-FR' }), 'ko')).toBe('ko');
  });

  test("the channel's where Slack does not tell the asker's", async () => {
    expect(await languageOf(await double({ scopes: ['chat:write'] }), 'ko')).toBe('ko');
  });

  test("the bot's where the channel is no destination", async () => {
    expect(await languageOf(await double({ scopes: ['chat:write'] }), undefined, 'ko')).toBe('ko');
  });

  test("the bot's where Slack keeps us waiting for the asker's", async () => {
    const slack = await double();
    slack.fail({ method: 'users.info', how: { kind: 'hang' } });
    expect(await languageOf(slack, undefined, 'ko')).toBe('ko');
  });
});

test('a person is asked for once, however much they ask', async () => {
  const slack = await double();
  await asking(slack);
  for (let n = 1; n <= 3; n += 1) {
    await slack.slashCommand({ command: '/quote', text: 'nvda' });
    await slack.until(() => slack.messages(CHANNEL).length === n);
  }
  expect(calls(slack, 'users.info')).toBe(1);
});

test('what was known of a person is asked for again after some minutes', async () => {
  const slack = await double();
  let now = Date.now();
  await asking(slack, fakeQuestions(), { now: () => now });
  for (let n = 1; n <= 2; n += 1) {
    await slack.slashCommand({ command: '/quote', text: 'nvda' });
    await slack.until(() => slack.messages(CHANNEL).length === n);
    now += 300_001;
  }
  expect(calls(slack, 'users.info')).toBe(2);
});

describe('settings of a channel', () => {
  const REFUSED: Answer = { kind: 'problem', text: 'You may not.' };

  /** What the asker is told who wants to change something, from a command that asks for the right to. */
  const changing = async (
    slack: Double,
    over: { readonly managers?: 'admins' | 'members'; readonly madeBy?: string; readonly channelId?: string } = {},
  ): Promise<string | undefined> => {
    const { managers = 'admins', madeBy, channelId = CHANNEL } = over;
    const questions = fakeQuestions();
    questions.places.push(place(madeBy === undefined ? {} : { madeBy }));
    const allowed: Answer = { kind: 'problem', text: 'Done.' };
    const ask: typeof questions.ask = async (_name, { mayChange }) => ((await mayChange?.()) ? allowed : REFUSED);
    await asking(slack, { ...questions, ask }, { managers });
    await slack.slashCommand({ command: '/slidewatch', text: 'status', channelId });
    await slack.until(() => slack.ephemerals.length === 1);
    return slack.ephemerals[0]?.text;
  };

  test.each([
    ['an administrator', { admin: true }],
    ['an owner', { owner: true }],
  ])('may be changed by %s of the workspace', async (_who, member) => {
    const slack = await double();
    slack.setPerson(ASKER, member);
    expect(await changing(slack)).toBe('Done.');
  });

  test('may be changed by whoever set it up, and Slack need not tell who that is', async () => {
    expect(await changing(await double({ scopes: ['chat:write'] }), { madeBy: ASKER })).toBe('Done.');
  });

  test('may not be changed by anybody else', async () => {
    const slack = await double();
    slack.setPerson(ASKER, {});
    expect(await changing(slack, { madeBy: 'U0000000009' })).toBe('You may not.');
  });

  test('may be changed by anybody who is in the channel, where that was chosen', async () => {
    const slack = await double();
    for (let n = 100; n < 220; n += 1) slack.setPerson(`U0000000${n}`, {});
    slack.setPerson(ASKER, {});
    expect(await changing(slack, { managers: 'members' })).toBe('Done.');
    expect(calls(slack, 'conversations.members')).toBe(3);
  });

  test('may not be changed by who is not in the channel, where its members may', async () => {
    const slack = await double();
    slack.setPerson(ASKER, { outside: [CHANNEL] });
    expect(await changing(slack, { managers: 'members' })).toBe(
      'Only members of this channel and workspace admins can change it. Join the channel and try again.',
    );
  });

  test('of a direct message are for those who write in it', async () => {
    const slack = await double();
    slack.addChannel('D0000000001', { isPrivate: true });
    expect(await changing(slack, { channelId: 'D0000000001' })).toBe('Done.');
  });

  test('stay as they are where a scope is missing, and the asker reads which one and where it is added', async () => {
    const slack = await double({ scopes: ['chat:write', 'commands'] });
    const text = await changing(slack);
    expect(text).toContain('users:read');
    expect(text).toContain('OAuth &amp; Permissions');
  });

  test('stay as they are while Slack does not answer, and the asker is asked to try again', async () => {
    const slack = await double();
    slack.fail({ method: 'users.info', times: 2, how: { kind: 'error', error: 'fatal_error' } });
    expect(await changing(slack)).toMatch(/Try again in a minute/);
  });
});
