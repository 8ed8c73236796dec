import { afterEach, beforeEach, expect, it } from 'vitest';
import { createDiscord } from '../../../src/chat/discord/discord.ts';
import { type Platform, PlatformError } from '../../../src/chat/platform.ts';
import { type DiscordDouble, startDiscordDouble } from '../../doubles/discord/double.ts';
import { TYPES } from '../../doubles/discord/world.ts';
import { eventually } from '../../eventually.ts';
import { holdTimeouts } from '../../held-timeouts.ts';
import { createRecordingLog } from '../slack/support.ts';
import { CHANNEL, posting } from './samples.ts';

let double: DiscordDouble;
let discord: Platform;
let book: ReturnType<typeof createRecordingLog>;

beforeEach(async () => {
  double = await startDiscordDouble();
  book = createRecordingLog();
  discord = createDiscord({ token: double.token, apiUrl: double.apiUrl, log: book.log });
});

afterEach(async () => {
  await discord.stop();
  await double.close();
});

it('finds an existing channel without logging anything', async () => {
  double.addChannel(CHANNEL);
  await discord.check?.(CHANNEL);
  expect(book.lines).toEqual([]);
});

it('rejects for a channel that does not exist, in one line that names the variable and what to do', async () => {
  const fault = await discord.check?.(CHANNEL).catch((error: unknown) => error);
  expect(fault).toBeInstanceOf(PlatformError);
  expect(fault).toMatchObject({
    message: expect.stringMatching(/^[^\n]*DISCORD_CHANNEL_ID[^\n]*Copy Channel ID[^\n]*$/),
  });
});

it('logs a channel that it may not see, and posts there once it may', async () => {
  double.addChannel(CHANNEL, { viewChannel: false });
  await discord.check?.(CHANNEL);
  expect(book.lines).toMatchObject([{ level: 'error', fields: { remedy: expect.stringContaining('View Channel') } }]);
  double.addChannel(CHANNEL);
  expect(await discord.post(posting())).toMatchObject({ kind: 'sent' });
});

it.each([
  ['a forum', TYPES.forum],
  ['a category', TYPES.category],
  ['a media channel', TYPES.media],
  ['a directory', TYPES.directory],
])('says in one line that %s takes no messages, and what to name instead; a card pauses it', async (kind, type) => {
  double.addChannel(CHANNEL, { type });
  await discord.check?.(CHANNEL);
  expect(book.lines).toMatchObject([
    {
      level: 'error',
      fields: {
        reason: expect.stringContaining(`${kind}, which takes no messages`),
        remedy: expect.stringContaining('thread'),
      },
    },
  ]);
  expect(await discord.post(posting())).toMatchObject({ kind: 'forbidden', why: { key: 'discord-kind' } });
});

it.each([
  ['a text channel', TYPES.text],
  ['an announcement channel', TYPES.announcement],
  ['a voice channel', TYPES.voice],
  ['a stage channel', TYPES.stage],
])('takes %s, which has messages', async (_kind, type) => {
  double.addChannel(CHANNEL, { type });
  await discord.check?.(CHANNEL);
  expect(book.lines).toEqual([]);
  expect(await discord.post(posting())).toMatchObject({ kind: 'sent' });
});

it('takes a thread, and says so if it is locked', async () => {
  const thread = '112233445566778800';
  double.addChannel(CHANNEL);
  double.addThread(thread, CHANNEL);
  await discord.check?.(thread);
  expect(book.lines).toEqual([]);
  double.changeThread(thread, { archived: false, locked: true });
  await discord.check?.(thread);
  expect(book.lines).toMatchObject([{ level: 'error', fields: { remedy: expect.stringContaining('unlock') } }]);
  expect(await discord.post(posting({ channelId: thread }))).toMatchObject({ why: { key: 'discord-locked' } });
});

it.each([
  ['Discord fails', { kind: 'status', status: 503 }],
  ['Discord throttles', { kind: 'too-many', retryAfter: 0.01, scope: 'user' }],
  ['the connection is cut', { kind: 'disconnect' }],
] as const)('resolves if %s', async (_what, fault) => {
  double.fail({ fault, times: 9, matching: ({ method }) => method === 'GET' });
  await discord.check?.(CHANNEL);
  expect(book.lines.filter(({ level }) => level === 'error')).toEqual([]);
});

it('resolves if no answer comes', async () => {
  const timeouts = holdTimeouts((ms) => ms === 15_000);
  double.fail({ fault: { kind: 'hang' }, matching: ({ method }) => method === 'GET' });
  const checked = discord.check?.(CHANNEL);
  await eventually(() => expect(double.requests).toHaveLength(1));
  timeouts.expire();
  await checked;
  expect(book.lines.filter(({ level }) => level === 'error')).toEqual([]);
});

it("resolves if a proxy answers in Discord's place", async () => {
  await discord.check?.('not-a-channel');
  expect(book.lines).toMatchObject([{ level: 'warn' }]);
});

it('makes no request after it was stopped', async () => {
  await discord.stop();
  await discord.check?.(CHANNEL);
  expect(double.requests).toEqual([]);
});

it.each<[string, () => void, boolean | undefined]>([
  ['that takes messages', () => double.addChannel(CHANNEL), true],
  ['that is a forum', () => double.addChannel(CHANNEL, { type: TYPES.forum }), false],
  ['that the bot may not see', () => double.addChannel(CHANNEL, { viewChannel: false }), false],
  ['that is not there', () => {}, false],
  [
    'while the token is refused',
    () => {
      double.addChannel(CHANNEL);
      double.revokeToken();
    },
    undefined,
  ],
])('tells whether a channel %s is open, as far as it can be seen', async (_, prepare, open) => {
  prepare();
  expect(await discord.isOpen?.(CHANNEL)).toBe(open);
});
