import { EventEmitter } from 'node:events';
import { setImmediate as turn } from 'node:timers/promises';
import { SimpleShardingStrategy } from 'discord.js';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createQuestionHandler } from '../../../commands/ask.ts';
import { commands } from '../../../commands/index.ts';
import type { Questions } from '../../../commands/questions.ts';
import { faultOfFrame } from '../../../src/chat/discord/frames.ts';
import type { Platform } from '../../../src/chat/platform.ts';
import { silent } from '../../../src/telemetry/log.ts';
import { evening, marketContext } from '../../commands/market-context.ts';
import { createDeliveryFixture, MINUTE } from '../../delivery/delivery-fixture.ts';
import type { Asked } from '../../doubles/discord/asked.ts';
import { type DiscordDouble, startDiscordDouble } from '../../doubles/discord/double.ts';
import { seeded } from '../../doubles/random.ts';
import { eventually } from '../../eventually.ts';
import { usedHeap } from '../heap.ts';
import { spoil } from '../spoil.ts';
import { createDiscordWithQuestions, isAnswered } from './fake-questions.ts';
import { CHANNEL } from './samples.ts';

/** Spoiled frames of every kind, and how many of them go down a real socket. */
const FRAMES = 10_000;
const DOWN_THE_SOCKET = 100;
const DAY = '2024-07-30';
const THREAD = '112233445566778811';
const OTHER = '112233445566778812';
/** What may be kept of a frame on average: discord.js keeps ids that it has not known for an hour or longer. */
const MAX_BYTES_KEPT = 1_500;

interface Frame {
  readonly kind: string;
  readonly frame: object;
}

const FIRST = 400_000_000_000_000_000n;
let people = 0n;
let double: DiscordDouble;
let discord: Platform;
let frames: readonly Frame[];
let shard: { onMessage(data: string, isBinary: boolean): Promise<void>; connection: unknown };
const unhandled: unknown[] = [];
const note = (reason: unknown) => void unhandled.push(reason);

/** What happens in the double's servers, and everything that people can do, as the frames that tell of it. */
const recordFrames = (): Frame[] => {
  const recorded: Frame[] = [];
  const { dispatch } = double.gateway;
  let part = '';
  double.gateway.dispatch = (t, d) => void recorded.push({ kind: `${t}${part}`, frame: { op: 0, s: 100, t, d } });
  const guild = double.joinGuild({ channels: { [OTHER]: {} }, systemChannel: OTHER });
  double.lose(guild);
  double.changeRole({ attachFiles: false }, guild);
  double.changeRole({ attachFiles: true }, guild);
  double.changeMember(['300000000000000009'], guild);
  double.addThread(THREAD, OTHER);
  double.changeThread(THREAD, { archived: true, locked: true });
  double.addChannel(OTHER, { sendMessages: false });
  double.removeChannel(THREAD);
  double.removeChannel(OTHER);
  double.leaveGuild(guild);
  const use = { command: 'quote', options: { symbol: 'NVDA' } };
  part = ' of a command';
  double.interact(use);
  part = ' of a command with a subcommand';
  double.interact({ command: 'facts list', options: { company: 'META' } });
  part = ' of typing';
  double.autocomplete({ command: 'quote', option: 'symbol', typed: 'nv' });
  part = ' of a click';
  double.click({ customId: 'ask?symbol=NVDA&name=quote' });
  double.gateway.dispatch = dispatch;
  const like = (from: string, t: string, change: (d: object) => object = (d) => d): Frame => {
    const found = recorded.find(({ kind }) => kind === from);
    if (!found) throw new Error(`No ${from} was recorded`);
    return { kind: t, frame: { ...found.frame, t, d: change(Object(found.frame).d) } };
  };
  const form = like('INTERACTION_CREATE of a click', 'INTERACTION_CREATE', (d) => ({
    ...{ ...d, type: 5 },
    data: { custom_id: 'a form', components: [{ type: 1, components: [{ type: 4, custom_id: 'field', value: 'x' }] }] },
  }));
  const list = like('INTERACTION_CREATE of a click', 'INTERACTION_CREATE', (d) => ({
    ...d,
    data: { custom_id: 'ask?name=mute', component_type: 3, values: ['NVDA'] },
  }));
  return [
    ...recorded,
    { ...form, kind: 'INTERACTION_CREATE of a form' },
    { ...list, kind: 'INTERACTION_CREATE of a list' },
    like('GUILD_CREATE', 'GUILD_UPDATE'),
    like('THREAD_CREATE', 'THREAD_DELETE'),
    like('GUILD_ROLE_UPDATE', 'GUILD_ROLE_DELETE', (d) => ({ ...d, role_id: Object(d).role.id })),
    {
      kind: 'PRESENCE_UPDATE',
      frame: { op: 0, s: 100, t: 'PRESENCE_UPDATE', d: { user: { id: '1' }, status: 'idle' } },
    },
  ];
};

/** Frames of the connection itself; each that makes sense moves the session. */
const ofTheConnection = (): Frame[] => [
  {
    kind: 'READY',
    frame: {
      ...{ op: 0, s: 1, t: 'READY' },
      d: {
        v: 10,
        user: { id: double.applicationId, username: 'slidewatch', discriminator: '0000', avatar: null, bot: true },
        guilds: [{ id: double.guildId, unavailable: true }],
        session_id: '1',
        resume_gateway_url: double.apiUrl.replace('http', 'ws').replace('/api', '/gateway'),
        application: { id: double.applicationId, flags: 0 },
      },
    },
  },
  { kind: 'RESUMED', frame: { op: 0, s: 2, t: 'RESUMED', d: {} } },
  { kind: 'heartbeat', frame: { op: 1, s: null, t: null, d: null } },
  { kind: 'reconnect', frame: { op: 7, s: null, t: null, d: null } },
  { kind: 'invalid session', frame: { op: 9, s: null, t: null, d: true } },
  { kind: 'hello', frame: { op: 10, s: null, t: null, d: { heartbeat_interval: 41_250 } } },
  { kind: 'heartbeat taken', frame: { op: 11, s: null, t: null, d: null } },
];

beforeAll(async () => {
  process.on('unhandledRejection', note);
  // The way into the library's shard: private, and where the socket's frames go.
  const { spawn } = SimpleShardingStrategy.prototype;
  let strategy: object | undefined;
  SimpleShardingStrategy.prototype.spawn = function (this: SimpleShardingStrategy, ids) {
    strategy = this;
    return spawn.call(this, ids);
  };
  double = await startDiscordDouble();
  double.addChannel(CHANNEL);
  const asking = createQuestionHandler({
    ...{ context: marketContext({ until: DAY }), commands, log: silent },
    now: () => evening(DAY),
  });
  const questions: Questions = { ...asking, picture: async () => undefined };
  const ignore = async () => undefined;
  discord = createDiscordWithQuestions(double, questions, {
    commands,
    events: { invited: ignore, removed: ignore, moved: ignore, changed: ignore, left: ignore, used: ignore },
  });
  await discord.start();
  await eventually(() => expect(double.commands.length).toBeGreaterThan(0));
  SimpleShardingStrategy.prototype.spawn = spawn;
  const [first] = Object(Reflect.get(strategy ?? {}, 'shards')).values();
  shard = first;
  frames = recordFrames();
});

afterAll(async () => {
  process.off('unhandledRejection', note);
  await discord.stop();
  await double.close();
});

/** What the double remembers grows with every request. */
const forget = (): void => {
  (double.requests as unknown[]).length = 0;
  (double.invalid as unknown[]).length = 0;
};

const posted = (): number => double.messages(CHANNEL).length;

/** Asks, each time as somebody else, until an answer comes: what is asked on a socket that is being cut is lost. */
const answers = () => {
  const all: Asked[] = [];
  return eventually(() => {
    people += 1n;
    all.push(double.interact({ command: 'quote', options: { symbol: 'NVDA' }, user: String(FIRST + people) }));
    expect(all.some(isAnswered)).toBe(true);
  });
};

/** Returns a function that lets a slide fall due, and resolves when it has arrived once. `instance`: another one each time. */
const createSlides = async (instance: string) => {
  const fixture = await createDeliveryFixture();
  await fixture.addChannel('discord', CHANNEL);
  return async (): Promise<void> => {
    const before = posted();
    await fixture.enqueueSlide('NVDA');
    // Not at once where thousands of questions are answered before it.
    await eventually(async () => {
      fixture.now += MINUTE;
      await fixture.createCourier([discord], { instance }).run(fixture.now);
      expect((await fixture.rows()).at(-1)).toMatchObject({ state: 'sent' });
    });
    expect(posted()).toBe(before + 1);
  };
};

const kindsOf = (all: readonly Frame[]): readonly Frame[] => [
  ...new Map(all.map((each) => [each.kind, each])).values(),
];

it('every kind of event is handed over spoiled 10,000 times, as a socket does: nothing ends, and a slide in the middle arrives', async () => {
  const slideArrives = await createSlides('abc001');
  const [real, random] = [shard.connection, seeded(15)];
  let refused = 0;
  // Every frame that makes no sense cuts the socket: this one takes it, and the frames after it are read all the same.
  const socket = Object.assign(new EventEmitter().setMaxListeners(0), {
    ...{ send: () => undefined, close: () => undefined, readyState: 1 },
    terminate: () => {
      refused += 1;
    },
  });
  const kinds = kindsOf(frames);
  expect(kinds.map(({ kind }) => kind)).toHaveLength(19);
  let before = 0;
  for (const [place, { frame }] of kinds.entries()) {
    shard.connection = socket;
    for (let n = 0; n < FRAMES; n += 1) {
      await shard.onMessage(JSON.stringify(spoil(frame, random)), false);
      if (n % 50 === 0) await turn();
    }
    shard.connection = real;
    if (place === 0) before = usedHeap();
    if (place % 5 === 2) await slideArrives();
    forget();
  }
  const all = kinds.length * FRAMES;
  expect(refused / all).toBeGreaterThan(0.2);
  expect(refused / all).toBeLessThan(0.6);
  expect(unhandled).toEqual([]);
  await answers();
  await slideArrives();
  forget();
  expect((usedHeap() - before) / all).toBeLessThan(MAX_BYTES_KEPT);
});

it('of the frames of the connection itself, spoiled 10,000 times each, those that make no sense are known', () => {
  const random = seeded(16);
  for (const { kind, frame } of ofTheConnection()) {
    expect(faultOfFrame(frame), kind).toBeUndefined();
    const faults = Array.from({ length: FRAMES }, () => faultOfFrame(spoil(frame, random)));
    expect(new Set(faults).size, kind).toBeGreaterThan(1);
    for (const fault of new Set(faults))
      expect(fault ?? 'not a frame').toMatch(/^(not a frame|unknown opcode|malformed [\w ]+)$/);
  }
});

it('every kind, spoiled, down a real socket costs at most the socket: the next one answers, and a slide in the middle arrives', async () => {
  const slideArrives = await createSlides('abc002');
  const random = seeded(17);
  for (const { frame } of kindsOf(frames))
    for (let n = 0; n < DOWN_THE_SOCKET; n += 1) {
      double.gateway.sendRaw(JSON.stringify(spoil(frame, random)));
      if (n % 10 === 0) await answers();
      if (n === DOWN_THE_SOCKET / 2) await slideArrives();
    }
  // Those of the connection itself begin it anew, for which Discord allows one in five seconds.
  for (const { frame } of ofTheConnection()) {
    double.gateway.sendRaw(JSON.stringify(spoil(frame, random)));
    await answers();
  }
  expect(unhandled).toEqual([]);
  await slideArrives();
});
