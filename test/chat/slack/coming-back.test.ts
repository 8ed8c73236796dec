import { describe, expect, onTestFinished, test } from 'vitest';
import type { Platform } from '../../../src/chat/platform.ts';
import { createComposer } from '../../../src/delivery/compose.ts';
import { createCourier } from '../../../src/delivery/courier.ts';
import { createPlaceLooks } from '../../../src/delivery/place-looks.ts';
import { enqueueForChannel } from '../../../src/store/outbox.ts';
import { silent } from '../../../src/telemetry/log.ts';
import { catalogue as ours } from '../../cards/stories.ts';
import { NOW, openTestChannels } from '../../channels/open-channels.ts';
import { storedChannels, storedDeliveries } from '../../store/inspect.ts';
import { fakeQuestions, startBot } from './fake-questions.ts';
import { calls, double } from './support.ts';

const PRIVATE = 'G0000000009';
const PLACE = { platform: 'slack', address: PRIVATE };
const MINUTE = 60_000;

/** A bot with a database that a person has invited into a private channel, and what runs its couriers and its looks. */
const scene = async (wrap: (slack: Platform) => Platform = (slack) => slack) => {
  const room = await openTestChannels();
  const clock = { now: NOW };
  const slack = await double({ now: () => clock.now });
  slack.addChannel(PRIVATE, { isPrivate: true, member: false });
  const bot = await startBot(slack, fakeQuestions(), { events: room.events, now: () => clock.now });
  await slack.inviteBot({ channelId: PRIVATE });
  await expect.poll(() => room.channels.at(PLACE)).toBeDefined();
  const { id = 0 } = (await room.channels.at(PLACE)) ?? {};
  const before = await room.channels.change(id, () => ({ timeZone: 'Asia/Seoul' }));
  const looks = createPlaceLooks({
    ...{ store: room.store, platforms: [bot], takesPosts: () => true, log: silent },
    onOpen: (where) => room.events.changed(where),
  });
  room.hints.pass = looks.hurry;
  const courier = createCourier({
    ...{ store: room.store, platforms: [wrap(bot)], instance: 'abc123', catalogue: ours, log: silent },
    ...{ compose: createComposer(ours, silent).compose, clock: () => clock.now, random: () => 0 },
    ...{ onGone: room.registry.forgetRetired, presence: room.presence },
  });
  onTestFinished(() => courier.stop());
  const run = () => courier.run(clock.now);
  await run();
  const owe = async () => {
    const story = { kind: 'test', symbol: '*', at: clock.now } as const;
    await enqueueForChannel(room.store.db, id, story, { now: clock.now, dueAt: clock.now });
  };
  return {
    ...room,
    ...{ slack, clock, before, run, owe },
    at: () => room.channels.at(PLACE),
    status: async () => (await storedChannels(room.store.db))[0]?.status,
    /** Lets time go by, with the looks that are due in it. */
    wait: async (minutes: number) => {
      for (const end = clock.now + minutes * MINUTE; clock.now < end; clock.now += MINUTE / 2)
        await looks.run(clock.now);
    },
    texts: () => slack.messages(PRIVATE).map(({ text }) => text),
  };
};

describe('a channel whose event was missed', () => {
  test('is found unarchived by the next look, as it was, with one line that says so', async () => {
    const { slack, at, before, wait, run, texts } = await scene();
    await slack.archiveChannel({ channelId: PRIVATE });
    await expect.poll(at).toBeUndefined();
    await wait(60);
    expect(await at()).toBeUndefined();
    slack.unarchive(PRIVATE);
    await wait(120);
    expect(await at()).toEqual(before);
    await run();
    expect(texts()).toHaveLength(2);
    expect(texts().at(-1)).toContain('is back in this channel');
  });

  test('is found after the bot was removed and invited again', async () => {
    const { slack, at, before, wait } = await scene();
    await slack.throwOut({ channelId: PRIVATE });
    await expect.poll(at).toBeUndefined();
    slack.invite(PRIVATE);
    await wait(40);
    expect(await at()).toEqual(before);
  });

  test('is found after a card was told that it is archived or not found', async () => {
    const { slack, at, before, wait, owe, run, status } = await scene();
    for (const [end, begin] of [
      [slack.archive, slack.unarchive],
      [slack.kick, slack.invite],
    ] as const) {
      end(PRIVATE);
      await owe();
      await run();
      expect([await at(), await status()]).toEqual([undefined, 'away']);
      begin(PRIVATE);
      await wait(60);
      expect(await at()).toEqual(before);
    }
  });

  test('is looked at as soon as somebody uses the bot there', async () => {
    const { slack, at, before, wait } = await scene();
    await slack.archiveChannel({ channelId: PRIVATE });
    await expect.poll(at).toBeUndefined();
    await wait(12 * 60);
    const asked = calls(slack, 'conversations.info');
    slack.unarchive(PRIVATE);
    await slack.slashCommand({ command: '/slidewatch', text: 'quote nvda', channelId: PRIVATE });
    await wait(1);
    expect(await at()).toEqual(before);
    expect(calls(slack, 'conversations.info')).toBe(asked + 1);
  });

  test('stays away while the bot may not ask about channels', async () => {
    const { slack, at, wait, events } = await scene();
    await slack.archiveChannel({ channelId: PRIVATE });
    await expect.poll(at).toBeUndefined();
    slack.setScopes(['chat:write', 'groups:history']);
    await wait(60);
    expect(await at()).toBeUndefined();
    await events.changed(PLACE);
    expect(await at()).toBeDefined();
  });

  test('costs few requests while it stays away', async () => {
    const { slack, at, wait } = await scene();
    await slack.archiveChannel({ channelId: PRIVATE });
    await expect.poll(at).toBeUndefined();
    await wait(24 * 60);
    expect(calls(slack, 'conversations.info')).toBeLessThan(15);
  });
});

describe('an invitation and an older refusal', () => {
  /** A bot whose outcomes are recorded only once the test says so. */
  const withHeldOutcomes = async () => {
    const gates: PromiseWithResolvers<void>[] = [];
    const held = { on: false };
    const all = await scene((bot) => ({
      ...bot,
      post: async (posting) => {
        const outcome = await bot.post(posting);
        if (!held.on) return outcome;
        const gate = Promise.withResolvers<void>();
        gates.push(gate);
        await gate.promise;
        return outcome;
      },
    }));
    return { ...all, held, gates };
  };

  test('heard before the refusal is recorded: the channel stays in use, and the card is posted', async () => {
    const { slack, held, gates, owe, run, at, before, clock, texts, store } = await withHeldOutcomes();
    slack.kick(PRIVATE);
    held.on = true;
    await owe();
    const running = run();
    await expect.poll(() => gates).toHaveLength(1);
    await slack.inviteBot({ channelId: PRIVATE });
    await expect.poll(() => calls(slack, 'users.info')).toBeGreaterThan(0);
    held.on = false;
    gates[0]?.resolve();
    await running;
    expect(await at()).toEqual(before);
    // Nobody is told that the channel is gone.
    expect(calls(slack, 'conversations.open')).toBe(0);
    clock.now += MINUTE;
    await run();
    expect(texts()).toHaveLength(2);
    expect((await storedDeliveries(store.db)).map(({ state }) => state)).toEqual(['sent', 'sent']);
  });

  test('heard after it is recorded: the channel is back, with one line', async () => {
    const { slack, owe, run, at, before, clock, texts } = await withHeldOutcomes();
    slack.kick(PRIVATE);
    await owe();
    await run();
    expect(await at()).toBeUndefined();
    await slack.inviteBot({ channelId: PRIVATE });
    await expect.poll(at).toMatchObject({ settings: before?.settings });
    clock.now += MINUTE;
    await run();
    expect(texts().at(-1)).toContain('is back in this channel');
  });

  test('heard before the request was sent: the refusal is the newer of the two', async () => {
    const { slack, owe, run, at } = await withHeldOutcomes();
    await slack.inviteBot({ channelId: PRIVATE });
    await expect.poll(() => calls(slack, 'users.info')).toBeGreaterThan(0);
    await run();
    slack.kick(PRIVATE);
    await owe();
    await run();
    expect(await at()).toBeUndefined();
  });

  test('a permission that comes while the refusal is recorded ends no card in a pause', async () => {
    const { slack, held, gates, owe, run, at, clock, texts, events } = await withHeldOutcomes();
    slack.fail({ method: 'chat.postMessage', how: { kind: 'error', error: 'restricted_action' } });
    held.on = true;
    await owe();
    const running = run();
    await expect.poll(() => gates).toHaveLength(1);
    await events.changed({ platform: 'slack', workspace: 'T0000000001' });
    held.on = false;
    gates[0]?.resolve();
    await running;
    expect((await at())?.paused).toBeUndefined();
    clock.now += 10_000;
    await run();
    expect(texts()).toHaveLength(2);
  });

  test('an id that changes while the old one is refused keeps its channel', async () => {
    const { slack, held, gates, owe, run, clock, channels, before } = await withHeldOutcomes();
    slack.fail({ method: 'chat.postMessage', how: { kind: 'error', error: 'channel_not_found' } });
    held.on = true;
    await owe();
    const running = run();
    await expect.poll(() => gates).toHaveLength(1);
    await slack.shareChannel({ from: PRIVATE, to: 'C0000000009' });
    const moved = { platform: 'slack', address: 'C0000000009' };
    await expect.poll(() => channels.at(moved)).toBeDefined();
    held.on = false;
    gates[0]?.resolve();
    await running;
    expect(await channels.at(moved)).toEqual({ ...before, address: 'C0000000009' });
    clock.now += 10_000;
    await run();
    expect(slack.messages('C0000000009')).toHaveLength(2);
  });
});
