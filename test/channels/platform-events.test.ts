import { describe, expect, it } from 'vitest';
import { openEnvChannels } from '../../src/channels/env-channels.ts';
import { createComposer } from '../../src/delivery/compose.ts';
import { createCourier } from '../../src/delivery/courier.ts';
import { silent } from '../../src/telemetry/log.ts';
import { catalogue } from '../cards/stories.ts';
import { recorder } from '../delivery/recorder.ts';
import { databasePath } from '../store/temporary.ts';
import { NOW, openRoom, owed, type Room, yahooWith } from './room.ts';

const CHANNEL = { platform: 'slack', workspace: 'T1', address: 'C1' };
const SERVER = { platform: 'discord', workspace: 'G1', address: '11' };

/** Into a channel that is meant, on Slack. */
const invite = ({ events }: Room, more: object = {}) =>
  events.invited({ ...CHANNEL, destination: true, by: 'U1', locale: 'ko-KR', ...more });

/** Into a server, on Discord. */
const join = ({ events }: Room, more: object = {}) =>
  events.invited({ ...SERVER, destination: false, by: '7', locale: 'ko', ...more });

const greetings = async (room: Room) => (await owed(room)).filter(({ kind }) => kind === 'greeting');

describe('an invitation into a channel', () => {
  it('makes it a destination in the language of whoever invited, and greets it once', async () => {
    const room = await openRoom();
    await invite(room);
    await invite(room);
    expect(await room.channels.at(CHANNEL)).toMatchObject({
      ...{ workspace: 'T1', language: 'ko', origin: 'invite', madeBy: 'U1', settings: {} },
    });
    expect(await greetings(room)).toMatchObject([{ address: 'C1', state: 'pending', priority: 1 }]);
  });

  it('speaks the default language to a locale without words', async () => {
    const room = await openRoom();
    await invite(room, { locale: 'fr-FR' });
    expect(await room.channels.at(CHANNEL)).toMatchObject({ language: 'en' });
  });

  it("leaves one of .env's as it is, but for its workspace", async () => {
    const room = await openRoom();
    const named = [{ platform: 'slack', address: 'C1', started: true }];
    await openEnvChannels(room.registry, named, 'en', NOW);
    await invite(room);
    expect(await room.channels.at(CHANNEL)).toMatchObject({ origin: 'env', language: 'en', workspace: 'T1' });
    expect(await greetings(room)).toEqual([]);
  });

  it('greets again after the bot was thrown out there, and the settings are those of before', async () => {
    const room = await openRoom();
    await invite(room);
    const channel = await room.channels.at(CHANNEL);
    await room.channels.change(channel?.id ?? 0, () => ({ timeZone: 'Asia/Seoul' }));
    await room.events.removed({ ...CHANNEL, reason: 'left' });
    expect(await room.channels.at(CHANNEL)).toBeUndefined();
    await invite(room);
    expect(await room.channels.at(CHANNEL)).toMatchObject({ settings: { timeZone: 'Asia/Seoul' } });
    expect(await greetings(room)).toMatchObject([{ state: 'gone' }, { state: 'pending' }]);
  });
});

describe('an invitation into a server', () => {
  it('greets its first channel once, which is no destination', async () => {
    const room = await openRoom();
    await join(room);
    await join(room, { address: '12' });
    expect(await greetings(room)).toMatchObject([{ address: '11', state: 'pending' }]);
    expect(await room.channels.at(SERVER)).toBeUndefined();
    expect(await room.channels.of('discord')).toEqual([]);
  });

  it('does not greet where somebody has set up a channel already', async () => {
    const room = await openRoom();
    const place = { platform: 'discord', address: '99' };
    await room.channels.open(place, { language: 'en', origin: 'setup', workspace: 'G1' }, NOW);
    await join(room);
    expect(await greetings(room)).toEqual([]);
  });

  it('gets its greeting from the courier, and nothing else after it', async () => {
    const room = await openRoom();
    await join(room);
    const discord = recorder('discord');
    const { compose } = createComposer(catalogue, silent);
    const courier = createCourier({
      ...{ store: room.store, platforms: [discord], instance: 'abc123', compose, catalogue },
      ...{ clock: () => NOW + 1_000, log: silent, random: () => 0 },
    });
    await courier.run(NOW + 1_000);
    expect(discord.postings).toMatchObject([{ channelId: '11', card: { kind: 'greeting' } }]);
    expect(discord.postings[0]?.card.title).toContain('아직 카드를 올리지 않습니다');
    expect(await greetings(room)).toMatchObject([{ state: 'sent' }]);
    await courier.stop();
  });

  it('makes way for a setup in the channel that was greeted', async () => {
    const room = await openRoom();
    await join(room);
    await room.channels.open(SERVER, { language: 'ko', origin: 'setup', workspace: 'G1' }, NOW);
    expect(await room.channels.of('discord', 'G1')).toMatchObject([{ address: '11', origin: 'setup' }]);
  });

  it('greets again after the bot was thrown out of the server', async () => {
    const room = await openRoom();
    await join(room);
    await room.events.removed({ platform: 'discord', workspace: 'G1', reason: 'thrown out' });
    expect(await greetings(room)).toMatchObject([{ state: 'gone' }]);
    await join(room);
    expect(await greetings(room)).toMatchObject([{ state: 'gone' }, { state: 'pending' }]);
  });
});

describe('being thrown out', () => {
  it('of a workspace retires all of it with the reason, whichever way and however often it is told', async () => {
    const room = await openRoom();
    await invite(room);
    await invite(room, { address: 'C2' });
    await invite(room, { workspace: 'T2', address: 'C3' });
    const uninstalled = { platform: 'slack', workspace: 'T1', reason: 'the app was uninstalled' };
    await room.events.removed(uninstalled);
    await room.events.removed({ ...uninstalled, reason: 'its tokens were revoked' });
    const rows = await room.store.db.selectFrom('channels').select(['address', 'retired']).orderBy('id').execute();
    expect(rows).toEqual([
      { address: 'C1', retired: 'the app was uninstalled' },
      { address: 'C2', retired: 'the app was uninstalled' },
      { address: 'C3', retired: null },
    ]);
    expect(await greetings(room)).toMatchObject([{ state: 'gone' }, { state: 'gone' }, { state: 'pending' }]);
  });

  it('of one channel leaves the others of the workspace', async () => {
    const room = await openRoom();
    await invite(room);
    await invite(room, { address: 'C2' });
    await room.events.removed({ ...CHANNEL, reason: 'archived' });
    expect(await room.channels.of('slack')).toMatchObject([{ address: 'C2' }]);
  });

  it('of a place that was none changes nothing, also before an invitation', async () => {
    const room = await openRoom();
    await room.events.removed({ ...CHANNEL, reason: 'left' });
    await invite(room);
    expect(await room.channels.of('slack')).toHaveLength(1);
  });

  it('takes its rules and its own symbols with it', async () => {
    const room = await openRoom();
    await invite(room);
    const channel = await room.channels.at(CHANNEL);
    await room.channels.change(channel?.id ?? 0, () => ({ rules: { NVDA: { day: [300] } } }));
    await room.events.removed({ platform: 'slack', workspace: 'T1', reason: 'left' });
    expect(room.registry.book.union('NVDA').day).not.toContain(300);
  });
});

describe('a channel that the courier finds gone', () => {
  const run = async (room: Room, platform: string): Promise<void> => {
    const gone = recorder(platform, () => ({ kind: 'gone', reason: 'deleted' }));
    const courier = createCourier({
      ...{ store: room.store, platforms: [gone], instance: 'abc123', clock: () => NOW + 1_000, log: silent },
      ...{ compose: createComposer(catalogue, silent).compose, onGone: room.registry.retired, random: () => 0 },
    });
    await courier.run(NOW + 1_000);
    await courier.stop();
  };

  it('counts no longer, for rules or for digests', async () => {
    const room = await openRoom();
    await invite(room);
    const channel = await room.channels.at(CHANNEL);
    await room.channels.change(channel?.id ?? 0, () => ({ rules: { NVDA: { day: [300] } }, digest: { at: '07:00' } }));
    await run(room, 'slack');
    expect(await room.channels.at(CHANNEL)).toBeUndefined();
    expect(room.registry.book.union('NVDA').day).not.toContain(300);
    expect(room.registry.book.digests()).toEqual([]);
  });

  it('costs the others nothing where it was only greeted', async () => {
    const room = await openRoom();
    await invite(room);
    await join(room);
    await run(room, 'discord');
    expect(await greetings(room)).toMatchObject([{ state: 'pending' }, { address: '11', state: 'gone' }]);
    expect(room.registry.book.digests()).toHaveLength(1);
  });
});

describe('a change of permissions', () => {
  it('makes what is owed to paused channels there due now, and nothing else', async () => {
    const room = await openRoom();
    await invite(room);
    await invite(room, { address: 'C2' });
    await invite(room, { workspace: 'T2', address: 'C3' });
    const later = NOW + 600_000;
    const { db } = room.store;
    await db.updateTable('deliveries').set({ due_at: later, attempts: 3 }).execute();
    await db
      .updateTable('channels')
      .set({ paused: 'may not write', paused_at: NOW, try_at: later })
      .where('address', '!=', 'C2')
      .execute();
    await room.events.changed({ platform: 'slack', workspace: 'T1' });
    expect((await owed(room)).map(({ address, dueAt }) => [address, dueAt])).toEqual([
      ['C1', NOW],
      ['C2', later],
      ['C3', later],
    ]);
  });
});

it('a database that cannot be written costs an event, which is told to the log, and nothing more', async () => {
  const room = await openRoom();
  await room.store.close();
  await invite(room);
  expect(room.logged).toMatchObject([{ msg: 'platform event lost', event: 'invited' }]);
});

describe('what may come back', () => {
  const TEAM = { platform: 'slack', workspace: 'T1' };
  const REVOKED = { ...TEAM, reason: 'revoked (app_uninstalled)', mayReturn: true };

  it('a workspace that installs the app again finds its channels, settings and own symbols as they were', async () => {
    const yahoo = await yahooWith('AMD');
    const room = await openRoom({ yahoo: yahoo.url });
    await invite(room);
    await invite(room, { address: 'C2' });
    const { id = 0 } = (await room.channels.at(CHANNEL)) ?? {};
    await room.channels.change(id, () => ({ timeZone: 'Asia/Seoul' }));
    await room.channels.watch(id, 'AMD', NOW);
    const before = await room.channels.of('slack', 'T1');
    await room.events.removed(REVOKED);
    expect([await room.channels.of('slack', 'T1'), room.watchlist.symbols.has('AMD')]).toEqual([[], false]);
    await room.events.changed({ platform: 'slack', workspace: 'T2' });
    expect(await room.channels.of('slack', 'T1')).toEqual([]);
    await room.events.changed(TEAM);
    expect(await room.channels.of('slack', 'T1')).toEqual(before);
    expect([room.watchlist.symbols.has('AMD'), room.registry.book.watchers('AMD')]).toEqual([true, 1]);
    expect((await greetings(room)).map(({ state }) => state)).toEqual(['gone', 'gone']);
  });

  it('is found after a restart, by an invitation too', async () => {
    const yahoo = await yahooWith('AMD');
    const path = databasePath();
    const room = await openRoom({ yahoo: yahoo.url, path });
    await invite(room);
    const { id = 0 } = (await room.channels.at(CHANNEL)) ?? {};
    await room.channels.watch(id, 'AMD', NOW);
    await room.events.removed(REVOKED);
    await room.store.close();
    const after = await openRoom({ yahoo: yahoo.url, path });
    expect(after.watchlist.symbols.has('AMD')).toBe(false);
    await invite(after);
    expect(await after.channels.at(CHANNEL)).toMatchObject({ settings: { also: ['AMD'] } });
    expect([after.watchlist.symbols.has('AMD'), after.registry.book.watchers('AMD')]).toEqual([true, 1]);
  });

  it("one of .env's comes back with .env, with what was set there", async () => {
    const room = await openRoom();
    const named = [{ platform: 'slack', address: 'C1', started: true }];
    await openEnvChannels(room.registry, named, 'en', NOW);
    await invite(room);
    const { id = 0 } = (await room.channels.at(CHANNEL)) ?? {};
    await room.channels.change(id, () => ({ timeZone: 'Asia/Seoul' }));
    await room.events.removed(REVOKED);
    await room.events.changed(TEAM);
    expect(await room.channels.at(CHANNEL)).toBeUndefined();
    await openEnvChannels(room.registry, named, 'en', NOW);
    expect(await room.channels.at(CHANNEL)).toMatchObject({ origin: 'env', settings: { timeZone: 'Asia/Seoul' } });
  });

  it('an archived channel is back when it is named, and not with its workspace', async () => {
    const room = await openRoom();
    await invite(room);
    await invite(room, { address: 'C2' });
    await room.events.removed({ ...CHANNEL, reason: 'archived', mayReturn: true });
    await room.events.removed({ ...TEAM, address: 'C2', reason: 'deleted' });
    await room.events.changed(TEAM);
    expect(await room.channels.of('slack', 'T1')).toEqual([]);
    await room.events.changed(CHANNEL);
    await room.events.changed({ ...TEAM, address: 'C2' });
    expect((await room.channels.of('slack', 'T1')).map(({ address }) => address)).toEqual(['C1']);
  });

  it('an archived channel that a card has found is back, too', async () => {
    const room = await openRoom();
    await invite(room);
    const slack = recorder('slack', () => ({ kind: 'gone', reason: 'is_archived', mayReturn: true }));
    const { compose } = createComposer(catalogue, silent);
    const courier = createCourier({
      ...{ store: room.store, platforms: [slack], instance: 'abc123', compose, clock: () => NOW, log: silent },
      onGone: room.registry.retired,
    });
    await courier.run(NOW);
    expect(await room.channels.at(CHANNEL)).toBeUndefined();
    await room.events.changed(CHANNEL);
    expect(await room.channels.at(CHANNEL)).toMatchObject({ address: 'C1' });
  });
});
