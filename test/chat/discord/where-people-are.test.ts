import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { commands } from '../../../commands/index.ts';
import { gluedNumbers } from '../../../src/cards/glue.ts';
import { invitationsTo } from '../../../src/chat/discord/invitations.ts';
import { escapeText } from '../../../src/chat/discord/markdown.ts';
import type { Platform } from '../../../src/chat/platform.ts';
import { type MemoryChannels, memoryChannels } from '../../commands/memory-channels.ts';
import type { Asked } from '../../doubles/discord/asked.ts';
import { type DiscordDouble, startDiscordDouble } from '../../doubles/discord/double.ts';
import { refusal } from '../../doubles/discord/faults.ts';
import { BITS } from '../../doubles/discord/guild-bodies.ts';
import type { CommandUse } from '../../doubles/discord/interactions.ts';
import { TYPES } from '../../doubles/discord/world.ts';
import { eventually } from '../../eventually.ts';
import { TRIALS } from './command-trials.ts';
import { catalogue } from './fake-questions.ts';
import { createPeople, settled, startRealBot } from './real-bot.ts';
import { PNG, posting } from './samples.ts';

/** A channel that the bot has never heard of, and channels of its own server. */
const ABROAD = '712233445566778800';
const FORUM = '112233445566778820';
const ELSEWHERE = '112233445566778822';
const POST = '112233445566778821';
const HANGUL = /\p{sc=Hangul}/u;

let double: DiscordDouble;
let discord: Platform;
let channels: MemoryChannels;
const person = createPeople();

const openBot = (): Promise<Platform> =>
  startRealBot(
    double,
    () => channels,
    async ({ card }) => (card.picture ? PNG : undefined),
  );

beforeAll(async () => {
  double = await startDiscordDouble();
  discord = await openBot();
});

beforeEach(() => {
  channels = memoryChannels();
});

afterEach(() => {
  double.heal();
  expect(double.invalid).toEqual([]);
  expect(double.late).toEqual([]);
});

afterAll(async () => {
  await discord.stop();
  await double.close();
});

/** Where a person asks without the bot: the rest of the use, by the place. */
const PLACES: Readonly<Record<string, Partial<CommandUse>>> = {
  'a server that the bot is not in': { personal: true, permissions: BITS.useExternalApps },
  'a server whose members may show nothing of apps': { personal: true },
  'a group of people': { group: true },
  'the conversation with the bot': { private: true },
};

// What is about a channel needs one: where there is none, a sentence says so.
const QUESTIONS = commands.filter(({ changes, name }) => !changes && !/^((watch|alerts) |pings$)/.test(name));

const ask = (command: string, use: Partial<CommandUse> = {}): Asked =>
  double.interact({ command, user: person(), channel: ABROAD, options: TRIALS[command]?.good ?? {}, ...use });

const inAll = Object.entries(PLACES).flatMap(([place, use]) =>
  catalogue.languages.map((language) => [place, language === 'en' ? 'en-US' : language, use] as const),
);

describe('without the bot', () => {
  it.each(inAll)(
    'in %s every question is answered with a card in the language of the person: %s',
    async (_, locale, use) => {
      for (const { name } of QUESTIONS) {
        const [title = ''] = (await settled(ask(name, { ...use, locale }))).split('\n');
        expect(title, name).toMatch(/^### /);
        expect(HANGUL.test(title), name).toBe(locale === 'ko');
      }
    },
  );

  it.each(inAll)(
    'in %s a change, by a button or a command that is still shown, gets the invitation: %s',
    async (_, locale, use) => {
      const words = catalogue.in(locale === 'ko' ? 'ko' : 'en');
      const sentence = escapeText(words.say(use.personal ? 'discord.no-member' : 'discord.private'));
      const [server] = invitationsTo(double.applicationId);
      const before = channels.dump();
      const rights = { permissions: BITS.manageGuild | BITS.manageChannels };
      for (const { name } of commands.filter(({ changes }) => changes)) {
        const asked = ask(name, { ...use, ...rights, locale, stale: true });
        expect(await settled(asked), name).toBe(`${sentence} [${words.say('discord.invite')}](${server?.url})`);
        expect(asked.shown, name).toMatchObject([{ ephemeral: true }]);
      }
      const customId = 'ask?symbol=NVDA&duration=1h&name=mute';
      const clicked = double.click({ customId, user: person(), channel: ABROAD, ...use, ...rights, locale });
      expect(await settled(clicked)).toContain(server?.url);
      expect(channels.dump()).toBe(before);
    },
  );
});

describe('where the bot is not', () => {
  const personal = { personal: true, permissions: BITS.useExternalApps };

  it('the settings of a channel are not told as if it could be set up', async () => {
    for (const command of ['alerts show', 'watch list', 'alerts history'])
      expect(await settled(ask(command, { ...personal, stale: true })), command).toContain('not a member');
    const status = await settled(ask('status', personal));
    expect(status).toContain(catalogue.in('en').say('status.cards-absent'));
    expect(status).toContain('client_id=');
    expect(status).not.toContain('/setup turns them on');
  });

  it('the help says where settings work, and has both links, whole', async () => {
    for (const locale of ['en-US', 'ko']) {
      const help = await settled(ask('help', { ...personal, locale }));
      for (const { url } of invitationsTo(double.applicationId)) expect(help).toContain(`(${url})`);
      expect(help).not.toMatch(/and \d+ more|외 \d+/);
    }
  });

  it('what is shown to all is so only if the person may show it', async () => {
    const shown = ask('quote', personal);
    await settled(shown);
    const hidden = ask('quote', { personal: true });
    await settled(hidden);
    expect([shown, hidden].map((asked) => asked.shown.map(({ ephemeral }) => ephemeral))).toEqual([[false], [true]]);
  });

  it('a button of an answer changes it in place if others do not see it', async () => {
    const asked = ask('chart', { personal: true });
    await settled(asked);
    const [message] = asked.shown;
    if (message === undefined) throw new Error('Expected an answer');
    const customId = /"custom_id":"([^"]+range=1y[^"]*)"/.exec(JSON.stringify(message.payload))?.[1] ?? '';
    const click = double.click({ customId, on: message, user: person(), channel: ABROAD, personal: true });
    await eventually(() => expect(click.callback).toBe(6));
    await eventually(() => expect(JSON.stringify(message.payload)).not.toContain(`"custom_id":"${customId}"}`));
  });

  it('an answer whose picture is refused comes without it', async () => {
    const hasFile = (payload: unknown): boolean => JSON.stringify(payload).includes('attachment://');
    double.fail(({ payload }) => (hasFile(payload) ? refusal(403, 50013, 'Missing Permissions') : undefined));
    for (const command of ['chart', 'capex']) {
      const asked = ask(command, personal);
      expect(await settled(asked), command).toMatch(/^### /);
      expect(asked.shown.flatMap(({ files }) => files)).toEqual([]);
    }
  });

  it('one person is limited like everywhere', async () => {
    const user = person();
    for (let n = 0; n < 10; n += 1) await settled(ask('quote', { ...personal, user }));
    expect(await settled(ask('quote', { group: true, user }))).toContain('The limit is 10 questions a minute');
  });
});

describe('/setup in a place of its own kind', () => {
  const setup = (use: Partial<CommandUse>) =>
    settled(double.interact({ command: 'setup', user: person(), permissions: BITS.manageChannels, ...use }));
  const stored = async () => (await channels.of('discord')).map(({ address }) => address);

  beforeEach(() => {
    double.addChannel(FORUM, { type: TYPES.forum });
    double.addThread(POST, FORUM);
  });

  it('makes a post of a forum a channel', async () => {
    expect(await setup({ channel: POST })).toMatch(/^### /);
    expect(await stored()).toEqual([POST]);
  });

  it('in a post of a forum without rights says which is missing, and where it is allowed', async () => {
    const answer = await setup({ channel: POST, appPermissions: BITS.viewChannel | BITS.sendMessages });
    expect(answer).toContain('missing Send Messages in Threads');
    expect(answer).toContain('its channel or forum');
    expect(await stored()).toEqual([]);
  });

  it('in a thread that discord.js has not heard of, such as one that was archived at the start, wants the permission for threads, too', async () => {
    double.changeThread(POST, { archived: true, locked: false });
    await discord.stop();
    discord = await openBot();
    const { viewChannel, sendMessages, sendInThreads } = BITS;
    expect(await setup({ channel: POST, appPermissions: viewChannel | sendMessages })).toContain('in Threads');
    expect(await setup({ channel: POST, appPermissions: viewChannel | sendInThreads })).toMatch(/^### /);
  });

  it('in an announcement channel says that cards are published', async () => {
    const published = (language: string) => gluedNumbers(escapeText(catalogue.in(language).say('discord.published')));
    double.addChannel(ELSEWHERE, { type: TYPES.text });
    expect(await setup({ channel: ELSEWHERE })).not.toContain(published('en'));
    double.addChannel(ELSEWHERE, { type: TYPES.announcement });
    expect(await setup({ channel: ELSEWHERE })).toContain(published('en'));
    expect(await setup({ channel: ELSEWHERE, locale: 'ko' })).toContain(published('ko'));
    const most = BITS.viewChannel | BITS.sendMessages;
    const both = await setup({ channel: ELSEWHERE, appPermissions: most });
    expect(both).toContain('without their picture');
    expect(both).toContain(published('en'));
  });

  it('in a locked thread says who can unlock it, unless the bot may write there all the same', async () => {
    double.changeThread(POST, { archived: false, locked: true });
    expect(await setup({ channel: POST })).toContain('A moderator can unlock it');
    expect(await setup({ channel: POST, locale: 'ko' })).toContain('잠금을 해제');
    expect(await stored()).toEqual([]);
    const { viewChannel, sendInThreads, manageThreads } = BITS;
    expect(await setup({ channel: POST, appPermissions: viewChannel | sendInThreads | manageThreads })).toMatch(
      /^### /,
    );
  });

  it.each([
    ['a forum', TYPES.forum, 'open a post in it', '포럼에 게시물을 만들어'],
    ['a media channel', TYPES.media, 'open a post in it', '포럼에 게시물을 만들어'],
    ['a category', TYPES.category, 'an announcement channel, a thread or a forum post', '메시지를 올릴 수 없는 종류'],
    ['a directory', TYPES.directory, 'an announcement channel, a thread or a forum post', '메시지를 올릴 수 없는 종류'],
  ])('in %s says where instead, in one sentence, and stores nothing', async (_kind, type, english, korean) => {
    double.addChannel(ELSEWHERE, { type });
    expect(await setup({ channel: ELSEWHERE })).toContain(english);
    expect(await setup({ channel: ELSEWHERE, locale: 'ko' })).toContain(korean);
    expect(await stored()).toEqual([]);
  });

  it.each([
    ['a voice channel', TYPES.voice],
    ['a stage', TYPES.stage],
  ])('in %s is for its chat, which needs Connect', async (_kind, type) => {
    double.addChannel(ELSEWHERE, { type, connect: false });
    expect(await setup({ channel: ELSEWHERE })).toContain('missing Connect');
    expect(await stored()).toEqual([]);
    double.addChannel(ELSEWHERE, { type });
    expect(await setup({ channel: ELSEWHERE })).toMatch(/^### /);
    expect(await stored()).toEqual([ELSEWHERE]);
  });
});

it('a thread that is archived and not locked is opened by a card', async () => {
  double.addChannel(FORUM, { type: TYPES.forum });
  double.addThread(POST, FORUM);
  double.changeThread(POST, { archived: true, locked: false });
  expect(await discord.post(posting({ channelId: POST }))).toMatchObject({ kind: 'sent' });
  expect(double.isArchived(POST)).toBe(false);
});
