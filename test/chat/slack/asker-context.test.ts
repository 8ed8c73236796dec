import { describe, expect, test } from 'vitest';
import type { Answer } from '../../../commands/command.ts';
import { channelOf, fakeQuestions, startBot } from './fake-questions.ts';
import { NOW, realBot } from './real-bot.ts';
import { CHANNEL, calls, createRecordingLog, double } from './support.ts';

type Double = Awaited<ReturnType<typeof double>>;

const ASKER = 'U0000000002';

describe('an answer is in', () => {
  const languageOf = async (slack: Double, channelLanguage?: string, language = 'en'): Promise<string | undefined> => {
    const questions = fakeQuestions();
    if (channelLanguage !== undefined) questions.channelsOfPage.push(channelOf({ language: channelLanguage }));
    await startBot(slack, questions, { language });
    await slack.slashCommand({ command: '/quote', text: 'nvda' });
    await slack.until(() => slack.messages(CHANNEL).length === 1);
    return questions.asked[0]?.language;
  };

  test("the asker's own language, whatever the channel's", async () => {
    const slack = await double();
    slack.setPerson(ASKER, { locale: 'ko-KR' });
    expect(await languageOf(slack, 'en')).toBe('ko');
  });

  test("the channel's if the asker's is not supported", async () => {
    expect(await languageOf(await double({ locale: 'fr-FR' }), 'ko')).toBe('ko');
  });

  test("the channel's if Slack does not tell the asker's", async () => {
    expect(await languageOf(await double({ scopes: ['chat:write'] }), 'ko')).toBe('ko');
  });

  test("the bot's if the channel is not set up", async () => {
    expect(await languageOf(await double({ scopes: ['chat:write'] }), undefined, 'ko')).toBe('ko');
  });

  test("the bot's if Slack is slow to tell the asker's", async () => {
    const slack = await double();
    slack.fail({ method: 'users.info', how: { kind: 'hang' } });
    expect(await languageOf(slack, undefined, 'ko')).toBe('ko');
  });
});

test('a person is looked up once for many questions', async () => {
  const slack = await double();
  await startBot(slack);
  for (let n = 1; n <= 3; n += 1) {
    await slack.slashCommand({ command: '/quote', text: 'nvda' });
    await slack.until(() => slack.messages(CHANNEL).length === n);
  }
  expect(calls(slack, 'users.info')).toBe(1);
});

test('a person is looked up again after some minutes', async () => {
  const slack = await double();
  let now = Date.now();
  await startBot(slack, fakeQuestions(), { now: () => now });
  for (let n = 1; n <= 2; n += 1) {
    await slack.slashCommand({ command: '/quote', text: 'nvda' });
    await slack.until(() => slack.messages(CHANNEL).length === n);
    now += 300_001;
  }
  expect(calls(slack, 'users.info')).toBe(2);
});

describe('settings of a channel', () => {
  const REFUSED: Answer = { kind: 'problem', text: 'You may not.' };

  /** The answer to an asker who runs a command that checks the right to change the channel. */
  const changing = async (
    slack: Double,
    over: { readonly managers?: 'admins' | 'members'; readonly madeBy?: string; readonly channelId?: string } = {},
  ): Promise<string | undefined> => {
    const { managers = 'admins', madeBy, channelId = CHANNEL } = over;
    const questions = fakeQuestions();
    questions.channelsOfPage.push(channelOf(madeBy === undefined ? {} : { madeBy }));
    const allowed: Answer = { kind: 'problem', text: 'Done.' };
    const ask: typeof questions.ask = async (_name, { mayChange }) => ((await mayChange?.()) ? allowed : REFUSED);
    await startBot(slack, { ...questions, ask }, { managers });
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

  test('may be changed by the person who set it up, without asking Slack', async () => {
    expect(await changing(await double({ scopes: ['chat:write'] }), { madeBy: ASKER })).toBe('Done.');
  });

  test('may not be changed by anybody else', async () => {
    const slack = await double();
    slack.setPerson(ASKER, {});
    expect(await changing(slack, { madeBy: 'U0000000009' })).toBe('You may not.');
  });

  test('may be changed by any member of the channel, if that was chosen', async () => {
    const slack = await double();
    for (let n = 100; n < 220; n += 1) slack.setPerson(`U0000000${n}`, {});
    slack.setPerson(ASKER, {});
    expect(await changing(slack, { managers: 'members' })).toBe('Done.');
    expect(calls(slack, 'conversations.members')).toBe(3);
  });

  test('may not be changed by people outside the channel, if its members may', async () => {
    const slack = await double();
    slack.setPerson(ASKER, { outside: [CHANNEL] });
    expect(await changing(slack, { managers: 'members' })).toBe(
      'Only members of this channel and workspace admins can change it. Join the channel and try again.',
    );
  });

  test('of a direct message may be changed by the person who writes in it', async () => {
    const slack = await double();
    slack.addChannel('D0000000001', { isPrivate: true });
    expect(await changing(slack, { channelId: 'D0000000001' })).toBe('Done.');
  });

  test('stay as they are if a scope is missing, and the asker reads which one and where to add it', async () => {
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

describe('a person of whom Slack tells little', () => {
  test.each([
    ['no zone', { tz: null }],
    ['no field for the zone', { without: ['tz'] }],
    ['no language', { locale: null }],
    ['an empty language', { locale: '' }],
    ['neither field', { without: ['tz', 'locale', 'is_owner'] }],
  ])('has %s, and is obeyed as an administrator', async (_what, member) => {
    const slack = await double();
    const { log, lines } = createRecordingLog();
    slack.setPerson('U0000000002', { admin: true, ...member });
    const { channels } = await realBot(slack, { over: { log } });
    await channels.open(
      { platform: 'slack', address: CHANNEL },
      { language: 'en', origin: 'setup', workspace: 'T0000000001' },
      NOW,
    );
    await slack.slashCommand({ command: '/slidewatch', text: 'mute nvda 1h' });
    await slack.until(() => slack.responses.length === 1);
    expect(JSON.stringify([slack.responses, slack.messages(CHANNEL)])).toMatch(/[Mm]uted/);
    expect(lines.filter(({ level }) => level === 'warn')).toEqual([]);
  });

  test('is not told as trouble at Slack, and an answer that cannot be read is logged with the field', async () => {
    const slack = await double();
    const { log, lines } = createRecordingLog();
    slack.setPerson('U0000000002', { tz: 5 as unknown as string });
    await startBot(slack, fakeQuestions(), { log });
    await slack.slashCommand({ command: '/quote', text: 'nvda' });
    await slack.until(() => slack.responses.length === 1);
    expect(lines.filter(({ level }) => level === 'warn')).toMatchObject([
      { fields: { fault: 'unreadable field user.tz' } },
    ]);
  });
});
