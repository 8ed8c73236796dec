import { expect, test } from 'vitest';
import type { PlatformEvents } from '../../../src/channels/platform-events.ts';
import { asking, fakeQuestions } from './asking.ts';
import { CHANNEL, createBook, createGate, double, httpPlatform, posting, SIGNING_SECRET } from './support.ts';

const PRIVATE = 'G0000000009';
const TEAM = 'T0000000001';

type Told = readonly [string, object];

const listener = () => {
  const told: Told[] = [];
  const events: PlatformEvents = {
    invited: async (event) => void told.push(['invited', event]),
    removed: async (event) => void told.push(['removed', event]),
    // That we are in the workspace is told at every start.
    changed: async (event) => void (event.address !== undefined && told.push(['changed', event])),
  };
  return { told, events };
};

const hearing = async () => {
  const slack = await double();
  const { told, events } = listener();
  const bot = await asking(slack, fakeQuestions(), { events });
  return { slack, told, bot };
};

test('an invitation of the bot is passed on with who invited it and their locale', async () => {
  const { slack, told } = await hearing();
  slack.setPerson('U0000000007', { locale: 'ko-KR' });
  await slack.inviteBot({ userId: 'U0000000007' });
  await expect.poll(() => told).toHaveLength(1);
  const event = { platform: 'slack', workspace: TEAM, address: CHANNEL, destination: true };
  expect(told).toEqual([['invited', { ...event, by: 'U0000000007', locale: 'ko-KR' }]]);
});

test('whoever keeps channels learns which workspace the channel of .env is in', async () => {
  const { told, bot } = await hearing();
  await bot.check?.(CHANNEL);
  expect(told).toEqual([['invited', { platform: 'slack', workspace: TEAM, address: CHANNEL, destination: true }]]);
});

test('an invitation where Slack tells nothing of who invited is passed on all the same', async () => {
  const { slack, told } = await hearing();
  slack.setScopes(['chat:write']);
  await slack.inviteBot();
  await expect.poll(() => told).toMatchObject([['invited', { by: 'U0000000002' }]]);
});

test('other people come and go without a word', async () => {
  const { slack, told, bot } = await hearing();
  await slack.inviteBot({ who: 'U0000000008' });
  await slack.happen({ type: 'member_left_channel', user: 'U0000000008', channel: CHANNEL });
  await slack.unarchiveChannel();
  await expect.poll(() => told).toHaveLength(1);
  await bot.stop();
  expect(told).toMatchObject([['changed', { address: CHANNEL }]]);
});

test('who we are is read from the event where Slack could not be asked yet', async () => {
  const slack = await double();
  slack.fail({ method: 'auth.test', how: { kind: 'status', status: 503 } });
  const { told, events } = listener();
  await asking(slack, fakeQuestions(), { events, sleep: createGate().sleep });
  await slack.inviteBot();
  await expect.poll(() => told).toMatchObject([['invited', { address: CHANNEL }]]);
});

test('an event that Slack sends again is passed on once', async () => {
  const { slack, told } = await hearing();
  await slack.inviteBot({ eventId: 'Ev1' });
  await slack.inviteBot({ eventId: 'Ev1' });
  await slack.inviteBot({ eventId: 'Ev2' });
  await expect.poll(() => told).toHaveLength(2);
});

test.each([
  ['public', CHANNEL],
  ['private', PRIVATE],
])('being thrown out of a %s channel, which Slack tells twice over, is passed on once', async (kind, channelId) => {
  const { slack, told } = await hearing();
  slack.addChannel(PRIVATE, { isPrivate: kind === 'private' });
  await slack.throwOut({ channelId });
  await slack.unarchiveChannel({ channelId });
  await expect.poll(() => told).toHaveLength(2);
  const reason = 'The bot was removed from the channel';
  expect(told[0]).toEqual(['removed', { platform: 'slack', workspace: TEAM, address: channelId, reason }]);
});

test('a channel that ends, is back, and ends again is passed on each time', async () => {
  const { slack, told } = await hearing();
  await slack.archiveChannel();
  await slack.unarchiveChannel();
  await slack.inviteBot();
  await slack.throwOut();
  await slack.inviteBot();
  await slack.deleteChannel();
  await expect.poll(() => told.map(([what]) => what)).toHaveLength(6);
  expect(told.map(([what]) => what).toSorted()).toEqual(
    ['removed', 'changed', 'invited', 'removed', 'invited', 'removed'].toSorted(),
  );
});

test.each(['uninstalled-first', 'revoked-first'] as const)(
  'an app that is thrown out of the workspace (%s) is told of once, and posts nothing more',
  async (order) => {
    const slack = await double();
    const { told, events } = listener();
    const { log, lines } = createBook();
    const bot = await asking(slack, fakeQuestions(), { events, log });
    await slack.uninstall(order);
    await expect.poll(() => told).toHaveLength(1);
    expect(told).toMatchObject([['removed', { platform: 'slack', workspace: TEAM }]]);
    expect(told[0]?.[1]).not.toHaveProperty('address');
    expect(await bot.post(posting())).toMatchObject({ kind: 'down' });
    expect(lines.filter(({ level }) => level === 'error')).toHaveLength(1);
  },
);

test('events come over HTTP, too', async () => {
  const slack = await double();
  const { told, events } = listener();
  const bot = httpPlatform(slack, { events });
  await bot.start();
  slack.useHttp({ address: bot.address() ?? '', signingSecret: SIGNING_SECRET });
  await slack.inviteBot();
  await slack.throwOut();
  await expect.poll(() => told.map(([what]) => what)).toEqual(['invited', 'removed']);
  expect(slack.late).toEqual([]);
});

test('whatever else Slack sends is acknowledged', async () => {
  const { slack } = await hearing();
  const who = { user: { id: 'U0000000002' }, team: { id: TEAM } };
  const view = { id: 'V1', type: 'modal', callback_id: 'of-another-version', state: { values: {} } };
  const acks = await Promise.all([
    slack.happen({ type: 'reaction_added', user: 'U0000000002' }),
    slack.send('interactive', { ...who, type: 'view_submission', view }),
    slack.send('interactive', { ...who, type: 'view_closed', view }),
    slack.send('interactive', { ...who, type: 'shortcut', callback_id: 'none' }),
    slack.send('interactive', { ...who, type: 'block_suggestion', action_id: 'x', block_id: 'y', value: 'z' }),
    slack.send('interactive', { ...who, type: 'block_actions', actions: [{ action_id: 'home:of-another-version' }] }),
  ]);
  expect(acks).toHaveLength(6);
});
