import { expect, it } from 'vitest';
import { createReaper } from '../../src/delivery/reaper.ts';
import { silent } from '../../src/telemetry/log.ts';
import { changeDeliveries } from '../store/inspect.ts';
import { createDeliveryFixture, MINUTE, NOON, SECOND } from './delivery-fixture.ts';

it('ended leases are looked for once a second, and at once after the clock was set back', async () => {
  const fixture = await createDeliveryFixture();
  await fixture.addChannel('discord', '1');
  await fixture.enqueueSlide('NVDA');
  const { db } = fixture.store;
  const reap = createReaper({
    store: fixture.store,
    platform: 'discord',
    log: silent,
    leaseMs: 90 * SECOND,
    whenUnsure: 'send-again',
    onExpired: () => undefined,
  });
  /** Whether a lease that has ended, however long ago, is taken back at `now`. */
  const takesBack = async (now: number): Promise<boolean> => {
    await changeDeliveries(db, { state: 'leased', leasedUntil: NOON - 60 * MINUTE });
    await reap(now);
    return (await fixture.rows())[0]?.state === 'pending';
  };
  expect(await takesBack(NOON)).toBe(true);
  expect(await takesBack(NOON + SECOND - 1)).toBe(false);
  expect(await takesBack(NOON + SECOND)).toBe(true);
  expect(await takesBack(NOON - 30 * MINUTE)).toBe(true);
});
