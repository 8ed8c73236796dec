import { describe, expect, it, onTestFinished } from 'vitest';
import { commands } from '../../commands/index.ts';
import type { App } from '../../src/app/app.ts';
import { createDeferredHandlers } from '../../src/chat/deferred-handlers.ts';
import { createDiscord } from '../../src/chat/discord/discord.ts';
import { createSlack } from '../../src/chat/slack/slack.ts';
import { loadCatalogue } from '../../src/i18n/catalogue.ts';
import { silent } from '../../src/telemetry/log.ts';
import { type DiscordDouble, startDiscordDouble } from '../doubles/discord/double.ts';
import type { SlackDouble } from '../doubles/slack/double.ts';
import { startSlackDouble } from '../doubles/slack/slack-double.ts';
import { eventually } from '../eventually.ts';
import { storedPings, storedSubscriptions } from '../store/inspect.ts';
import { newDatabase } from '../store/temporary.ts';
import { plain } from './crash.ts';
import { at } from './market.ts';
import { type Stage, stage } from './stage.ts';

const [FRI, MON] = ['2025-05-30', '2025-06-02'] as const;
const catalogue = loadCatalogue();

/** What both platforms let people do and see. */
interface Chat {
  /** Somebody presses a button under the last card in the channel, or under the last message to them alone. */
  press(person: string, label: string, under: 'card' | 'answer' | 'message'): Promise<void>;
  /** What only this person has been shown in the channel, the newest last. */
  answers(person: string): readonly string[];
  /** Direct messages to a person, oldest first. */
  messages(person: string): readonly string[];
  cards(): number;
  /** This person takes no direct messages from now on. */
  close(person: string): void;
  /** The reply to the next direct message is lost, though it is there. */
  loseReply(person: string): void;
  /** A person leaves the channel; absent where the platform does not tell. */
  leave?(person: string): Promise<unknown>;
  /** The id of the n-th person. */
  person(n: number): string;
  link(): string;
}

interface Scene {
  readonly world: Stage;
  readonly chat: Chat;
  app: App;
  /** Ends the bot and begins another on the same database. */
  restart(): Promise<void>;
}

const handlersOf = () => createDeferredHandlers('en', () => 'Starting.');

const DISCORD_CHANNEL = '112233445566778899';

type Button = { readonly label?: string; readonly custom_id?: string };

const buttonsIn = (payload: unknown): Button[] => {
  if (typeof payload !== 'object' || payload === null) return [];
  const own = 'custom_id' in payload ? [payload as Button] : [];
  return [...own, ...Object.values(payload).flatMap(buttonsIn)];
};

const discordChat = (discord: DiscordDouble): Chat => {
  const shown = new Map<string, ReturnType<DiscordDouble['click']>[]>();
  const payloadUnder = (person: string, under: 'card' | 'answer' | 'message') => {
    // A fall that goes on is told in short messages, without buttons.
    if (under === 'card')
      return discord.messages(DISCORD_CHANNEL).findLast(({ payload }) => buttonsIn(payload).length > 0)?.payload;
    if (under === 'message') return discord.directMessages(person).at(-1)?.payload;
    return shown.get(person)?.at(-1)?.shown.at(-1)?.payload;
  };
  return {
    press: async (user, label, under) => {
      const button = buttonsIn(payloadUnder(user, under)).find((it) => it.label === label);
      if (button?.custom_id === undefined) throw new Error(`no button ${label}`);
      const on = under === 'answer' ? shown.get(user)?.at(-1)?.shown.at(-1) : undefined;
      const isPrivate = under === 'message';
      const asked = discord.click({
        ...{ customId: button.custom_id, user, channel: isPrivate ? '112233445566770001' : DISCORD_CHANNEL },
        ...(isPrivate && { private: true }),
        ...(on && { on }),
      });
      if (!on) shown.set(user, [...(shown.get(user) ?? []), asked]);
      const before = plain(on?.payload ?? '');
      await eventually(() =>
        expect(on ? plain(on.payload) !== before : asked.shown.some(({ thinking }) => !thinking)).toBe(true),
      );
    },
    answers: (person) => (shown.get(person) ?? []).flatMap((asked) => asked.shown.map(({ payload }) => plain(payload))),
    messages: (person) => discord.directMessages(person).map(({ payload }) => plain(payload)),
    cards: () => discord.messages(DISCORD_CHANNEL).length,
    close: discord.closeMessages,
    loseReply: () =>
      discord.fail({
        fault: { kind: 'lose-answer' },
        matching: ({ method, path }) => method === 'POST' && /messages$/.test(path) && !path.includes(DISCORD_CHANNEL),
      }),
    person: (n) => `2000000000000${String(n).padStart(5, '0')}`,
    link: () =>
      `https://discord.com/channels/${discord.guildId}/${DISCORD_CHANNEL}/${discord.messages(DISCORD_CHANNEL).at(-1)?.id}`,
  };
};

const SLACK_CHANNEL = 'C0000000001';

const slackChat = (slack: SlackDouble): Chat => {
  const closed = new Set<string>();
  slack.fail(({ method, params }) =>
    method === 'chat.postMessage' && closed.has(String(params.channel))
      ? { kind: 'error', error: 'user_disabled' }
      : undefined,
  );
  const direct = (person: string) => {
    try {
      return slack.messages(person);
    } catch {
      return [];
    }
  };
  const own = (person: string) => slack.ephemerals.filter(({ userId }) => userId === person);
  return {
    press: async (userId, label, under) => {
      const messageId =
        under === 'card'
          ? slack.messages(SLACK_CHANNEL).findLast(({ blocks }) => plain(blocks).includes(label))?.ts
          : (under === 'message' ? direct(userId) : own(userId)).at(-1)?.ts;
      const before = plain(own(userId));
      await slack.press({ messageId: messageId ?? '', label, userId });
      await eventually(() => expect(plain(own(userId))).not.toBe(before));
    },
    answers: (person) => own(person).map(({ blocks }) => plain(blocks)),
    messages: (person) => direct(person).map(({ blocks }) => plain(blocks)),
    cards: () => slack.messages(SLACK_CHANNEL).length,
    close: (person) => void closed.add(person),
    loseReply: (person) => {
      let lost = false;
      slack.fail(({ method, params }) => {
        if (lost || method !== 'chat.postMessage' || params.channel !== person) return undefined;
        lost = true;
        return { kind: 'disconnect', applied: true };
      });
    },
    leave: (user) => slack.happen({ type: 'member_left_channel', user, channel: SLACK_CHANNEL }),
    person: (n) => `U1${String(n).padStart(9, '0')}`,
    link: () =>
      `https://slidewatch-test.slack.com/archives/${SLACK_CHANNEL}/p${slack.messages(SLACK_CHANNEL).at(-1)?.ts.replace('.', '')}`,
  };
};

const play = async (name: 'discord' | 'slack'): Promise<Scene> => {
  const world = await stage(at(MON, '09:25'));
  world.market.past(FRI, 300);
  const common = { commands, catalogue, log: silent, now: world.clock };
  const connect = async () => {
    if (name === 'discord') {
      // discord.js waits in real time for a limit of the double's.
      const limits = { route: { requests: 1_000, seconds: 5 }, globalPerSecond: 1_000 };
      const discord = await startDiscordDouble({ now: world.clock, limits });
      onTestFinished(() => discord.close());
      discord.addChannel(DISCORD_CHANNEL);
      const { token, apiUrl } = discord;
      const platform = ({ questions, events, pendingReplies }: ReturnType<typeof handlersOf>) =>
        createDiscord({ ...common, token, apiUrl, questions, events, pendingReplies });
      return { channel: DISCORD_CHANNEL, chat: discordChat(discord), platform, faults: () => discord.invalid };
    }
    const slack = await startSlackDouble({ postGapMs: 0, now: world.clock });
    onTestFinished(() => slack.close());
    const { botToken, appToken, apiUrl } = slack;
    const platform = ({ questions, events, pendingReplies }: ReturnType<typeof handlersOf>) =>
      createSlack({ ...common, botToken, appToken, apiUrl, questions, events, pendingReplies, sleep: async () => {} });
    return { channel: SLACK_CHANNEL, chat: slackChat(slack), platform, faults: () => slack.invalid };
  };
  const { channel, chat, platform, faults } = await connect();
  const databaseUrl = await newDatabase();
  const start = () => {
    const handlers = handlersOf();
    return world.start(platform(handlers), channel, { handlers, databaseUrl });
  };
  const scene: Scene = {
    world,
    chat,
    app: await start(),
    restart: async () => {
      await scene.app.stop();
      scene.app = await start();
    },
  };
  // Nvidia's falls alone, not what they take from the seven.
  for (const { id } of await scene.app.channels.of(name))
    await scene.app.channels.change(id, () => ({ without: ['MAG7'] }));
  await world.run(scene.app, at(MON, '10:00'));
  onTestFinished(() => expect(faults()).toEqual([]));
  return scene;
};

/** Nvidia falls to this part of its first price, and its card is posted. */
const fall = async ({ world, chat, app }: Scene, factor: number): Promise<void> => {
  const before = chat.cards();
  world.market.move('NVDA', factor);
  await world.run(app, world.clock() + 6 * 60_000);
  expect(chat.cards()).toBe(before + 1);
};

const START = 'Ping me for NVDA';
const STOP = 'Stop NVDA pings';

describe.each(['discord', 'slack'] as const)('on %s', (name) => {
  it('who presses the button gets one direct message with the next alert, until they stop it there', async () => {
    const scene = await play(name);
    const { chat } = scene;
    const [ann, bob] = [chat.person(1), chat.person(2)];
    await fall(scene, 0.88);
    await chat.press(ann, START, 'card');
    expect(chat.answers(ann).at(-1)).toContain("You'll get a direct message with each NVDA alert");
    expect(chat.answers(bob)).toEqual([]);

    await fall(scene, 0.78);
    expect(chat.messages(ann)).toHaveLength(1);
    expect(chat.messages(ann)[0]).toContain('Nvidia is 22.0% below its peak');
    expect(chat.messages(ann)[0]).toContain(chat.link());
    expect(chat.messages(bob)).toEqual([]);
    expect(await storedPings(scene.app.store.db)).toEqual([]);

    await chat.press(ann, STOP, 'message');
    expect(chat.answers(ann).at(-1)).toContain('No more direct messages about NVDA');
    await fall(scene, 0.68);
    expect(chat.messages(ann)).toHaveLength(1);
    expect(await storedSubscriptions(scene.app.store.db)).toEqual([]);
  });

  it('the button under the answer ends it at once, and the answer is replaced', async () => {
    const scene = await play(name);
    const { chat } = scene;
    const ann = chat.person(1);
    await fall(scene, 0.88);
    await chat.press(ann, START, 'card');
    await chat.press(ann, STOP, 'answer');
    expect(chat.answers(ann).at(-1)).toContain('No more direct messages about NVDA');
    expect(chat.answers(ann).join()).not.toContain("You'll get");
    await fall(scene, 0.78);
    expect(chat.messages(ann)).toEqual([]);
  });

  it('who takes no direct messages costs the channel nothing, loses the subscription, and is told at the next press', async () => {
    const scene = await play(name);
    const { chat } = scene;
    const [ann, bob] = [chat.person(1), chat.person(2)];
    await fall(scene, 0.88);
    await chat.press(ann, START, 'card');
    await chat.press(bob, START, 'card');
    chat.close(ann);
    await fall(scene, 0.78);
    expect([chat.messages(ann).length, chat.messages(bob).length]).toEqual([0, 1]);
    const [kept] = (await storedSubscriptions(scene.app.store.db)).filter(({ person }) => person === ann);
    expect(kept).toMatchObject({ refusal: 'closed', endedAt: expect.any(Number) });
    await fall(scene, 0.68);
    expect(chat.messages(bob)).toHaveLength(2);

    await chat.press(ann, START, 'card');
    expect(chat.answers(ann).at(-1)).toMatch(/refused the last one \(2 Jun 2025 10:\d\d New York\), which ended them/);
  });

  it('forty people who press get one message each, and forty presses of one person bring one', async () => {
    const scene = await play(name);
    const { chat } = scene;
    await fall(scene, 0.88);
    const people = Array.from({ length: 40 }, (_, n) => chat.person(n + 1));
    for (const person of people) await chat.press(person, START, 'card');
    for (let press = 0; press < 39; press += 1) await chat.press(people[0] ?? '', START, 'card');
    await fall(scene, 0.78);
    expect(people.map((person) => chat.messages(person).length)).toEqual(people.map(() => 1));
  });

  it('a reply that is lost brings no second message, also over a restart', async () => {
    const scene = await play(name);
    const { chat, world } = scene;
    const ann = chat.person(1);
    await fall(scene, 0.88);
    await chat.press(ann, START, 'card');
    chat.loseReply(ann);
    await fall(scene, 0.78);
    await scene.restart();
    await world.run(scene.app, world.clock() + 10 * 60_000);
    expect(chat.messages(ann)).toHaveLength(1);
    expect(await storedPings(scene.app.store.db)).toEqual([]);
    await fall(scene, 0.68);
    expect(chat.messages(ann)).toHaveLength(2);
  });
});

it('a message that could not be sent before the end of the process is sent once by the next', async () => {
  const scene = await play('discord');
  const { chat, world } = scene;
  const ann = chat.person(1);
  await fall(scene, 0.88);
  await chat.press(ann, START, 'card');
  world.market.move('NVDA', 0.78);
  const before = chat.cards();
  while (chat.cards() === before) {
    world.set(world.clock() + 60_000);
    world.market.trade(world.clock());
    for (const job of scene.app.jobs)
      if (!job.name.startsWith('direct messages') && job.name !== 'digest') await job.run(world.clock());
  }
  expect(await storedPings(scene.app.store.db)).toHaveLength(1);
  expect(chat.messages(ann)).toEqual([]);
  await scene.restart();
  await world.run(scene.app, world.clock() + 2 * 60_000);
  expect(chat.messages(ann)).toHaveLength(1);
});

it('who leaves the channel on Slack is told no more', async () => {
  const scene = await play('slack');
  const { chat } = scene;
  const [ann, bob] = [chat.person(1), chat.person(2)];
  await fall(scene, 0.88);
  for (const person of [ann, bob]) await chat.press(person, START, 'card');
  await chat.leave?.(ann);
  await eventually(async () => expect(await storedSubscriptions(scene.app.store.db)).toHaveLength(1));
  await fall(scene, 0.78);
  expect([chat.messages(ann).length, chat.messages(bob).length]).toEqual([0, 1]);
});

it('a mute of the channel holds for people, too, and forgetting it leaves nothing of them', async () => {
  const scene = await play('slack');
  const { chat, app, world } = scene;
  const ann = chat.person(1);
  await fall(scene, 0.88);
  await chat.press(ann, START, 'card');
  const [channel] = await app.channels.of('slack');
  await app.channels.mute(channel?.id ?? 0, 'NVDA', world.clock() + 60 * 60_000, ann, world.clock());
  world.market.move('NVDA', 0.78);
  await world.run(app, world.clock() + 6 * 60_000);
  expect([chat.cards(), chat.messages(ann).length]).toEqual([1, 0]);
  await app.channels.forget({ platform: 'slack', address: SLACK_CHANNEL });
  expect(await storedSubscriptions(app.store.db)).toEqual([]);
});
