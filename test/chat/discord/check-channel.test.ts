import { afterEach, beforeEach, expect, it } from 'vitest';
import { createDiscord } from '../../../src/chat/discord/discord.ts';
import { type Platform, PlatformError } from '../../../src/chat/platform.ts';
import { type DiscordDouble, startDiscordDouble } from '../../doubles/discord/double.ts';
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
