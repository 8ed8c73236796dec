import { expect, test } from 'vitest';
import { CHANNEL, calls, double, platform, posting } from './support.ts';

const PERSON = 'U0000000009';

const toPerson = (more: Parameters<typeof posting>[0] = {}) => posting({ channelId: PERSON, toPerson: true, ...more });

test('a card to a person is a direct message', async () => {
  const slack = await double();
  const outcome = await platform(slack).post(toPerson());
  expect(outcome).toEqual({ kind: 'sent', messageId: slack.messages(PERSON)[0]?.ts });
  expect(slack.messages(CHANNEL)).toEqual([]);
  expect(slack.invalid).toEqual([]);
});

test.each(['channel_not_found', 'user_not_found', 'user_not_visible', 'user_disabled', 'cannot_dm_bot'])(
  '%s is about the person, who is gone',
  async (error) => {
    const slack = await double();
    slack.fail({ method: 'chat.postMessage', how: { kind: 'error', error } });
    expect(await platform(slack).post(toPerson())).toMatchObject({
      kind: 'gone',
      reason: expect.stringContaining(error),
    });
  },
);

test.each([
  ['messages_tab_disabled', 'forbidden'],
  ['restricted_action', 'forbidden'],
  ['ratelimited', 'later'],
  ['internal_error', 'unknown'],
  ['something_new', 'unlisted'],
])('%s is not about the person', async (error, kind) => {
  const slack = await double();
  slack.fail({ method: 'chat.postMessage', how: { kind: 'error', error } });
  expect((await platform(slack).post(toPerson())).kind).toBe(kind);
});

test('in a channel, a code about a person is in no list', async () => {
  const slack = await double();
  slack.fail({ method: 'chat.postMessage', how: { kind: 'error', error: 'user_disabled' } });
  expect((await platform(slack).post(posting())).kind).toBe('unlisted');
});

test('what may have been sent is not sent again, and nobody’s direct messages are read', async () => {
  const slack = await double();
  expect((await platform(slack).post(toPerson({ maybePosted: true, since: 0 }))).kind).toBe('unsure');
  expect(slack.requests.filter(({ method }) => method.startsWith('c'))).toEqual([]);
});

test('a person of another workspace than the token’s is not gone', async () => {
  const slack = await double();
  const bot = platform(slack);
  await bot.start();
  slack.fail({ method: 'chat.postMessage', how: { kind: 'error', error: 'channel_not_found' } });
  expect((await bot.post(toPerson({ workspace: 'T0000000099' }))).kind).toBe('forbidden');
  await bot.stop();
});

test('a message is linked by the workspace’s page, once that is known', async () => {
  const slack = await double();
  const bot = platform(slack);
  const message = { channelId: CHANNEL, messageId: '1722369600.000100' };
  expect(bot.linkTo?.(message)).toBeUndefined();
  await bot.start();
  expect(bot.linkTo?.(message)).toBe(`https://slidewatch-test.slack.com/archives/${CHANNEL}/p1722369600000100`);
  await bot.stop();
  expect(calls(slack, 'auth.test')).toBeGreaterThan(0);
});
