import { expect, test } from 'vitest';
import { nonsenseOfBody, readFrame } from '../../../src/chat/slack/frames.ts';
import { seeded } from '../../doubles/random.ts';
import type { SlackDouble } from '../../doubles/slack/double.ts';
import { fakeQuestions, startBot } from './fake-questions.ts';
import { CHANNEL, createRecordingLog, double, posting } from './support.ts';

const TEAM = 'T0000000001';
const BOT = 'U0000000001';
const PERSON = 'U0000000002';

/** Payloads of every kind, as Slack sends them. */
const PAYLOADS = {
  slash_commands: [
    {
      command: '/slidewatch',
      text: 'quote nvda',
      channel_id: CHANNEL,
      user_id: PERSON,
      team_id: TEAM,
      trigger_id: '1.2',
    },
  ],
  interactive: [
    {
      type: 'block_actions',
      user: { id: PERSON, team_id: TEAM },
      team: { id: TEAM },
      channel: { id: CHANNEL },
      trigger_id: '1.2',
      container: { type: 'message', message_ts: '1.1', channel_id: CHANNEL, is_ephemeral: false },
      actions: [{ type: 'button', action_id: 'ask:0', block_id: 'b', value: 'quote?symbol=NVDA', action_ts: '1.2' }],
    },
    {
      type: 'block_actions',
      user: { id: PERSON, team_id: TEAM },
      team: { id: TEAM },
      trigger_id: '1.2',
      container: { type: 'view', view_id: 'V1' },
      view: { id: 'V1', type: 'home', hash: '1.a', private_metadata: '{"page":0}' },
      actions: [{ type: 'button', action_id: 'home:setup', block_id: 'b', value: 'new' }],
    },
    {
      type: 'view_submission',
      user: { id: PERSON, team_id: TEAM },
      team: { id: TEAM },
      view: { id: 'V1', type: 'modal', callback_id: 'settings', private_metadata: '{}', state: { values: {} } },
    },
  ],
  events_api: [
    { type: 'app_mention', user: PERSON, text: `<@${BOT}> quote nvda`, ts: '1.1', channel: CHANNEL },
    { type: 'app_home_opened', user: PERSON, tab: 'home' },
    { type: 'member_joined_channel', user: BOT, channel: CHANNEL, inviter: PERSON },
    { type: 'channel_id_changed', old_channel_id: 'G1', new_channel_id: 'C9' },
    { type: 'channel_archive', channel: CHANNEL, user: PERSON },
    { type: 'tokens_revoked', tokens: { oauth: ['U1'], bot: [] } },
  ].map((event) => ({
    type: 'event_callback',
    team_id: TEAM,
    event_id: 'Ev1',
    authorizations: [{ team_id: TEAM, user_id: BOT }],
    event,
  })),
} as const;

type Kind = keyof typeof PAYLOADS;
const KINDS = Object.keys(PAYLOADS) as Kind[];

const envelope = (type: string, payload: unknown): string =>
  JSON.stringify({ envelope_id: 'e1', type, payload, accepts_response_payload: type !== 'events_api' });

/** What a payload may be instead of itself. */
const WRONG: readonly unknown[] = [
  null,
  {},
  5,
  [],
  'x',
  { event: null },
  { type: 'view_submission', view: null },
  { type: 'block_actions', user: null, actions: [] },
  { command: '/slidewatch', text: 5, channel_id: {}, user_id: [] },
  { type: 'event_callback', event: { type: 5 } },
  { type: 'event_callback', event: { type: 'app_home_opened', user: null } },
];

/** Whether a question is answered and a card posted. */
const lives = async (slack: SlackDouble, bot: Awaited<ReturnType<typeof startBot>>): Promise<void> => {
  const { payload } = await slack.slashCommand({ command: '/weather' });
  expect(payload).toMatchObject({ response_type: 'ephemeral' });
  expect(await bot.post(posting({ key: `d-${slack.requests.length}` }))).toMatchObject({ kind: 'sent' });
};

test('every payload as Slack sends it makes sense, over a socket and over HTTP', () => {
  for (const kind of KINDS)
    for (const payload of PAYLOADS[kind]) {
      expect(readFrame(envelope(kind, payload))).toEqual({});
      expect(nonsenseOfBody(payload)).toBeUndefined();
    }
  expect(readFrame('{"type":"hello","num_connections":1}')).toEqual({ connections: 1 });
  expect(readFrame('{"type":"disconnect","reason":"warning","num_connections":2}')).toEqual({});
});

test.each([
  'no json',
  'null',
  '5',
  '[]',
  '{}',
  '{"type":null}',
  '{"type":"close"}',
  '{"type":"disconnected"}',
  '{"type":"error"}',
  '{"type":"hello","num_connections":null}',
  '{"type":"events_api","payload":{"event":{"type":"x"}}}',
])('the bot lives on after the frame %s', async (frame) => {
  const slack = await double();
  const { log, lines } = createRecordingLog();
  const bot = await startBot(slack, fakeQuestions(), { log });
  slack.frame(frame);
  await lives(slack, bot);
  expect(slack.sockets()).toBe(1);
  const warned = lines.filter(({ message }) => message.includes('no sense')).map(({ fields }) => fields.kind);
  expect(warned).toEqual(frame.includes('hello') ? [] : [frame.includes('events_api') ? 'events_api' : 'unknown']);
});

test('what makes no sense is logged once for each kind and field, without what it holds', async () => {
  const slack = await double();
  const { log, lines } = createRecordingLog();
  const bot = await startBot(slack, fakeQuestions(), { log });
  for (let round = 0; round < 3; round += 1)
    for (const type of [...KINDS, 'nope']) for (const payload of WRONG) slack.frame(envelope(type, payload));
  await lives(slack, bot);
  const warned = lines.filter(({ level, message }) => level === 'warn' && message.includes('no sense'));
  const named = warned.map(({ fields: { kind, fault } }) => `${kind} ${fault}`);
  expect(named).toHaveLength(new Set(named).size);
  expect(named).toEqual(
    expect.arrayContaining([
      'slash_commands payload',
      'slash_commands command',
      'slash_commands text',
      'interactive payload',
      'interactive user',
      'events_api event',
      'events_api event.user',
      'unknown type',
    ]),
  );
  expect(JSON.stringify(warned)).not.toContain('slidewatch');
});

test('a disconnect without a reason is followed by a new socket', async () => {
  const slack = await double();
  const bot = await startBot(slack);
  slack.frame('{"type":"disconnect"}');
  await slack.until(() => slack.requests.filter(({ method }) => method === 'apps.connections.open').length === 2);
  await slack.until(() => slack.sockets() === 1);
  await lives(slack, bot);
});

/** A copy in which one field, at any depth, is missing, null, another type, or swapped with its neighbour. */
const spoiled = (value: unknown, random: () => number): unknown => {
  if (typeof value !== 'object' || value === null) return [null, 5, '', [], {}, true][Math.floor(random() * 6)];
  const keys = Object.keys(value);
  const key = keys[Math.floor(random() * keys.length)];
  if (key === undefined) return null;
  const copy: Record<string, unknown> = { ...value };
  const way = random();
  if (way < 0.2) delete copy[key];
  else if (way < 0.3) copy[key] = Reflect.get(value, keys[0] ?? key);
  else copy[key] = spoiled(copy[key], random);
  return Array.isArray(value) ? Object.values(copy) : copy;
};

test('through 3,000 spoiled frames of every kind the bot answers, and posts what falls due in the middle', async () => {
  const slack = await double();
  const bot = await startBot(slack);
  const random = seeded(15);
  for (let n = 0; n < 3_000; n += 1) {
    const kind = KINDS[n % KINDS.length] ?? 'events_api';
    const payloads = PAYLOADS[kind];
    slack.frame(envelope(kind, spoiled(payloads[Math.floor(random() * payloads.length)], random)));
    if (n % 1_000 === 500) await lives(slack, bot);
  }
  await lives(slack, bot);
  expect(slack.sockets()).toBe(1);
});
