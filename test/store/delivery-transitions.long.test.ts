import { describe, expect, it, test } from 'vitest';
import { openChannel } from '../../src/store/channels.ts';
import { abandon, expire, finish, lease, postpone, reclaim } from '../../src/store/deliveries.ts';
import { FIRST_STATES, OPEN_STATES, TRANSITIONS, type Transition } from '../../src/store/delivery-transitions.ts';
import { endHeld, type HeldDelivery, heldDeliveries, releaseHeld } from '../../src/store/held-deliveries.ts';
import { enqueueForChannel } from '../../src/store/outbox.ts';
import type { DeliveryState } from '../../src/store/schema.ts';
import type { Db } from '../../src/store/store.ts';
import { holdUnconfirmed, resolveUnconfirmed } from '../../src/store/unconfirmed.ts';
import { dropUnposted } from '../../src/store/withdrawals.ts';
import { changeDeliveries, type StoredDelivery, storedDeliveries } from './inspect.ts';
import { openTestStore } from './temporary.ts';

const NOW = Date.parse('2024-07-30T20:15:00Z');
const ATTEMPTS = 3;
const attempted = [{ id: 1, attempts: ATTEMPTS }];
const why = { reason: 'because', now: NOW };

const STATES = {
  ...{ pending: 0, leased: 0, quiet: 0, unsure: 0 },
  ...{ sent: 0, merged: 0, summed: 0, withdrawn: 0, muted: 0, expired: 0, gone: 0, failed: 0 },
} satisfies Record<DeliveryState, 0>;
const states = Object.keys(STATES) as DeliveryState[];
const isOpen = (state: DeliveryState): boolean => (OPEN_STATES as readonly DeliveryState[]).includes(state);

/** A held delivery that somebody has read before the state changed. */
const held: HeldDelivery = { id: 1, storyId: 1, symbol: '*', kind: 'test', heldUntil: NOW, createdAt: NOW };

/** Everything in the store that moves deliveries, by what it calls that. */
const movers: Record<Transition, readonly ((db: Db) => Promise<unknown>)[]> = {
  claim: [(db) => lease(db, attempted, { until: NOW }), (db) => lease(db, attempted, { until: NOW, batch: 1 })],
  sent: [(db) => finish(db, attempted, 'sent', { messageId: 'm', now: NOW })],
  failed: [(db) => finish(db, attempted, 'failed', why)],
  gone: [(db) => finish(db, attempted, 'gone', why)],
  postpone: [(db) => postpone(db, attempted, 'postpone', { dueAt: NOW, reason: 'busy', unconfirmedSince: NOW })],
  pause: [(db) => postpone(db, attempted, 'pause', { dueAt: NOW, reason: 'no' })],
  hold: [(db) => holdUnconfirmed(db, attempted, { dueAt: NOW, heldUntil: NOW, reason: 'May not be read.' })],
  reclaim: [(db) => reclaim(db, 'discord', NOW, 90_000)],
  resend: [(db) => resolveUnconfirmed(db, NOW, 'send-again')],
  giveUp: [(db) => resolveUnconfirmed(db, NOW, 'give-up')],
  expire: [(db) => expire(db, NOW), (db) => finish(db, attempted, 'expire', { now: NOW })],
  merge: [(db) => finish(db, attempted, 'merge', why)],
  withdraw: [(db) => dropUnposted(db, 1, NOW)],
  release: [(db) => releaseHeld(db, [held], NOW, NOW)],
  summarise: [(db) => endHeld(db, [held], 'summarise', { now: NOW })],
  mute: [(db) => endHeld(db, [held], 'mute', { now: NOW })],
  drop: [(db) => endHeld(db, [held], 'drop', why)],
  close: [(db) => abandon(db, 1, 'retired', NOW)],
};
const named = (Object.keys(movers) as Transition[]).flatMap((name) => movers[name].map((move) => ({ name, move })));

/** A delivery in a state in which it is due, old and out of its lease, so that only the state decides what may happen. */
const deliveryIn = async (state: DeliveryState): Promise<Db> => {
  const { db } = await openTestStore();
  const { id } = await openChannel(db, { platform: 'discord', address: '1', language: 'en' }, NOW);
  await enqueueForChannel(db, id, { kind: 'test', symbol: '*', at: NOW }, { now: NOW, dueAt: NOW });
  const due = { expiresAt: NOW, leasedUntil: NOW, heldUntil: NOW };
  await changeDeliveries(db, { state, attempts: ATTEMPTS, batch: 1, ...due });
  return db;
};

const rowOf = async (db: Db) => (await storedDeliveries(db))[0] as StoredDelivery;

describe.each(named)('$name', ({ name, move }) => {
  const { from, to } = TRANSITIONS[name] as { readonly from: readonly DeliveryState[]; readonly to: DeliveryState };

  it.each(states)('moves a delivery that is %s as the table says, and leaves it alone else', async (state) => {
    const db = await deliveryIn(state);
    const before = await rowOf(db);
    await move(db);
    const after = await rowOf(db);
    if (!from.includes(state)) {
      expect(after).toEqual(before);
      return;
    }
    expect(after.state).toBe(to);
    expect(after.leasedUntil !== null).toBe(to === 'leased');
    expect(after.heldUntil !== null).toBe(to === 'unsure');
    expect(after.settledAt).toBe(isOpen(to) ? null : NOW);
    expect(after.attempts).toBe(ATTEMPTS + (to === 'leased' ? 1 : 0));
  });
});

test('a delivery ends once: no transition leaves a final state, and every open state can be left', () => {
  const left = new Set(Object.values(TRANSITIONS).flatMap(({ from }): readonly DeliveryState[] => from));
  expect(states.filter((state) => left.has(state))).toEqual(
    [...OPEN_STATES].sort((a, b) => states.indexOf(a) - states.indexOf(b)),
  );
});

test('every state can be reached from those that a delivery is enqueued in', () => {
  const reached = new Set<DeliveryState>(FIRST_STATES);
  for (let size = 0; size < reached.size; ) {
    size = reached.size;
    for (const { from, to } of Object.values(TRANSITIONS))
      if (from.some((state) => reached.has(state))) reached.add(to);
  }
  expect([...reached].sort()).toEqual([...states].sort());
});

test('held deliveries that are read once are released once', async () => {
  const db = await deliveryIn('quiet');
  const both = await heldDeliveries(db, 1);
  await releaseHeld(db, both, NOW, NOW);
  await lease(db, attempted, { until: NOW + 90_000 });
  const before = await rowOf(db);
  await releaseHeld(db, both, NOW, NOW);
  await endHeld(db, both, 'summarise', { now: NOW });
  expect(await rowOf(db)).toEqual(before);
});
