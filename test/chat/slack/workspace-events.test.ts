import { expect, test } from 'vitest';
import type { PlatformEvents } from '../../../src/channels/platform-events.ts';
import { fakeQuestions, startBot } from './fake-questions.ts';
import { CHANNEL, createGate, createRecordingLog, double, httpPlatform, posting, SIGNING_SECRET } from './support.ts';

const PRIVATE = 'G0000000009';
const TEAM = 'T0000000001';

type ReceivedEvent = readonly [string, object];

const listener = () => {
  const received: ReceivedEvent[] = [];
  const events: PlatformEvents = {
    invited: async (event) => void received.push(['invited', event]),
    removed: async (event) => void received.push(['removed', event]),
    left: async (event) => void received.push(['left', event]),
    moved: async (event) => void received.push(['moved', event]),
    // Every start reports the workspace.
    changed: async (event) => void (event.address !== undefined && received.push(['changed', event])),
    used: async () => undefined,
  };
  return { received, events };
};

const startWithListener = async () => {
  const slack = await double();
  const { received, events } = listener();
  const bot = await startBot(slack, fakeQuestions(), { events });
  return { slack, received, bot };
};

test('an invitation is passed on with the person who invited the bot and their locale', async () => {
  const { slack, received } = await startWithListener();
  slack.setPerson('U0000000007', { locale: 'ko-KR' });
  await slack.inviteBot({ userId: 'U0000000007' });
  await expect.poll(() => received).toHaveLength(1);
  const event = { platform: 'slack', workspace: TEAM, address: CHANNEL, destination: true };
  expect(received).toEqual([['invited', { ...event, by: 'U0000000007', locale: 'ko-KR' }]]);
});

test('the channel of .env is reported with its workspace', async () => {
  const { received, bot } = await startWithListener();
  await bot.check?.(CHANNEL);
  expect(received).toEqual([['invited', { platform: 'slack', workspace: TEAM, address: CHANNEL, destination: true }]]);
});

test('an invitation without data on the person is passed on all the same', async () => {
  const { slack, received } = await startWithListener();
  slack.setScopes(['chat:write']);
  await slack.inviteBot();
  await expect.poll(() => received).toMatchObject([['invited', { by: 'U0000000002' }]]);
});

test('of other people, those who join are ignored, and those who leave are passed on', async () => {
  const { slack, received, bot } = await startWithListener();
  await slack.inviteBot({ who: 'U0000000008' });
  await slack.happen({ type: 'member_left_channel', user: 'U0000000008', channel: CHANNEL });
  await slack.unarchiveChannel();
  await expect.poll(() => received).toHaveLength(2);
  await bot.stop();
  expect(received).toMatchObject([
    ['left', { platform: 'slack', address: CHANNEL, person: 'U0000000008' }],
    ['changed', { address: CHANNEL }],
  ]);
});

test("the bot's id is read from the event if Slack could not be asked yet", async () => {
  const slack = await double();
  slack.fail({ method: 'auth.test', how: { kind: 'status', status: 503 } });
  const { received, events } = listener();
  await startBot(slack, fakeQuestions(), { events, sleep: createGate().sleep });
  await slack.inviteBot();
  await expect.poll(() => received).toMatchObject([['invited', { address: CHANNEL }]]);
});

test('a repeated event is passed on once', async () => {
  const { slack, received } = await startWithListener();
  await slack.inviteBot({ eventId: 'Ev1' });
  await slack.inviteBot({ eventId: 'Ev1' });
  await slack.inviteBot({ eventId: 'Ev2' });
  await expect.poll(() => received).toHaveLength(2);
});

test.each([
  ['public', CHANNEL],
  ['private', PRIVATE],
])('being removed from a %s channel, which Slack reports by two events, is passed on once', async (kind, channelId) => {
  const { slack, received } = await startWithListener();
  slack.addChannel(PRIVATE, { isPrivate: kind === 'private' });
  await slack.throwOut({ channelId });
  await slack.unarchiveChannel({ channelId });
  await expect.poll(() => received).toHaveLength(2);
  const reason = 'The bot was removed from the channel';
  const place = { platform: 'slack', workspace: TEAM, address: channelId };
  expect(received[0]).toEqual(['removed', { ...place, reason, mayReturn: true }]);
});

test('a channel that ends, returns, and ends again is passed on each time', async () => {
  const { slack, received } = await startWithListener();
  await slack.archiveChannel();
  await slack.unarchiveChannel();
  await slack.inviteBot();
  await slack.throwOut();
  await slack.inviteBot();
  await slack.deleteChannel();
  await expect.poll(() => received.map(([what]) => what)).toHaveLength(6);
  // What was deleted does not come back.
  const removals = received.flatMap(([what, event]) => (what === 'removed' ? [event] : []));
  expect(removals).toMatchObject([{ mayReturn: true }, { mayReturn: true }, { mayReturn: false }]);
  expect(received.map(([what]) => what).toSorted()).toEqual(
    ['removed', 'changed', 'invited', 'removed', 'invited', 'removed'].toSorted(),
  );
});

test.each(['uninstalled-first', 'revoked-first'] as const)(
  'an app that is removed from the workspace (%s) is reported once, and posts nothing more',
  async (order) => {
    const slack = await double();
    const { received, events } = listener();
    const { log, lines } = createRecordingLog();
    const bot = await startBot(slack, fakeQuestions(), { events, log });
    await slack.uninstall(order);
    await expect.poll(() => received).toHaveLength(1);
    expect(received).toMatchObject([['removed', { platform: 'slack', workspace: TEAM }]]);
    expect(received[0]?.[1]).not.toHaveProperty('address');
    expect(await bot.post(posting())).toMatchObject({ kind: 'credential' });
    expect(lines.filter(({ level }) => level === 'error')).toHaveLength(1);
  },
);

test('events arrive over HTTP, too', async () => {
  const slack = await double();
  const { received, events } = listener();
  const bot = httpPlatform(slack, { events });
  await bot.start();
  slack.useHttp({ address: bot.address() ?? '', signingSecret: SIGNING_SECRET });
  await slack.inviteBot();
  await slack.throwOut();
  await expect.poll(() => received.map(([what]) => what)).toEqual(['invited', 'removed']);
  expect(slack.late).toEqual([]);
});

test('any other request of Slack is acknowledged', async () => {
  const { slack } = await startWithListener();
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

test('a channel that gets another id is reported once, and events of a shared channel name our own workspace', async () => {
  const { slack, received } = await startWithListener();
  slack.addChannel(PRIVATE, { isPrivate: true });
  await slack.shareChannel({ from: PRIVATE, to: 'C0000000009', partner: 'T0000000009' });
  await expect.poll(() => received).toEqual([['moved', { platform: 'slack', from: PRIVATE, to: 'C0000000009' }]]);
  await slack.inviteBot({ channelId: 'C0000000009' });
  await expect.poll(() => received).toHaveLength(2);
  await slack.throwOut({ channelId: 'C0000000009' });
  await expect.poll(() => received).toHaveLength(3);
  expect(received.slice(1)).toMatchObject([
    ['invited', { workspace: TEAM, address: 'C0000000009' }],
    ['removed', { workspace: TEAM, address: 'C0000000009' }],
  ]);
});

test('an event of another workspace where the app is installed is not ours', async () => {
  const { slack, received } = await startWithListener();
  const event = { type: 'channel_deleted', channel: CHANNEL };
  const other = { type: 'event_callback', team_id: 'T0000000009', event_id: 'Ev1', event };
  await slack.send('events_api', { ...other, authorizations: [{ team_id: 'T0000000009', user_id: 'U9' }] });
  await slack.archiveChannel();
  await expect.poll(() => received).toHaveLength(1);
  expect(received).toMatchObject([['removed', { reason: 'The channel was archived' }]]);
});

test('an event whose authorization names no workspace is ours', async () => {
  const { slack, received } = await startWithListener();
  const event = { type: 'channel_deleted', channel: CHANNEL, actor_id: null };
  const whole = { type: 'event_callback', team_id: null, event_id: 'Ev1', event };
  await slack.send('events_api', { ...whole, authorizations: [{ team_id: null, user_id: null, enterprise_id: 'E1' }] });
  await expect.poll(() => received).toMatchObject([['removed', { workspace: TEAM, address: CHANNEL }]]);
});
