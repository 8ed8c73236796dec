import { describe, expect, it } from 'vitest';
import { openEnvChannels } from '../../src/channels/env-channels.ts';
import { createComposer } from '../../src/delivery/compose.ts';
import { createCourier } from '../../src/delivery/courier.ts';
import { enqueueStory } from '../../src/store/outbox.ts';
import { writeSubscription } from '../../src/store/subscriptions.ts';
import { silent } from '../../src/telemetry/log.ts';
import { catalogue } from '../cards/stories.ts';
import { recorder } from '../delivery/recorder.ts';
import {
  addBareStory,
  addChannels,
  changeChannels,
  changeDeliveries,
  storedChannels,
  storedMutes,
  storedStories,
  storedSubscriptions,
} from '../store/inspect.ts';
import { newDatabase } from '../store/temporary.ts';
import { deliveriesOf, NOW, openTestChannels, type TestChannels, yahooWith } from './open-channels.ts';

const CHANNEL = { platform: 'slack', workspace: 'T1', address: 'C1' };
const SERVER = { platform: 'discord', workspace: 'G1', address: '11' };

/** Invites the bot into a channel on Slack. */
const invite = ({ events }: TestChannels, more: object = {}) =>
  events.invited({ ...CHANNEL, destination: true, by: 'U1', locale: 'ko-KR', ...more });

/** Adds the bot to a server on Discord. */
const join = ({ events }: TestChannels, more: object = {}) =>
  events.invited({ ...SERVER, destination: false, by: '7', locale: 'ko', ...more });

const greetings = async (setup: TestChannels) => (await deliveriesOf(setup)).filter(({ kind }) => kind === 'greeting');

describe('an invitation into a channel', () => {
  it('opens it in the language of the person who invited, and greets it once', async () => {
    const setup = await openTestChannels();
    await invite(setup);
    await invite(setup);
    expect(await setup.channels.at(CHANNEL)).toMatchObject({
      ...{ workspace: 'T1', language: 'ko', origin: 'invite', madeBy: 'U1', settings: {} },
    });
    expect(await greetings(setup)).toMatchObject([{ address: 'C1', state: 'pending', priority: 1 }]);
  });

  it('uses the default language for a locale without a catalogue', async () => {
    const setup = await openTestChannels();
    await invite(setup, { locale: 'fr-FR' });
    expect(await setup.channels.at(CHANNEL)).toMatchObject({ language: 'en' });
  });

  it("only sets the workspace of one of .env's", async () => {
    const setup = await openTestChannels();
    const named = [{ platform: 'slack', address: 'C1', started: true }];
    await openEnvChannels(setup.registry, named, 'en', NOW);
    await invite(setup);
    expect(await setup.channels.at(CHANNEL)).toMatchObject({ origin: 'env', language: 'en', workspace: 'T1' });
    expect(await greetings(setup)).toEqual([]);
  });

  it('greets again after the bot was removed, with the earlier settings', async () => {
    const setup = await openTestChannels();
    await invite(setup);
    const channel = await setup.channels.at(CHANNEL);
    await setup.channels.change(channel?.id ?? 0, () => ({ timeZone: 'Asia/Seoul' }));
    await setup.events.removed({ ...CHANNEL, reason: 'left' });
    expect(await setup.channels.at(CHANNEL)).toBeUndefined();
    await invite(setup);
    expect(await setup.channels.at(CHANNEL)).toMatchObject({ settings: { timeZone: 'Asia/Seoul' } });
    expect(await greetings(setup)).toMatchObject([{ state: 'gone' }, { state: 'pending' }]);
  });
});

describe('another invitation into a channel', () => {
  it('of a person whose locale has no catalogue keeps the language that it had', async () => {
    const setup = await openTestChannels();
    await invite(setup);
    await setup.events.removed({ ...CHANNEL, reason: 'left' });
    await invite(setup, { locale: 'fr-FR' });
    expect(await setup.channels.at(CHANNEL)).toMatchObject({ language: 'ko' });
  });

  it('retries that channel now if it is paused, and no other of its workspace', async () => {
    const setup = await openTestChannels();
    const later = NOW + 600_000;
    for (const address of ['C1', 'C2']) {
      await invite(setup, { address });
      await changeChannels(setup.store.db, { paused: '{}', pausedAt: NOW, tryAt: later }, { address });
    }
    await invite(setup);
    expect((await storedChannels(setup.store.db)).map(({ address, tryAt }) => [address, tryAt])).toEqual([
      ['C1', NOW],
      ['C2', later],
    ]);
  });
});

describe('an invitation into a server', () => {
  it('greets its first channel once, without opening it', async () => {
    const setup = await openTestChannels();
    await join(setup);
    await join(setup, { address: '12' });
    expect(await greetings(setup)).toMatchObject([{ address: '11', state: 'pending' }]);
    expect(await setup.channels.at(SERVER)).toBeUndefined();
    expect(await setup.channels.of('discord')).toEqual([]);
  });

  it('does not greet if a channel was set up already', async () => {
    const setup = await openTestChannels();
    const place = { platform: 'discord', address: '99' };
    await setup.channels.open(place, { language: 'en', origin: 'setup', workspace: 'G1' }, NOW);
    await join(setup);
    expect(await greetings(setup)).toEqual([]);
  });

  it('is posted its greeting by the courier, and nothing else', async () => {
    const setup = await openTestChannels();
    await join(setup);
    const discord = recorder('discord');
    const { compose } = createComposer(catalogue, silent);
    const courier = createCourier({
      ...{ store: setup.store, platforms: [discord], instance: 'abc123', compose, catalogue },
      ...{ clock: () => NOW + 1_000, log: silent, random: () => 0 },
    });
    await courier.run(NOW + 1_000);
    expect(discord.postings).toMatchObject([{ channelId: '11', card: { kind: 'greeting' } }]);
    expect(discord.postings[0]?.card.title).toContain('아직 카드를 올리지 않습니다');
    expect(await greetings(setup)).toMatchObject([{ state: 'sent' }]);
    await courier.stop();
  });

  it('does not prevent a setup in the greeted channel', async () => {
    const setup = await openTestChannels();
    await join(setup);
    await setup.channels.open(SERVER, { language: 'ko', origin: 'setup', workspace: 'G1' }, NOW);
    expect(await setup.channels.of('discord', 'G1')).toMatchObject([{ address: '11', origin: 'setup' }]);
  });

  it('greets again after the bot was removed from the server', async () => {
    const setup = await openTestChannels();
    await join(setup);
    await setup.events.removed({ platform: 'discord', workspace: 'G1', reason: 'thrown out' });
    expect(await greetings(setup)).toMatchObject([{ state: 'gone' }]);
    await join(setup);
    expect(await greetings(setup)).toMatchObject([{ state: 'gone' }, { state: 'pending' }]);
  });
});

/** The status of every channel, and why. */
const statuses = async ({ store }: TestChannels) =>
  (await storedChannels(store.db)).map(({ address, status, statusReason }) => ({ address, status, why: statusReason }));

describe('a removal', () => {
  it('of a workspace retires all its channels with the first reason, even if reported twice', async () => {
    const setup = await openTestChannels();
    await invite(setup);
    await invite(setup, { address: 'C2' });
    await invite(setup, { workspace: 'T2', address: 'C3' });
    const uninstalled = { platform: 'slack', workspace: 'T1', reason: 'the app was uninstalled' };
    await setup.events.removed(uninstalled);
    await setup.events.removed({ ...uninstalled, reason: 'its tokens were revoked' });
    expect(await statuses(setup)).toEqual([
      { address: 'C1', status: 'retired', why: 'the app was uninstalled' },
      { address: 'C2', status: 'retired', why: 'the app was uninstalled' },
      { address: 'C3', status: 'in-use', why: null },
    ]);
    expect(await greetings(setup)).toMatchObject([{ state: 'gone' }, { state: 'gone' }, { state: 'pending' }]);
  });

  it('of one channel leaves the others of the workspace', async () => {
    const setup = await openTestChannels();
    await invite(setup);
    await invite(setup, { address: 'C2' });
    await setup.events.removed({ ...CHANNEL, reason: 'archived' });
    expect(await setup.channels.of('slack')).toMatchObject([{ address: 'C2' }]);
  });

  it('that may be taken back pauses the channels in use, and ends those that were only greeted', async () => {
    const setup = await openTestChannels();
    await join(setup);
    const place = { platform: 'discord', address: '12' };
    await setup.channels.open(place, { language: 'en', origin: 'setup', workspace: 'G1', settings: {} }, NOW);
    const pause = { text: 'Invite it again.', key: 'discord-removed' };
    await setup.events.removed({ platform: 'discord', workspace: 'G1', reason: 'thrown out', pause });
    expect(await statuses(setup)).toEqual([
      { address: '11', status: 'retired', why: 'thrown out' },
      { address: '12', status: 'in-use', why: null },
    ]);
    const [greeted, used] = await storedChannels(setup.store.db);
    expect([greeted?.paused, used?.paused]).toEqual([null, expect.stringContaining('discord-removed')]);
  });

  it('that is taken back tries again what its cards were posted without', async () => {
    const setup = await openTestChannels();
    const place = { platform: 'discord', address: '12' };
    await setup.channels.open(place, { language: 'en', origin: 'setup', workspace: 'G1', settings: {} }, NOW);
    await changeChannels(setup.store.db, { lacks: '{"picture":{"text":"No.","at":1}}' }, { address: '12' });
    await join(setup);
    expect((await storedChannels(setup.store.db)).find(({ address }) => address === '12')?.lacks).toBeNull();
  });

  it('of an unknown place changes nothing, also before an invitation', async () => {
    const setup = await openTestChannels();
    await setup.events.removed({ ...CHANNEL, reason: 'left' });
    await invite(setup);
    expect(await setup.channels.of('slack')).toHaveLength(1);
  });

  it('removes its rules and its custom symbols', async () => {
    const setup = await openTestChannels();
    await invite(setup);
    const channel = await setup.channels.at(CHANNEL);
    await setup.channels.change(channel?.id ?? 0, () => ({ rules: { NVDA: { day: [300] } } }));
    await setup.events.removed({ platform: 'slack', workspace: 'T1', reason: 'left' });
    expect(setup.registry.effectiveRules.union('NVDA').day).not.toContain(300);
  });
});

describe('a channel that the courier finds gone', () => {
  const run = async (setup: TestChannels, platform: string): Promise<void> => {
    const gone = recorder(platform, () => ({ kind: 'gone', reason: 'deleted' }));
    const courier = createCourier({
      ...{ store: setup.store, platforms: [gone], instance: 'abc123', clock: () => NOW + 1_000, log: silent },
      ...{ compose: createComposer(catalogue, silent).compose, onGone: setup.registry.forgetRetired, random: () => 0 },
    });
    await courier.run(NOW + 1_000);
    await courier.stop();
  };

  it('no longer counts for rules or for digests', async () => {
    const setup = await openTestChannels();
    await invite(setup);
    const channel = await setup.channels.at(CHANNEL);
    await setup.channels.change(channel?.id ?? 0, () => ({ rules: { NVDA: { day: [300] } }, digest: { at: '07:00' } }));
    await run(setup, 'slack');
    expect(await setup.channels.at(CHANNEL)).toBeUndefined();
    expect(setup.registry.effectiveRules.union('NVDA').day).not.toContain(300);
    expect(setup.registry.effectiveRules.digests()).toEqual([]);
  });

  it('does not affect the others if it was only greeted, and is no destination if it comes back', async () => {
    const setup = await openTestChannels();
    await invite(setup);
    await join(setup);
    await run(setup, 'discord');
    await setup.events.changed({ platform: 'discord', address: '11' });
    expect(await setup.channels.of('discord')).toEqual([]);
    expect(await greetings(setup)).toMatchObject([{ state: 'pending' }, { address: '11', state: 'gone' }]);
    expect(setup.registry.effectiveRules.digests()).toHaveLength(1);
  });
});

describe('a change of permissions', () => {
  it('makes deliveries of its paused channels due now, and no others', async () => {
    const setup = await openTestChannels();
    await invite(setup);
    await invite(setup, { address: 'C2' });
    await invite(setup, { workspace: 'T2', address: 'C3' });
    const later = NOW + 600_000;
    const { db } = setup.store;
    await changeDeliveries(db, { dueAt: later, attempts: 3 });
    for (const address of ['C1', 'C3'])
      await changeChannels(db, { paused: 'may not write', pausedAt: NOW, tryAt: later }, { address });
    await setup.events.changed({ platform: 'slack', workspace: 'T1' });
    expect((await deliveriesOf(setup)).map(({ address, dueAt }) => [address, dueAt])).toEqual([
      ['C1', NOW],
      ['C2', later],
      ['C3', later],
    ]);
  });
});

it('what may have opened more than one channel asks for a look at them, an event about one channel does not', async () => {
  const setup = await openTestChannels();
  const hints: object[] = [];
  setup.hints.pass = (where) => hints.push(where);
  await join(setup);
  await setup.events.changed({ platform: 'discord' });
  await setup.events.changed({ platform: 'slack', workspace: 'T1' });
  await setup.events.used({ platform: 'slack', address: 'C1' });
  expect(hints.splice(0)).toEqual([
    { platform: 'discord', workspace: 'G1' },
    { platform: 'discord' },
    { platform: 'slack', workspace: 'T1' },
    { platform: 'slack', address: 'C1' },
  ]);
  await invite(setup);
  await setup.events.changed(CHANNEL);
  expect(hints).toEqual([]);
});

it('an event that cannot be stored is logged and lost, without an error', async () => {
  const setup = await openTestChannels();
  await setup.store.close();
  await invite(setup);
  expect(setup.logged).toMatchObject([{ msg: 'platform event lost', event: 'invited' }]);
});

describe('the status of a channel', () => {
  const statusOf = async (setup: TestChannels) => (await statuses(setup)).map(({ status, why }) => ({ status, why }));

  it.each([
    ['greeted after an invitation to its server', join, { status: 'greeted', why: null }],
    ['in use after an invitation', invite, { status: 'in-use', why: null }],
    [
      'retired after it was deleted',
      async (setup: TestChannels) => {
        await invite(setup);
        await setup.events.removed({ ...CHANNEL, reason: 'deleted' });
      },
      { status: 'retired', why: 'deleted' },
    ],
    [
      'away after it was archived',
      async (setup: TestChannels) => {
        await invite(setup);
        await setup.events.removed({ ...CHANNEL, reason: 'archived', mayReturn: true });
      },
      { status: 'away', why: 'archived' },
    ],
    [
      'away with its workspace after that one’s tokens were revoked',
      async (setup: TestChannels) => {
        await invite(setup);
        await setup.events.removed({ platform: 'slack', workspace: 'T1', reason: 'revoked', mayReturn: true });
      },
      { status: 'away-with-workspace', why: 'revoked' },
    ],
    [
      'in use after it is back',
      async (setup: TestChannels) => {
        await invite(setup);
        await setup.events.removed({ ...CHANNEL, reason: 'archived', mayReturn: true });
        await setup.events.changed(CHANNEL);
      },
      { status: 'in-use', why: null },
    ],
    [
      'retired with the whole sentence of a reason that begins like one of the store',
      async (setup: TestChannels) => {
        await invite(setup);
        await setup.events.removed({ ...CHANNEL, reason: 'away: for good' });
        await setup.events.changed(CHANNEL);
      },
      { status: 'retired', why: 'away: for good' },
    ],
  ])('is %s', async (_, happen, status) => {
    const setup = await openTestChannels();
    await happen(setup);
    expect(await statusOf(setup)).toEqual([status]);
  });

  it('is one of a closed list', async () => {
    const { store } = await openTestChannels();
    const written = addChannels(store.db, [
      { platform: 'slack', address: 'C1', language: 'en', createdAt: NOW, status: 'busy' as 'away' },
    ]);
    await expect(written).rejects.toThrow(/CHECK constraint failed|violates check constraint/);
  });
});

describe('a channel that is away', () => {
  const TEAM = { platform: 'slack', workspace: 'T1' };
  const REVOKED = { ...TEAM, reason: 'revoked (app_uninstalled)', mayReturn: true };

  it('is back with its settings and custom symbols when its workspace installs the app again', async () => {
    const yahoo = await yahooWith('AMD');
    const setup = await openTestChannels({ yahoo: yahoo.url });
    await invite(setup);
    await invite(setup, { address: 'C2' });
    const { id = 0 } = (await setup.channels.at(CHANNEL)) ?? {};
    await setup.channels.change(id, () => ({ timeZone: 'Asia/Seoul' }));
    await setup.channels.watch(id, 'AMD', NOW);
    const before = await setup.channels.of('slack', 'T1');
    await setup.events.removed(REVOKED);
    expect([await setup.channels.of('slack', 'T1'), setup.watchlist.symbols.has('AMD')]).toEqual([[], false]);
    await setup.events.changed({ platform: 'slack', workspace: 'T2' });
    expect(await setup.channels.of('slack', 'T1')).toEqual([]);
    await setup.events.changed(TEAM);
    expect(await setup.channels.of('slack', 'T1')).toEqual(before);
    expect([setup.watchlist.symbols.has('AMD'), setup.registry.effectiveRules.watchers('AMD')]).toEqual([true, 1]);
    // One line in each says so.
    expect((await greetings(setup)).map(({ state }) => state)).toEqual(['gone', 'gone', 'pending', 'pending']);
    expect((await storedStories(setup.store.db)).slice(-2)).toMatchObject([{ back: true }, { back: true }]);
  });

  it('is back after a restart and an invitation, too', async () => {
    const yahoo = await yahooWith('AMD');
    const url = await newDatabase();
    const setup = await openTestChannels({ yahoo: yahoo.url, url });
    await invite(setup);
    const { id = 0 } = (await setup.channels.at(CHANNEL)) ?? {};
    await setup.channels.watch(id, 'AMD', NOW);
    await setup.events.removed(REVOKED);
    await setup.store.close();
    const after = await openTestChannels({ yahoo: yahoo.url, url });
    expect(after.watchlist.symbols.has('AMD')).toBe(false);
    await invite(after);
    expect(await after.channels.at(CHANNEL)).toMatchObject({ settings: { also: ['AMD'] } });
    expect([after.watchlist.symbols.has('AMD'), after.registry.effectiveRules.watchers('AMD')]).toEqual([true, 1]);
  });

  it('of .env is back with .env, with its settings', async () => {
    const setup = await openTestChannels();
    const named = [{ platform: 'slack', address: 'C1', started: true }];
    await openEnvChannels(setup.registry, named, 'en', NOW);
    await invite(setup);
    const { id = 0 } = (await setup.channels.at(CHANNEL)) ?? {};
    await setup.channels.change(id, () => ({ timeZone: 'Asia/Seoul' }));
    await setup.events.removed(REVOKED);
    await setup.events.changed(TEAM);
    expect(await setup.channels.at(CHANNEL)).toBeUndefined();
    await openEnvChannels(setup.registry, named, 'en', NOW);
    expect(await setup.channels.at(CHANNEL)).toMatchObject({ origin: 'env', settings: { timeZone: 'Asia/Seoul' } });
  });

  it('that was archived is back when it is named, and not with its workspace', async () => {
    const setup = await openTestChannels();
    await invite(setup);
    await invite(setup, { address: 'C2' });
    await setup.events.removed({ ...CHANNEL, reason: 'archived', mayReturn: true });
    await setup.events.removed({ ...TEAM, address: 'C2', reason: 'deleted' });
    await setup.events.changed(TEAM);
    expect(await setup.channels.of('slack', 'T1')).toEqual([]);
    await setup.events.changed(CHANNEL);
    await setup.events.changed({ ...TEAM, address: 'C2' });
    expect((await setup.channels.of('slack', 'T1')).map(({ address }) => address)).toEqual(['C1']);
  });

  it('that a post found archived is back, too', async () => {
    const setup = await openTestChannels();
    await invite(setup);
    const slack = recorder('slack', () => ({ kind: 'gone', reason: 'is_archived' }));
    const { compose } = createComposer(catalogue, silent);
    const courier = createCourier({
      ...{ store: setup.store, platforms: [slack], instance: 'abc123', compose, clock: () => NOW, log: silent },
      onGone: setup.registry.forgetRetired,
    });
    await courier.run(NOW);
    expect(await setup.channels.at(CHANNEL)).toBeUndefined();
    await setup.events.changed(CHANNEL);
    expect(await setup.channels.at(CHANNEL)).toMatchObject({ address: 'C1' });
  });
});

it('who leaves a channel is told nothing of it any more; others are, and an unknown channel is no error', async () => {
  const setup = await openTestChannels();
  await invite(setup);
  const { db } = setup.store;
  const [{ id: channelId } = { id: 0 }] = await storedChannels(db);
  const wish = { channelId, platform: 'slack', symbol: 'NVDA', language: 'en', expiresAt: NOW + 1 };
  for (const person of ['U1', 'U2']) await writeSubscription(db, { ...wish, person }, NOW);
  await setup.events.left({ platform: 'slack', address: 'C1', person: 'U1' });
  await setup.events.left({ platform: 'slack', address: 'C9', person: 'U2' });
  expect((await storedSubscriptions(db)).map(({ person }) => person)).toEqual(['U2']);
});

describe('a channel that gets another id', () => {
  const MOVE = { platform: 'slack', from: 'C1', to: 'C9' };
  const NEW = { platform: 'slack', address: 'C9' };

  /** A channel with settings, a mute, a digest and an owed card. */
  const setUp = async () => {
    const setup = await openTestChannels();
    await invite(setup);
    const { id = 0 } = (await setup.channels.at(CHANNEL)) ?? {};
    const rules = { NVDA: { drawdown: { 252: [3_300] } } };
    const channel = await setup.channels.change(id, () => ({ rules, timeZone: 'Asia/Seoul' }));
    await setup.channels.mute(id, 'NVDA', NOW + 3_600_000, 'U1', NOW);
    return { ...setup, id, channel };
  };

  it('keeps its settings, mutes and owed cards, and is told nothing new', async () => {
    const setup = await setUp();
    const before = await deliveriesOf(setup);
    const watchers = setup.registry.effectiveRules.watchers('NVDA');
    await setup.events.moved(MOVE);
    expect(await setup.channels.at(NEW)).toEqual({ ...setup.channel, address: 'C9' });
    expect((await deliveriesOf(setup)).map(({ id, state }) => [id, state])).toEqual(
      before.map(({ id, state }) => [id, state]),
    );
    expect(await storedMutes(setup.store.db)).toMatchObject([{ channelId: setup.id, symbol: 'NVDA' }]);
    expect(await storedChannels(setup.store.db)).toHaveLength(1);
    expect(setup.registry.effectiveRules.watchers('NVDA')).toBe(watchers);
  });

  it('gives what is owed to the channel that has the id already, which keeps its own settings', async () => {
    const setup = await setUp();
    await setup.events.invited({ ...NEW, workspace: 'T1', destination: true, by: 'U2', locale: 'en-US' });
    const { id = 0 } = (await setup.channels.at(NEW)) ?? {};
    const after = await setup.channels.change(id, () => ({ timeZone: 'Europe/London' }));
    // A card for all channels is owed to both.
    const story = await addBareStory(setup.store.db, 'digest', NOW);
    for (const each of [setup.id, id]) {
      const times = { kind: 'digest', now: NOW, dueAt: NOW, expiresAt: NOW + 3_600_000 } as const;
      await enqueueStory(setup.store.db, { id: each, platform: 'slack' }, story, times);
    }
    expect(JSON.stringify(setup.registry.effectiveRules.union('NVDA'))).toContain('3300');
    await setup.events.moved(MOVE);
    expect(await setup.channels.at(NEW)).toEqual(after);
    // The old channel's levels are no longer among the rules.
    expect(JSON.stringify(setup.registry.effectiveRules.union('NVDA'))).not.toContain('3300');
    expect(await storedChannels(setup.store.db)).toMatchObject([{ id, address: 'C9' }]);
    expect(await deliveriesOf(setup)).toMatchObject([
      { address: 'C9', kind: 'greeting', state: 'pending' },
      { address: 'C9', kind: 'greeting', state: 'pending' },
      { address: 'C9', kind: 'digest', state: 'pending' },
    ]);
    expect(await storedMutes(setup.store.db)).toEqual([]);
  });

  it('takes the place of one that has the id and is not in use', async () => {
    const setup = await setUp();
    await setup.events.invited({ ...NEW, workspace: 'T1', destination: true });
    await setup.events.removed({ ...NEW, workspace: 'T1', reason: 'left' });
    await setup.events.moved(MOVE);
    expect(await setup.channels.at(NEW)).toEqual({ ...setup.channel, address: 'C9' });
    expect(await storedChannels(setup.store.db)).toHaveLength(1);
  });

  it('is in use again if the courier was told before that it was not found', async () => {
    const setup = await setUp();
    const change = { status: 'retired', statusReason: 'The Slack channel is gone (channel_not_found)' } as const;
    await changeChannels(setup.store.db, change, { address: 'C1' });
    await setup.events.moved(MOVE);
    expect(await setup.channels.at(NEW)).toMatchObject({ address: 'C9', settings: setup.channel?.settings });
  });

  it('stays retired if the bot was removed from it, under the new id', async () => {
    const setup = await setUp();
    await setup.events.removed({ ...CHANNEL, reason: 'left' });
    await setup.events.moved(MOVE);
    expect(await setup.channels.at(NEW)).toBeUndefined();
    expect(await storedChannels(setup.store.db)).toMatchObject([{ address: 'C9', status: 'retired' }]);
  });

  it('may be one that nobody knows', async () => {
    const setup = await openTestChannels();
    await setup.events.moved(MOVE);
    expect(await storedChannels(setup.store.db)).toEqual([]);
  });
});
