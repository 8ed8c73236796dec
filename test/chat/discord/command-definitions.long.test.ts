import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { commandDefinitions } from '../../../src/chat/discord/command-definitions.ts';
import { sameCommands } from '../../../src/chat/discord/register-commands.ts';
import type { Platform } from '../../../src/chat/platform.ts';
import { type DiscordDouble, startDiscordDouble } from '../../doubles/discord/double.ts';
import { eventually } from '../../eventually.ts';
import { createRecordingLog } from '../slack/support.ts';
import { catalogue, commands, createDiscordWithQuestions, fakeQuestions } from './fake-questions.ts';
import { CHANNEL, posting } from './samples.ts';

let double: DiscordDouble;
const opened: Platform[] = [];

const open = (options: Parameters<typeof createDiscordWithQuestions>[2] = {}): Platform => {
  const discord = createDiscordWithQuestions(double, fakeQuestions(), options);
  opened.push(discord);
  return discord;
};

const puts = (): number => double.requests.filter(({ method }) => method === 'PUT').length;
const lists = (): number =>
  double.requests.filter(({ method, path, status }) => method === 'GET' && path.endsWith('/commands') && status === 200)
    .length;
const registered = () => eventually(() => expect(double.commands.length).toBeGreaterThan(0));

beforeEach(async () => {
  double = await startDiscordDouble();
  double.addChannel(CHANNEL);
});

afterEach(async () => {
  await Promise.all(opened.splice(0).map((discord) => discord.stop()));
  await double.close();
});

describe('registering commands', () => {
  it('registers every command once, valid, with two words as a subcommand', async () => {
    await open().start();
    await registered();
    expect(double.invalid).toEqual([]);
    expect(double.commands.map(({ name }) => name)).toEqual(['quote', 'chart', 'bill', 'facts']);
    expect(double.commands.at(-1)).toMatchObject({
      options: [
        { type: 1, name: 'list' },
        { type: 1, name: 'source' },
      ],
    });
  });

  it('is for everyone, in any server and conversation, also for people who have the app for themselves', async () => {
    await open().start();
    await registered();
    for (const command of double.commands) {
      expect(command).toMatchObject({
        contexts: [0, 1, 2],
        integration_types: [0, 1],
        default_member_permissions: null,
      });
    }
  });

  it('registers again only if Discord has others', async () => {
    await open().start();
    await registered();
    await open().start();
    await eventually(() => expect(lists()).toBe(2));
    await open({ commands: commands.slice(0, 2) }).start();
    await eventually(() => expect(double.commands).toHaveLength(2));
    expect(puts()).toBe(2);
  });

  it('tries again if Discord fails', async () => {
    double.fail({
      fault: { kind: 'status', status: 503 },
      times: 2,
      matching: ({ path }) => path.endsWith('/commands'),
    });
    await open().start();
    await registered();
  });

  it('logs a refusal once, and cards are posted all the same', async () => {
    const { log, lines } = createRecordingLog();
    const broken = commands.map((command) => ({ ...command, name: command.name.toUpperCase() }));
    const discord = open({ commands: broken, log });
    await discord.start();
    const refusals = () => lines.filter(({ message }) => message === 'discord rejected the commands');
    await eventually(() => expect(refusals()).toMatchObject([{ level: 'error', fields: { fault: 50035 } }]));
    expect(await discord.post(posting())).toMatchObject({ kind: 'sent' });
    // Once for everybody and once for servers alone: the refusal could have been about the application.
    expect(puts()).toBe(2);
  });

  it('is for servers alone if the application is not open to people, and says what opens it', async () => {
    const { log, lines } = createRecordingLog();
    double.closeToPeople();
    const discord = open({ log });
    await discord.start();
    await registered();
    for (const command of double.commands)
      expect(command).toMatchObject({ contexts: [0, 1], integration_types: [0], default_member_permissions: null });
    const said = () => lines.filter(({ level }) => level === 'warn' || level === 'error');
    await eventually(() =>
      expect(said()).toMatchObject([{ fields: { remedy: expect.stringContaining('User Install') } }]),
    );
    expect(discord.invitations?.().map(({ to }) => to)).toEqual(['server']);
    // The next start finds what is registered, and registers nothing anew.
    const before = double.commands;
    const again = open();
    await again.start();
    await eventually(() => expect(again.invitations?.()).toHaveLength(1));
    expect(double.commands).toBe(before);
  });
});

describe('a registration', () => {
  const [quote, chart, , facts] = commandDefinitions(commands, catalogue);

  it('has Korean names and descriptions from the catalogue', () => {
    const words = catalogue.in('ko');
    expect(quote).toMatchObject({
      name: 'quote',
      description: catalogue.in('en').say('command.quote.description'),
      name_localizations: { ko: words.say('command.quote.name') },
      description_localizations: { ko: words.say('command.quote.description') },
    });
  });

  it('completes symbols, lists choices, and has required options first', () => {
    expect(chart?.options).toMatchObject([
      { name: 'symbol', required: true, autocomplete: true },
      { name: 'range', required: false, choices: [{ value: '1m' }, { value: '6m' }] },
    ]);
  });

  it('completes a text that has suggestions', () => {
    expect(facts?.options?.at(-1)).toMatchObject({ options: [{ name: 'metric', autocomplete: true }] });
  });

  it("equals Discord's list whatever Discord adds and in whatever order", () => {
    const ours = commandDefinitions(commands, catalogue);
    const theirs = ours.toReversed().map((command) => ({ ...command, id: '1', version: '2', nsfw: false }));
    expect(sameCommands(ours, theirs)).toBe(true);
    expect(sameCommands(ours, theirs.slice(1))).toBe(false);
    expect(sameCommands(ours, [{ ...theirs[0], description: 'other' }, ...theirs.slice(1)])).toBe(false);
    expect(sameCommands(ours, { message: 'no list' })).toBe(false);
  });
});
