import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { faultOfFrame } from '../../../src/chat/discord/frames.ts';
import type { Platform } from '../../../src/chat/platform.ts';
import type { Asked } from '../../doubles/discord/asked.ts';
import { type DiscordDouble, startDiscordDouble } from '../../doubles/discord/double.ts';
import { eventually } from '../../eventually.ts';
import { createRecordingLog } from '../slack/support.ts';
import { asCard, commandShape, createDiscordWithQuestions, fakeQuestions, isAnswered } from './fake-questions.ts';
import { CHANNEL, posting } from './samples.ts';

const event = (t: string, d: unknown, op: unknown = 0) => ({ op, t, s: 100, d });
const ID = '112233445566778899';

describe('a frame that makes no sense', () => {
  it.each([
    ['no JSON', null, 'not a frame'],
    ['a number', 5, 'not a frame'],
    ['nothing', {}, 'not a frame'],
    ['a code that nobody knows', { op: 99, d: null }, 'unknown opcode'],
    ['a heart that beats backwards', { op: 10, d: { heartbeat_interval: -1 } }, 'malformed opcode 10'],
    ['a greeting without a heart', { op: 10, d: null }, 'malformed opcode 10'],
    ['a lost session that says nothing', { op: 9, d: null }, 'malformed opcode 9'],
    ['an event without a name', { op: 0, t: null, d: {} }, 'malformed opcode 0'],
    ['a start without a session', event('READY', {}), 'malformed READY'],
    [
      'a command without data',
      event('INTERACTION_CREATE', { id: ID, token: 't', application_id: '1', type: 2, data: null }),
      'malformed INTERACTION_CREATE',
    ],
    ['a server without an id', event('GUILD_CREATE', { id: 5 }), 'malformed GUILD_CREATE'],
    ['a role of no server', event('GUILD_ROLE_UPDATE', { role: {} }), 'malformed GUILD_ROLE_UPDATE'],
    ['a member of no server', event('GUILD_MEMBER_UPDATE', { user: {} }), 'malformed GUILD_MEMBER_UPDATE'],
    ['a name that may be anything', event('<script>', null), 'malformed event'],
  ])('is named without its content: %s', (_what, frame, fault) => {
    expect(faultOfFrame(frame)).toBe(fault);
  });

  it.each([null, [], 5, 'text', undefined])('is an event whose data is %j, of every kind', (data) => {
    for (const name of 'READY INTERACTION_CREATE GUILD_CREATE GUILD_DELETE CHANNEL_UPDATE THREAD_DELETE GUILD_MEMBER_UPDATE MESSAGE_CREATE'.split(
      ' ',
    ))
      expect(faultOfFrame(event(name, data))).toBe(`malformed ${name}`);
  });

  it.each([
    ['an acknowledged heartbeat', { op: 11, d: null }],
    ['a request to reconnect', { op: 7, d: null }],
    ['a session resumed', event('RESUMED', null)],
    ['an event that is not ours', event('PRESENCE_UPDATE', {})],
    ['a server in an outage', event('GUILD_DELETE', { id: ID, unavailable: true })],
  ])('is not %s', (_what, frame) => {
    expect(faultOfFrame(frame)).toBeUndefined();
  });
});

describe('frames that make no sense, down the socket', () => {
  let double: DiscordDouble;
  let discord: Platform;
  let book: ReturnType<typeof createRecordingLog>;
  /** Rejections that nobody handled would end the process. */
  const unhandled: unknown[] = [];
  const note = (reason: unknown) => void unhandled.push(reason);

  beforeEach(async () => {
    unhandled.length = 0;
    process.on('unhandledRejection', note);
    book = createRecordingLog();
    double = await startDiscordDouble();
    double.addChannel(CHANNEL);
    discord = createDiscordWithQuestions(
      double,
      fakeQuestions(async () => asCard()),
      {
        commands: [commandShape('quote', {})],
        log: book.log,
        retryMs: 20,
      },
    );
    await discord.start();
    await eventually(() => expect(double.commands.length).toBeGreaterThan(0));
  });

  afterEach(async () => {
    process.off('unhandledRejection', note);
    await discord.stop();
    await double.close();
  });

  const resumed = () => double.gateway.received.filter((each) => each === 'resume' || each === 'identify').length;
  /** Asks until an answer comes: what is asked on a socket that is being cut is lost. */
  const answersAgain = () => {
    const all: Asked[] = [];
    return eventually(() => {
      all.push(double.interact({ command: 'quote' }));
      expect(all.some(isAnswered)).toBe(true);
    });
  };
  const worksAgain = async (connections: number) => {
    await eventually(() => expect(resumed()).toBe(connections));
    await answersAgain();
  };
  const warnings = () => book.lines.filter(({ message }) => message.startsWith('discord sent a frame'));

  it('cost the socket, never the process, and are said once a kind', async () => {
    const bad = ['not json', '5', JSON.stringify(event('GUILD_CREATE', null))];
    for (const [place, frame] of bad.entries()) {
      double.gateway.sendRaw(frame);
      await worksAgain(2 + place);
    }
    expect(unhandled).toEqual([]);
    expect(warnings().map(({ level, fields }) => [level, fields.fault])).toEqual([
      ['warn', 'not a frame'],
      ['debug', 'not a frame'],
      ['warn', 'malformed GUILD_CREATE'],
    ]);
    expect(await discord.post(posting())).toMatchObject({ kind: 'sent' });
  });

  it('that discord.js throws at end no process either', async () => {
    double.gateway.dispatch('GUILD_CREATE', { id: ID, unavailable: false, channels: 5 });
    await worksAgain(2);
    expect(unhandled).toEqual([]);
    expect(warnings()).toMatchObject([
      { level: 'warn', fields: { fault: expect.stringContaining('cannot be handled') } },
    ]);
  });

  it.each([
    ['a click on no message', { type: 3, data: { custom_id: 'ask?name=mute', component_type: 2 }, message: null }],
    ['a form without fields', { type: 5, data: {} }],
    ['a command without a name', { type: 2, data: {} }],
    ['a kind that nobody knows', { type: 99, data: {} }],
  ])('that look like a question do no harm: %s', async (_what, interaction) => {
    const user = { id: '200000000000000001', username: 'x', discriminator: '0', avatar: null };
    const rest = { id: ID, token: 't', version: 1, application_id: double.applicationId, channel_id: CHANNEL, user };
    double.gateway.dispatch('INTERACTION_CREATE', { ...rest, ...interaction });
    await answersAgain();
    expect(unhandled).toEqual([]);
    expect(await discord.post(posting())).toMatchObject({ kind: 'sent' });
  });
});
