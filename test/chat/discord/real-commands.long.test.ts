import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { commands } from '../../../commands/index.ts';
import { chartPng } from '../../../src/charts/png.ts';
import { escapeText } from '../../../src/chat/discord/markdown.ts';
import type { Platform } from '../../../src/chat/platform.ts';
import { languageFor } from '../../../src/i18n/languages.ts';
import { evening } from '../../commands/market-context.ts';
import { type MemoryChannels, memoryChannels } from '../../commands/memory-channels.ts';
import type { Asked } from '../../doubles/discord/asked.ts';
import { type DiscordDouble, startDiscordDouble } from '../../doubles/discord/double.ts';
import { BITS } from '../../doubles/discord/guild-bodies.ts';
import type { CommandUse } from '../../doubles/discord/interactions.ts';
import { eventually } from '../../eventually.ts';
import { ROLE, TRIALS, type Trial } from './command-trials.ts';
import { catalogue, isAnswered } from './fake-questions.ts';
import { createPeople, DAY, settled, startRealBot } from './real-bot.ts';
import { CHANNEL } from './samples.ts';

const ELSEWHERE = '112233445566778800';
const HANGUL = /\p{sc=Hangul}/u;

let double: DiscordDouble;
let discord: Platform;
let channels: MemoryChannels;
const person = createPeople();

/** One bot for all of them; each test has a channel of its own making. */
beforeAll(async () => {
  double = await startDiscordDouble();
  discord = await startRealBot(
    double,
    () => channels,
    async ({ card }) => (card.picture ? chartPng(card.picture.chart) : undefined),
  );
});

beforeEach(async () => {
  channels = memoryChannels();
  const place = { platform: 'discord', address: CHANNEL };
  await channels.open(place, { language: 'en', origin: 'setup', workspace: double.guildId, madeBy: person() }, 0);
});

afterEach(() => {
  expect(double.invalid).toEqual([]);
  expect(double.late).toEqual([]);
});

afterAll(async () => {
  await discord.stop();
  await double.close();
});

/** By default somebody who may change the channel. */
const ask = (command: string, use: Partial<CommandUse> = {}): Promise<string> =>
  settled(double.interact({ command, user: person(), permissions: BITS.manageChannels, ...use }));

const goWrong = async (command: string, { good, wrong }: Trial, locale: string): Promise<Asked> => {
  const use = { command, locale, user: person(), permissions: BITS.manageChannels };
  if (wrong === 'elsewhere') return double.interact({ ...use, channel: ELSEWHERE, options: good });
  if (wrong === 'without the right') return double.interact({ ...use, permissions: 0n, opened: true, options: good });
  if (wrong !== 'too often') return double.interact({ ...use, options: wrong });
  for (let n = 0; n < 10; n += 1) await settled(double.interact({ ...use, command: 'help' }));
  return double.interact({ ...use, options: good });
};

const inAll = Object.entries(TRIALS).flatMap(([command, trial]) =>
  catalogue.languages.map((language) => [command, language === 'en' ? 'en-US' : language, trial] as const),
);

/** Commands that are answered in the channel's language, not the asker's. */
const IN_ITS_OWN = new Set(['setup', 'language']);

const notAllowed = escapeText(catalogue.in('en').say('permission.discord'));

describe('every command on Discord', () => {
  it('has a trial', () => {
    expect(Object.keys(TRIALS).toSorted()).toEqual(commands.map(({ name }) => name).toSorted());
  });

  it.each(inAll)('/%s in %s is answered with a card', async (command, locale, { good }) => {
    const [title = ''] = (await ask(command, { options: good, locale })).split('\n');
    expect(title).toMatch(/^### /);
    if (!IN_ITS_OWN.has(command)) expect(HANGUL.test(title)).toBe(locale === 'ko');
  });

  it.each(inAll)('/%s in %s shows a mistake to the asker alone', async (command, locale, trial) => {
    const asked = await goWrong(command, trial, locale);
    const text = await settled(asked);
    expect(asked.shown).toMatchObject([{ ephemeral: true, payload: { content: expect.any(String) } }]);
    expect(HANGUL.test(text.replaceAll('한국어', ''))).toBe(locale === 'ko');
    expect(text).not.toBe(catalogue.in(languageFor(catalogue, locale) ?? '').say('ask.failed'));
  });

  it.each(
    Object.entries(TRIALS).flatMap(([command, { completes = [] }]) =>
      completes.map((each) => [command, ...each] as const),
    ),
  )('/%s offers for the option %s and "%s": %s', async (command, option, typed, value) => {
    const permissions = BITS.manageChannels;
    const asked = double.autocomplete({ command, option, typed, permissions, user: person() });
    await eventually(() => expect(asked.choices).toEqual(expect.arrayContaining([expect.objectContaining({ value })])));
  });

  it('is registered with full descriptions, those that change something for people who may manage channels', () => {
    const changing = commands.filter(({ changes }) => changes).map(({ name }) => name.split(' ')[0]);
    expect(new Set(double.commands.map(({ name }) => name))).toEqual(
      new Set(commands.map(({ name }) => name.split(' ')[0])),
    );
    for (const { name, default_member_permissions } of double.commands)
      expect(default_member_permissions, String(name)).toBe(changing.includes(String(name)) ? '16' : null);
    expect(JSON.stringify(double.commands)).not.toContain('…');
  });

  it('that changes the channel is refused to people who may not, and nothing is changed', async () => {
    const before = channels.dump();
    for (const { name } of commands.filter(({ changes }) => changes)) {
      const options = TRIALS[name]?.good ?? {};
      const asked = double.interact({ command: name, options, user: person(), opened: true });
      expect(await settled(asked), name).toBe(notAllowed);
      expect(asked.shown, name).toMatchObject([{ ephemeral: true }]);
    }
    expect(channels.dump()).toBe(before);
  });
});

it.each(Object.entries(TRIALS))(
  '/%s says before it runs whether its answer is for the asker alone',
  async (command, { good }) => {
    const asked = double.interact({ command, options: good, user: person(), permissions: BITS.manageChannels });
    await settled(asked);
    const { forAsker = false } = commands.find(({ name }) => name === command) ?? {};
    expect(asked.shown.map(({ ephemeral }) => ephemeral)).toEqual([forAsker]);
  },
);

describe('a command that promises cards', () => {
  const PROMISING = ['setup', 'alerts test'];

  it.each(
    PROMISING.flatMap(
      (command) =>
        [
          [command, 'en-US', BITS.attachFiles, 'View Channel, Send Messages'],
          [command, 'en-US', BITS.viewChannel | BITS.attachFiles, 'missing Send Messages.'],
          [command, 'ko', BITS.attachFiles, '채널 보기, 메시지 보내기'],
        ] as const,
    ),
  )(
    '/%s (%s) where the bot has %s alone says what is missing, and changes nothing',
    async (command, locale, bits, missing) => {
      const before = channels.dump();
      const answer = await ask(command, { locale, appPermissions: bits });
      expect(answer).toContain(escapeText(missing));
      expect(answer).toMatch(/Edit Channel|채널 편집/);
      expect(answer).not.toMatch(/now posts|on its way/);
      expect(channels.dump()).toBe(before);
      expect(channels.tests).toEqual([]);
    },
  );

  it.each(PROMISING)(
    '/%s where the bot is no member gives the link that invites it, and stores nothing',
    async (command) => {
      const before = channels.dump();
      const answer = await ask(command, { personal: true, channel: ELSEWHERE, stale: true });
      expect(answer).toContain('not a member');
      const { viewChannel, sendMessages, sendInThreads, attachFiles } = BITS;
      const readHistory = 1n << 16n;
      const permissions = viewChannel | sendMessages | sendInThreads | attachFiles | readHistory;
      expect(answer).toContain(
        `(https://discord.com/oauth2/authorize?client_id=${double.applicationId}&scope=bot+applications.commands&permissions=${permissions})`,
      );
      expect(channels.dump()).toBe(before);
    },
  );

  it('where a server has the commands alone gives the same link', async () => {
    double.leaveGuild(double.guildId);
    const answer = await ask('setup', { appPermissions: BITS.viewChannel | BITS.sendMessages });
    double.rejoinGuild(double.guildId);
    expect(answer).toContain('not a member');
  });

  it('says what cards will lack', async () => {
    const most = BITS.viewChannel | BITS.sendMessages;
    expect(await ask('setup', { appPermissions: most })).toContain('without their picture');
    expect(await ask('alerts test', { appPermissions: most })).toContain('without their picture');
    expect(await ask('setup')).not.toContain('without their picture');
  });

  it('in a thread wants the permission for threads', async () => {
    double.addChannel(CHANNEL);
    double.addThread(ELSEWHERE, CHANNEL);
    const answer = await ask('setup', { channel: ELSEWHERE, appPermissions: BITS.viewChannel | BITS.sendMessages });
    expect(answer).toContain('Send Messages in Threads');
  });

  it('leaves questions alone, which are answered everywhere', async () => {
    const use = { options: { symbol: 'NVDA' } };
    expect(await ask('quote', { ...use, appPermissions: 0n })).toMatch(/^### /);
    expect(await ask('quote', { ...use, personal: true })).toMatch(/^### /);
  });
});

describe('changes made on Discord', () => {
  it("accept a role from Discord's own list", async () => {
    await ask('alerts set', { options: { role: ROLE, from: '20' } });
    const [channel] = await channels.of('discord');
    expect(channel?.settings.ping).toEqual({ id: ROLE, from: 2_000 });
  });

  it('by a button of an old card need the permission, after a restart too, and answer the clicker alone', async () => {
    const customId = 'ask?symbol=NVDA&duration=1h&name=mute';
    const [channel] = await channels.of('discord');
    const mutes = () => channels.mutes(channel?.id ?? 0, evening(DAY));
    const refused = double.click({ customId, user: person() });
    expect(await settled(refused)).toBe(notAllowed);
    expect(await mutes()).toEqual([]);
    const clicked = double.click({ customId, user: person(), permissions: BITS.manageGuild });
    expect(await settled(clicked)).toMatch(/^### /);
    expect(clicked.shown).toMatchObject([{ ephemeral: true }]);
    expect(await mutes()).toMatchObject([{ symbol: 'NVDA' }]);
    const [shown] = clicked.shown;
    if (shown === undefined) throw new Error('Expected an answer');
    const end = double.click({
      ...{ customId: 'ask?symbol=NVDA&name=unmute', on: shown, user: person() },
      permissions: BITS.manageGuild,
    });
    await eventually(async () => expect(await mutes()).toEqual([]));
    await eventually(() => expect(end.callback).toBe(6));
  });
});

describe('buttons of answers on Discord', () => {
  it.each(Object.entries(TRIALS))('all of /%s lead to an answer', async (command, { good }) => {
    const shown = double.interact({ command, options: good, user: person(), permissions: BITS.manageChannels });
    await settled(shown);
    const ids = [...JSON.stringify(shown.shown).matchAll(/"custom_id":"([^"]+)"(?:,"disabled":(true))?/g)];
    for (const [, customId = '', disabled] of ids) {
      if (disabled) continue;
      const click = double.click({ customId, user: person(), permissions: BITS.manageChannels });
      expect(await settled(click), customId).toMatch(/^### /);
    }
  });
});

describe('many questions on Discord', () => {
  it('are acknowledged within three seconds, two hundred in waves of ten', async () => {
    const all: Asked[] = [];
    for (let wave = 0; wave < 20; wave += 1) {
      const options = { symbol: 'NVDA' };
      const asked = Array.from({ length: 10 }, () => double.interact({ command: 'quote', options, user: person() }));
      await eventually(() => expect(asked.every(isAnswered)).toBe(true));
      all.push(...asked);
    }
    const longest = Math.max(...all.map(({ at, acknowledgedAt = Number.POSITIVE_INFINITY }) => acknowledgedAt - at));
    expect(all).toHaveLength(200);
    expect(longest).toBeLessThan(3_000);
  });
});
