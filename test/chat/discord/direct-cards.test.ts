import { afterEach, beforeEach, expect, test } from 'vitest';
import { createDiscord, type DiscordOptions } from '../../../src/chat/discord/discord.ts';
import type { Platform } from '../../../src/chat/platform.ts';
import { silent } from '../../../src/telemetry/log.ts';
import { type DiscordDouble, startDiscordDouble } from '../../doubles/discord/double.ts';
import { type Asked, refusal } from '../../doubles/discord/faults.ts';
import { CHANNEL, posting } from './samples.ts';

const PERSON = '200000000000000007';

let double: DiscordDouble;
const opened: Platform[] = [];

const open = (options: Partial<DiscordOptions> = {}): Platform => {
  const discord = createDiscord({ token: double.token, apiUrl: double.apiUrl, log: silent, ...options });
  opened.push(discord);
  return discord;
};

const toPerson = (more: Parameters<typeof posting>[0] = {}) => posting({ channelId: PERSON, toPerson: true, ...more });

const isOpening = ({ method, path }: Asked): boolean => method === 'POST' && path === '/users/@me/channels';
const openings = () => double.requests.filter(({ path }) => path.endsWith('/users/@me/channels')).length;

beforeEach(async () => {
  double = await startDiscordDouble();
  double.addChannel(CHANNEL);
});

afterEach(async () => {
  await Promise.all(opened.splice(0).map((discord) => discord.stop()));
  expect(double.invalid).toEqual([]);
  await double.close();
});

test('a card to a person is a direct message, and the conversation is opened once', async () => {
  const discord = open();
  const first = await discord.post(toPerson({ key: 'dm-a-1' }));
  await discord.post(toPerson({ key: 'dm-a-2' }));
  const messages = double.directMessages(PERSON);
  expect(first).toEqual({ kind: 'sent', messageId: messages[0]?.id });
  expect(messages).toHaveLength(2);
  expect(openings()).toBe(1);
  expect(double.messages(CHANNEL)).toEqual([]);
});

test('a person who takes no direct messages is gone', async () => {
  double.closeMessages(PERSON);
  expect(await open().post(toPerson())).toMatchObject({ kind: 'gone', reason: expect.stringContaining('50007') });
});

test.each([
  ['a person who is not there any more', refusal(404, 10013, 'Unknown User'), 'gone'],
  ['a person who shares no server with the bot', refusal(403, 50278, 'No mutual guilds'), 'gone'],
  ['conversations that are opened too fast', refusal(403, 40003, 'You are opening direct messages too fast'), 'later'],
  ['a refusal of the place', refusal(403, 50001, 'Missing Access'), 'forbidden'],
  ['a code that is in no list', refusal(400, 999_999, 'New'), 'unlisted'],
])('%s', async (_, fault, kind) => {
  double.fail({ fault, matching: isOpening });
  expect((await open().post(toPerson())).kind).toBe(kind);
  expect(double.directMessages(PERSON)).toEqual([]);
});

test('the same codes mean another thing in a channel: its cards wait', async () => {
  double.fail({ fault: refusal(403, 50007, 'Cannot send messages to this user') });
  expect((await open().post(posting())).kind).toBe('forbidden');
});

test('when the reply to the opening is lost, nothing was sent', async () => {
  const discord = open();
  double.fail({ fault: { kind: 'lose-answer' }, matching: isOpening });
  expect((await discord.post(toPerson())).kind).toBe('later');
  expect((await discord.post(toPerson())).kind).toBe('sent');
  expect(double.directMessages(PERSON)).toHaveLength(1);
});

test('a message whose reply was lost is found again, also after its nonce is forgotten', async () => {
  let time = Date.now();
  const startedAt = time;
  double.fail({ fault: { kind: 'lose-answer' } });
  expect((await open({ now: () => time }).post(toPerson())).kind).toBe('unknown');
  time += 10 * 60_000;
  const again = await open({ now: () => time }).post(toPerson({ maybePosted: true, since: startedAt }));
  expect(again).toMatchObject({ kind: 'sent', duplicate: true });
  expect(double.directMessages(PERSON)).toHaveLength(1);
});

test('what is no id of a person is gone, without a request', async () => {
  expect((await open().post(toPerson({ channelId: 'ann' }))).kind).toBe('gone');
  expect(double.requests).toEqual([]);
});

test('a message is linked by its server, its channel and its id', () => {
  const { linkTo } = open();
  expect(linkTo?.({ workspace: '1', channelId: '2', messageId: '3' })).toBe('https://discord.com/channels/1/2/3');
  expect(linkTo?.({ channelId: '2', messageId: '3' })).toBeUndefined();
});
