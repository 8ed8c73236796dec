import { describe, expect, it, onTestFinished } from 'vitest';
import type { Questions } from '../../../commands/questions.ts';
import { openEnvChannels } from '../../../src/channels/env-channels.ts';
import { createDiscord } from '../../../src/chat/discord/discord.ts';
import { createComposer } from '../../../src/delivery/compose.ts';
import { createCourier } from '../../../src/delivery/courier.ts';
import { createPlaceLooks } from '../../../src/delivery/place-looks.ts';
import { enqueueForChannel } from '../../../src/store/outbox.ts';
import { writeLacks } from '../../../src/store/pauses.ts';
import { lacksToStore } from '../../../src/stories/lacks.ts';
import { silent } from '../../../src/telemetry/log.ts';
import { catalogue } from '../../cards/stories.ts';
import { NOW, openTestChannels } from '../../channels/open-channels.ts';
import { startDiscordDouble } from '../../doubles/discord/double.ts';
import { refusal } from '../../doubles/discord/faults.ts';
import { eventually } from '../../eventually.ts';
import { storedChannels, storedDeliveries } from '../../store/inspect.ts';
import { commandShape, fakeQuestions } from './fake-questions.ts';

const GENERAL = '112233445566778810';
const ALERTS = '112233445566778812';
const THREAD = '112233445566778811';
const PERSON = '200000000000000001';
const MINUTE = 60_000;

/** A bot with a database, in a server with #general (set up by a person, in Korean, with levels of its own) and #alerts (of .env). */
const scene = async (questions: Questions = fakeQuestions(), hold?: () => Promise<void> | undefined) => {
  const setup = await openTestChannels();
  const clock = { now: NOW };
  const double = await startDiscordDouble({ now: () => clock.now });
  onTestFinished(() => double.close());
  const guild = double.joinGuild({ channels: { [GENERAL]: {}, [ALERTS]: {} }, systemChannel: GENERAL });
  const { channels, events, registry } = setup;
  await openEnvChannels(registry, [{ platform: 'discord', address: ALERTS, started: true }], 'en', NOW);
  const place = { platform: 'discord', address: GENERAL };
  const settings = { rules: { NVDA: { day: [300] } } };
  await channels.open(place, { language: 'ko', origin: 'setup', workspace: guild, madeBy: PERSON, settings }, NOW);
  const discord = createDiscord({
    ...{ token: double.token, apiUrl: double.apiUrl, log: silent, retryMs: 20, now: () => clock.now },
    ...{ events, questions, catalogue, commands: [commandShape('quote')] },
  });
  onTestFinished(() => discord.stop());
  await discord.start();
  await discord.check?.(ALERTS);
  await eventually(async () => expect((await channels.of('discord', guild)).length).toBe(2));
  await eventually(() => expect(double.commands.length).toBe(1));
  const { compose } = createComposer(catalogue, silent);
  const looks = createPlaceLooks({
    ...{ store: setup.store, platforms: [discord], takesPosts: () => true, log: silent },
    onOpen: (where) => events.changed(where),
  });
  setup.hints.pass = looks.hurry;
  const held = {
    ...discord,
    post: async (posting: Parameters<typeof discord.post>[0]) => {
      const outcome = await discord.post(posting);
      await hold?.();
      return outcome;
    },
  };
  const courier = createCourier({
    ...{ store: setup.store, platforms: [held], instance: 'abc123', compose, catalogue },
    ...{ clock: () => clock.now, log: silent, random: () => 0 },
    ...{ presence: setup.presence, onGone: registry.forgetRetired },
  });
  const run = () => courier.run(clock.now);
  const owe = async (address: string) => {
    const channel = await channels.at({ platform: 'discord', address });
    const story = { kind: 'test', symbol: '*', at: clock.now } as const;
    await enqueueForChannel(setup.store.db, channel?.id ?? 0, story, { now: clock.now, dueAt: clock.now });
  };
  const titles = (address: string) =>
    double.messages(address).map(({ payload }) => /### ([^"]*)"/.exec(JSON.stringify(payload))?.[1] ?? '');
  const pauses = async () =>
    Object.fromEntries((await storedChannels(setup.store.db)).map(({ address, paused }) => [address, paused]));
  return { ...setup, double, discord, guild, clock, looks, run, owe, titles, pauses };
};

describe('a server that removes the bot and invites it again', () => {
  it('has its channels as they were, with one line in each, and the cards that fell due meanwhile', async () => {
    const { double, guild, clock, run, owe, titles, pauses, channels } = await scene();
    const before = await channels.of('discord', guild);
    double.leaveGuild(guild);
    await eventually(async () => {
      const { [GENERAL]: general, [ALERTS]: alerts } = await pauses();
      for (const paused of [general, alerts]) expect(paused).toContain('discord-removed');
    });
    await owe(GENERAL);
    await owe(ALERTS);
    clock.now += MINUTE;
    const asked = double.requests.length;
    await run();
    expect(double.requests).toHaveLength(asked);
    double.rejoinGuild(guild);
    await eventually(async () => {
      await run();
      expect(titles(GENERAL)).toHaveLength(2);
      expect(titles(ALERTS)).toHaveLength(2);
    });
    expect(titles(GENERAL).toSorted()).toEqual([
      expect.stringContaining('Slidewatch가 이 채널로 돌아왔습니다'),
      expect.stringContaining('테스트'),
    ]);
    expect(titles(ALERTS).some((title) => title.includes('is back in this channel'))).toBe(true);
    expect(await channels.of('discord', guild)).toEqual(before);
    expect(JSON.stringify(double.messages(GENERAL))).not.toContain('/setup');
    expect(double.invalid).toEqual([]);
  });

  it('and has an outage loses nothing, and nothing is said', async () => {
    const { double, guild, run, owe, titles, pauses } = await scene();
    double.lose(guild);
    double.recover(guild);
    await owe(GENERAL);
    await run();
    expect(titles(GENERAL)).toEqual([expect.stringContaining('테스트')]);
    expect(Object.values(await pauses())).toEqual([null, null, null]);
  });
});

describe('a thread that is archived and locked', () => {
  const withThread = async () => {
    const all = await scene();
    const { double, guild, channels, run, owe, clock } = all;
    double.addThread(THREAD, GENERAL);
    const place = { platform: 'discord', address: THREAD };
    await channels.open(place, { language: 'en', origin: 'setup', workspace: guild, madeBy: PERSON }, NOW);
    await owe(THREAD);
    await run();
    double.changeThread(THREAD, { archived: true, locked: true });
    await owe(THREAD);
    clock.now += 1_000;
    await run();
    expect(double.messages(THREAD)).toHaveLength(1);
    expect((await channels.at(place))?.paused).toMatchObject({ key: 'discord-archived' });
    return { ...all, place };
  };

  it('is paused, its person told once, and goes on with the owed card as soon as it is unlocked', async () => {
    const { double, channels, run, clock, place, titles } = await withThread();
    expect(double.directMessages(PERSON)).toHaveLength(1);
    expect(JSON.stringify(double.directMessages(PERSON))).toContain('thread is archived');
    double.changeThread(THREAD, { archived: false, locked: false });
    clock.now += 1_000;
    await eventually(async () => {
      await run();
      expect(double.messages(THREAD)).toHaveLength(2);
    });
    expect((await channels.at(place))?.paused).toBeUndefined();
    expect(double.directMessages(PERSON)).toHaveLength(1);
    // Both are the cards that were owed: no line says that it is back.
    clock.now += MINUTE;
    await run();
    expect(titles(THREAD)).toEqual([expect.stringMatching(/test/i), expect.stringMatching(/test/i)]);
  });

  it('is tried again from time to time, should the event be missed', async () => {
    const { double, run, clock } = await withThread();
    double.gateway.mood = 'refusing';
    double.dropSockets();
    double.changeThread(THREAD, { archived: false, locked: false });
    clock.now += 12 * MINUTE;
    await run();
    expect(double.messages(THREAD)).toHaveLength(2);
  });
});

describe('a question whose channel takes cards again', () => {
  it('ends the pause, for the permissions come with it', async () => {
    const { double, guild, run, owe, clock, titles, pauses } = await scene();
    double.addChannel(GENERAL, { sendMessages: false });
    await owe(GENERAL);
    // The change is an event, too: a refusal from before it counts for nothing.
    await eventually(async () => {
      clock.now += 10_000;
      await run();
      expect(String((await pauses())[GENERAL])).toContain('discord-write');
    });
    // No event comes of it: a role that the bot does not have was changed.
    double.allowQuietly(GENERAL);
    double.interact({ command: 'quote', channel: GENERAL });
    clock.now += 1_000;
    await eventually(async () => {
      await run();
      expect(titles(GENERAL)).toHaveLength(1);
    });
    expect((await pauses())[GENERAL]).toBeNull();
    expect(guild).toBeDefined();
  });
});

describe('a channel that Discord did not know', () => {
  const place = { platform: 'discord', address: GENERAL };
  const UNKNOWN = refusal(404, 10_003, 'Unknown Channel');
  const unknown = (double: Awaited<ReturnType<typeof scene>>['double']) => double.fail({ fault: UNKNOWN });

  it('is found by the next look, as it was, and by a question asked in it', async () => {
    for (const sign of ['look', 'question'] as const) {
      const { double, channels, run, owe, looks, clock, titles } = await scene();
      const before = await channels.at(place);
      unknown(double);
      await owe(GENERAL);
      await run();
      expect(await channels.at(place)).toBeUndefined();
      if (sign === 'question') double.interact({ command: 'quote', channel: GENERAL });
      else await looks.run(clock.now);
      await eventually(async () => expect(await channels.at(place)).toEqual(before));
      clock.now += MINUTE;
      await run();
      expect(titles(GENERAL)).toEqual([expect.stringContaining('돌아왔습니다')]);
    }
  });

  it('stays in use if the bot is invited again while that is recorded', async () => {
    const gates: PromiseWithResolvers<void>[] = [];
    const reached = Promise.withResolvers<void>();
    const { double, guild, channels, run, owe, clock, titles, store } = await scene(undefined, () => {
      reached.resolve();
      return gates.shift()?.promise;
    });
    const before = await channels.at(place);
    unknown(double);
    const gate = Promise.withResolvers<void>();
    gates.push(gate);
    await owe(GENERAL);
    const running = run();
    await reached.promise;
    double.leaveGuild(guild);
    await eventually(async () => expect((await channels.at(place))?.paused).toBeDefined());
    double.rejoinGuild(guild);
    await eventually(async () => expect((await storedDeliveries(store.db)).length).toBeGreaterThan(1));
    gate.resolve();
    await running;
    expect(await channels.at(place)).toMatchObject({ settings: before?.settings });
    clock.now += MINUTE;
    await eventually(async () => {
      await run();
      expect(titles(GENERAL)).toHaveLength(2);
    });
  });
});

it('what a channel lacked is tried again when its permissions change', async () => {
  const { double, store, channels, guild } = await scene();
  const lack = lacksToStore({ picture: { at: NOW, text: 'No files.', key: 'discord-attach' } });
  for (const { id } of await channels.of('discord', guild)) await writeLacks(store.db, id, lack);
  double.addChannel(GENERAL, { attachFiles: false });
  await eventually(async () => {
    const lacks = (await channels.of('discord', guild)).map((channel) => [channel.address, channel.lacks]);
    expect(Object.fromEntries(lacks)).toEqual({ [GENERAL]: undefined, [ALERTS]: { picture: expect.anything() } });
  });
});
