import { expect, test } from 'vitest';
import { joinChannels, openChannel } from '../../src/store/channels.ts';
import { forgetChannel } from '../../src/store/forget-channel.ts';
import { enqueueForChannel } from '../../src/store/outbox.ts';
import {
  anyPingDue,
  deletePing,
  enqueuePings,
  expirePings,
  leasePings,
  postponePing,
} from '../../src/store/personal-pings.ts';
import { retentionPolicies } from '../../src/store/retention.ts';
import type { Db } from '../../src/store/store.ts';
import {
  endSubscriptions,
  endSubscriptionsIn,
  noteRefusal,
  readSubscriptions,
  refuseSubscriptions,
  writeSubscription,
} from '../../src/store/subscriptions.ts';
import { storedDeliveries, storedPings, storedSubscriptions } from './inspect.ts';
import { openTestStore } from './temporary.ts';

const NOW = Date.parse('2024-07-30T16:00:00Z');
const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
const UNTIL = NOW + 180 * DAY;
const OBSERVED = NOW - 2 * MINUTE;

const ann = { platform: 'discord', person: 'ann' };
const bob = { platform: 'discord', person: 'bob' };

/** A store with two channels, and one delivery in each. */
const scene = async () => {
  const { db } = await openTestStore();
  const channels: number[] = [];
  for (const address of ['1', '2']) {
    const channel = await openChannel(db, { platform: 'discord', address, language: 'en', workspace: 'w' }, NOW);
    channels.push(channel.id);
    await enqueueForChannel(db, channel.id, { kind: 'test', symbol: '*', at: NOW }, { now: NOW, dueAt: NOW });
  }
  const [first = 0, second = 0] = channels;
  const deliveryOf = new Map((await storedDeliveries(db)).map(({ channelId, id }) => [channelId, id]));
  const subscribe = (who: typeof ann, channelId = first, symbol = 'NVDA') =>
    writeSubscription(db, { ...who, channelId, symbol, language: 'ko', expiresAt: UNTIL }, NOW);
  const post = (channelId = first, observedAt = OBSERVED, symbol = 'NVDA', now = NOW) =>
    enqueuePings(db, channelId, [{ deliveryId: deliveryOf.get(channelId) ?? 0, symbol, observedAt }], {
      now,
      expiresAt: now + 30 * MINUTE,
    });
  return { db, first, second, subscribe, post };
};

const lease = (db: Db, now = NOW, limit = 10) =>
  leasePings(db, { platform: 'discord', now, until: now + 90_000, limit });

const peopleOf = async (db: Db): Promise<string[]> => {
  const persons = new Map((await storedSubscriptions(db)).map(({ id, person }) => [id, person]));
  return (await storedPings(db)).map(({ subscriptionId }) => persons.get(subscriptionId) ?? '');
};

test('an alert is one message for everybody who has subscribed to its symbol in its channel', async () => {
  const { db, second, subscribe, post } = await scene();
  await subscribe(ann);
  await subscribe(bob);
  await subscribe({ ...ann, person: 'cid' }, second);
  await subscribe({ ...ann, person: 'dan' }, undefined, 'TSLA');
  await post();
  expect(await peopleOf(db)).toEqual(['ann', 'bob']);
  expect(await lease(db)).toMatchObject([
    {
      person: 'ann',
      symbol: 'NVDA',
      language: 'ko',
      address: '1',
      workspace: 'w',
      attempts: 1,
      triedAt: null,
      subscribedUntil: UNTIL,
    },
    { person: 'bob' },
  ]);
});

test('the same alert in another channel, or an older one, is no second message; a newer one is', async () => {
  const { db, first, second, subscribe, post } = await scene();
  await subscribe(ann, first);
  await subscribe(ann, second);
  await post(first);
  await post(second);
  await post(second, OBSERVED - 1);
  expect(await storedPings(db)).toHaveLength(1);
  await post(second, OBSERVED + 1);
  expect(await storedPings(db)).toHaveLength(2);
});

test('who subscribes in a second channel is not told there of what they know already', async () => {
  const { db, second, subscribe, post } = await scene();
  await subscribe(ann);
  await post();
  await subscribe(ann, second);
  await post(second);
  expect(await storedPings(db)).toHaveLength(1);
});

test('two alerts of one transaction are one message for each symbol', async () => {
  const { db, first, subscribe } = await scene();
  await subscribe(ann);
  await subscribe(ann, first, 'TSLA');
  const at = { deliveryId: 1, observedAt: OBSERVED };
  await enqueuePings(
    db,
    first,
    [
      { ...at, symbol: 'NVDA' },
      { ...at, symbol: 'TSLA' },
      { ...at, symbol: 'META' },
    ],
    {
      now: NOW,
      expiresAt: NOW + MINUTE,
    },
  );
  expect(await peopleOf(db)).toEqual(['ann', 'ann']);
});

test('nobody is told whose subscription has expired or was ended by a refusal', async () => {
  const { db, subscribe, post } = await scene();
  await subscribe(ann);
  await subscribe(bob);
  await refuseSubscriptions(db, bob, NOW);
  await post(undefined, UNTIL, 'NVDA', UNTIL);
  expect(await storedPings(db)).toEqual([]);
  await post();
  expect(await peopleOf(db)).toEqual(['ann']);
});

test('a message that is leased is not leased again before its lease is over, and then as one that may have been sent', async () => {
  const { db, subscribe, post } = await scene();
  await subscribe(ann);
  await post();
  expect(await lease(db, NOW - 1)).toEqual([]);
  expect(await lease(db)).toHaveLength(1);
  expect(await lease(db, NOW + 89_999)).toEqual([]);
  expect(await lease(db, NOW + 90_000)).toMatchObject([{ attempts: 2, triedAt: NOW }]);
  expect(await lease(db, NOW + 180_000)).toMatchObject([{ attempts: 3, triedAt: NOW }]);
});

test('a message that has certainly not been sent is tried again as a new one', async () => {
  const { db, subscribe, post } = await scene();
  await subscribe(ann);
  await post();
  const [ping] = await lease(db);
  await postponePing(db, ping?.id ?? 0, { dueAt: NOW + 5_000, triedAt: null });
  expect(await lease(db, NOW + 4_999)).toEqual([]);
  expect(await lease(db, NOW + 5_000)).toMatchObject([{ attempts: 2, triedAt: null }]);
});

test('messages are leased in the order of their times, no more than asked for, and of their platform alone', async () => {
  const { db, subscribe, post } = await scene();
  await subscribe(ann);
  await subscribe(bob);
  await post();
  expect(await leasePings(db, { platform: 'slack', now: NOW, until: NOW, limit: 9 })).toEqual([]);
  expect((await lease(db, NOW, 1)).map(({ person }) => person)).toEqual(['ann']);
  expect((await lease(db, NOW, 1)).map(({ person }) => person)).toEqual(['bob']);
});

test('a message expires half an hour after its card, once it is due', async () => {
  const { db, subscribe, post } = await scene();
  await subscribe(ann);
  await post();
  const end = NOW + 30 * MINUTE;
  expect(await expirePings(db, 'discord', end - 1)).toBe(0);
  expect(await lease(db, end)).toEqual([]);
  expect(await expirePings(db, 'slack', end)).toBe(0);
  await lease(db, end - 1);
  expect(await expirePings(db, 'discord', end)).toBe(0);
  expect(await expirePings(db, 'discord', end + 90_000)).toBe(1);
});

test('the nightly upkeep deletes what has expired on a platform that is not set up any more', async () => {
  const { db, subscribe, post } = await scene();
  await subscribe(ann);
  await post();
  const purge = async (now: number) => {
    const since = { cardsSince: 0, notesSince: 0, answersSince: 0, endedSince: 0 };
    for (const policy of retentionPolicies(since, () => true)) await policy.purge(db, 100, now);
    return storedPings(db);
  };
  expect(await purge(NOW + 30 * MINUTE - 1)).toHaveLength(1);
  expect(await purge(NOW + 30 * MINUTE)).toEqual([]);
});

test('a message is due on its own platform alone, until it is deleted', async () => {
  const { db, subscribe, post } = await scene();
  await subscribe(ann);
  await post();
  expect([await anyPingDue(db, 'discord', NOW), await anyPingDue(db, 'slack', NOW)]).toEqual([true, false]);
  expect(await anyPingDue(db, 'discord', NOW - 1)).toBe(false);
  await deletePing(db, (await storedPings(db))[0]?.id ?? 0);
  expect(await anyPingDue(db, 'discord', NOW)).toBe(false);
});

test('ending a symbol ends it in all channels with what is not sent yet, and nothing else', async () => {
  const { db, first, second, subscribe, post } = await scene();
  await subscribe(ann, first);
  await subscribe(ann, second);
  await subscribe(ann, first, 'TSLA');
  await subscribe(bob);
  await post();
  expect(await endSubscriptions(db, ann, 'NVDA')).toBe(2);
  expect(await endSubscriptions(db, ann, 'NVDA')).toBe(0);
  expect(await peopleOf(db)).toEqual(['bob']);
  expect((await readSubscriptions(db, ann, NOW)).map(({ symbol }) => symbol)).toEqual(['TSLA']);
  expect(await endSubscriptions(db, ann, '*')).toBe(1);
  expect(await endSubscriptions(db, { ...bob, platform: 'slack' }, '*')).toBe(0);
  expect(await readSubscriptions(db, bob, NOW)).toHaveLength(1);
});

test('who leaves a channel loses what is subscribed there', async () => {
  const { db, first, second, subscribe } = await scene();
  await subscribe(ann, first);
  await subscribe(ann, second);
  await subscribe(bob, first);
  await endSubscriptionsIn(db, first, ann);
  expect((await storedSubscriptions(db)).map(({ person, channelId }) => [person, channelId])).toEqual([
    ['ann', second],
    ['bob', first],
  ]);
});

test('a refusal that is about the person ends all of theirs and their messages, and is kept', async () => {
  const { db, second, subscribe, post } = await scene();
  await subscribe(ann);
  await subscribe(ann, second, 'TSLA');
  await subscribe(bob);
  await post();
  await refuseSubscriptions(db, ann, NOW);
  expect(await peopleOf(db)).toEqual(['bob']);
  expect(await readSubscriptions(db, ann, NOW)).toMatchObject([
    { symbol: 'NVDA', ended: true, refusal: { kind: 'closed', at: NOW } },
    { symbol: 'TSLA', ended: true },
  ]);
  await refuseSubscriptions(db, ann, NOW + 1);
  expect((await storedSubscriptions(db))[0]?.endedAt).toBe(NOW);
  await subscribe(ann);
  const [renewed, other] = await readSubscriptions(db, ann, NOW);
  expect(renewed).toMatchObject({ symbol: 'NVDA', ended: false });
  expect(renewed?.refusal).toBeUndefined();
  expect(other).toMatchObject({ symbol: 'TSLA', ended: true });
});

test('any other refusal is noted until a message is taken', async () => {
  const { db, subscribe } = await scene();
  await subscribe(ann);
  const [{ id } = { id: 0 }] = await storedSubscriptions(db);
  await noteRefusal(db, id, 'refused', NOW);
  expect(await readSubscriptions(db, ann, NOW)).toMatchObject([
    { ended: false, refusal: { kind: 'refused', at: NOW } },
  ]);
  await noteRefusal(db, id, null, NOW);
  expect((await readSubscriptions(db, ann, NOW))[0]?.refusal).toBeUndefined();
});

test('a forgotten channel leaves nothing of its people', async () => {
  const { db, first, second, subscribe, post } = await scene();
  await subscribe(ann);
  await subscribe(bob, second);
  await post();
  await forgetChannel(db, first);
  expect((await storedSubscriptions(db)).map(({ person }) => person)).toEqual(['bob']);
  expect(await storedPings(db)).toEqual([]);
});

test('two channels that become one keep the subscriptions of both, each once', async () => {
  const { db, first, second, subscribe } = await scene();
  await subscribe(ann, first);
  await subscribe(ann, second);
  await subscribe(bob, first);
  await joinChannels(db, first, second);
  expect((await storedSubscriptions(db)).map(({ person, channelId }) => [person, channelId])).toEqual([
    ['ann', second],
    ['bob', second],
  ]);
});

test('the nightly upkeep deletes what has expired or was ended a month ago', async () => {
  const { db, subscribe } = await scene();
  for (const who of [ann, bob]) await subscribe(who);
  await refuseSubscriptions(db, bob, NOW);
  const purge = async (now: number) => {
    const since = { cardsSince: 0, notesSince: 0, answersSince: 0, endedSince: now - 30 * DAY };
    for (const policy of retentionPolicies(since, () => true)) await policy.purge(db, 100, now);
    return (await storedSubscriptions(db)).map(({ person }) => person);
  };
  expect(await purge(NOW + 30 * DAY)).toEqual(['ann', 'bob']);
  expect(await purge(NOW + 30 * DAY + 1)).toEqual(['ann']);
  expect(await purge(UNTIL - 1)).toEqual(['ann']);
  expect(await purge(UNTIL)).toEqual([]);
});
