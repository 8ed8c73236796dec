import { expect, test } from 'vitest';
import { anythingDue, anythingToReap, anythingToRelease, nextPriority } from '../../src/store/looks.ts';
import { createDeliveryFixture, NOON } from '../delivery/delivery-fixture.ts';
import { changeDeliveries } from './inspect.ts';

const createDelivery = async () => {
  const fixture = await createDeliveryFixture();
  await fixture.addChannel('discord', '1');
  await fixture.enqueueSlide('NVDA');
  const { db } = fixture.store;
  const change = (to: Parameters<typeof changeDeliveries>[1]) =>
    changeDeliveries(db, { isReady: 0, leasedUntil: null, heldUntil: null, dueAt: NOON, expiresAt: NOON + 9, ...to });
  return { db, change };
};

test('something is due on its platform from its time on, or once it is ready, and while nobody has leased or settled it', async () => {
  const { db, change } = await createDelivery();
  const due = async (now: number): Promise<boolean[]> => [
    await anythingDue(db, 'discord', now),
    await anythingDue(db, 'slack', now),
  ];
  for (const state of ['pending', 'unsure'] as const) {
    await change({ state });
    expect(await due(NOON - 1)).toEqual([false, false]);
    expect(await due(NOON)).toEqual([true, false]);
  }
  await change({ state: 'pending', isReady: 1 });
  expect(await due(NOON - 1)).toEqual([true, false]);
  for (const state of ['leased', 'quiet', 'sent', 'muted'] as const) {
    await change({ state });
    expect(await due(NOON)).toEqual([false, false]);
  }
});

test('a lease that has run out is for the reaper of its platform; what has expired or is unconfirmed for long, for any', async () => {
  const { db, change } = await createDelivery();
  const reapable = async (now: number): Promise<boolean[]> => [
    await anythingToReap(db, 'discord', now),
    await anythingToReap(db, 'slack', now),
  ];
  await change({ state: 'leased', leasedUntil: NOON, expiresAt: NOON - 9 });
  expect(await reapable(NOON - 1)).toEqual([false, false]);
  expect(await reapable(NOON)).toEqual([true, false]);
  await change({ state: 'unsure', heldUntil: NOON });
  expect(await reapable(NOON - 1)).toEqual([false, false]);
  expect(await reapable(NOON)).toEqual([true, true]);
  for (const state of ['pending', 'unsure'] as const) {
    await change({ state, expiresAt: NOON });
    expect(await reapable(NOON - 1)).toEqual([false, false]);
    expect(await reapable(NOON)).toEqual([true, true]);
  }
  for (const state of ['quiet', 'sent', 'expired'] as const) {
    await change({ state, heldUntil: NOON - 9, leasedUntil: NOON - 9, expiresAt: NOON - 9 });
    expect(await reapable(NOON)).toEqual([false, false]);
  }
});

test('quiet hours are looked at once those that hold something are over', async () => {
  const { db, change } = await createDelivery();
  await change({ state: 'quiet', heldUntil: NOON });
  expect(await anythingToRelease(db, NOON - 1)).toBe(false);
  expect(await anythingToRelease(db, NOON)).toBe(true);
  await change({ state: 'unsure', heldUntil: NOON });
  expect(await anythingToRelease(db, NOON)).toBe(false);
});

test('the next priority is the first of which something is ready on the platform', async () => {
  const { db, change } = await createDelivery();
  await change({ state: 'pending', isReady: 1, priority: 2 });
  expect(await nextPriority(db, 'discord', 0)).toBe(2);
  expect(await nextPriority(db, 'discord', 2)).toBe(2);
  expect(await nextPriority(db, 'discord', 3)).toBeUndefined();
  expect(await nextPriority(db, 'slack', 0)).toBeUndefined();
  await change({ state: 'pending', isReady: 0, priority: 2 });
  expect(await nextPriority(db, 'discord', 0)).toBeUndefined();
});
