import fc from 'fast-check';
import { expect, it } from 'vitest';
import { deliveryBackoffMs, pauseRetryMs } from '../../src/delivery/retry-delays.ts';
import { createDeliveryFixture, MINUTE, NOON, SECOND } from './delivery-fixture.ts';
import { recorder } from './recorder.ts';

const random = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });

it('waits whole milliseconds, between half of the doubled wait and all of it', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 100 }), random, (attempts, drawn) => {
      const waitMs = deliveryBackoffMs(attempts, () => drawn);
      const fullMs = Math.min(5 * MINUTE, 2 * SECOND * 2 ** (attempts - 1));
      expect(Number.isInteger(waitMs)).toBe(true);
      expect(waitMs).toBeGreaterThanOrEqual(fullMs / 2);
      expect(waitMs).toBeLessThanOrEqual(fullMs);
    }),
  );
});

it('waits whole milliseconds for a paused channel', () => {
  fc.assert(
    fc.property(fc.nat(), fc.nat(100_000), random, (pausedForMs, channels, drawn) => {
      expect(Number.isInteger(pauseRetryMs(pausedForMs, channels, () => drawn))).toBe(true);
    }),
  );
});

it('tries a paused channel after ten minutes, then after as long as the pause has lasted, and every hour at last', () => {
  const minutes = [0, 5, 30, 60, 600].map((paused) => pauseRetryMs(paused * MINUTE, 1, () => 0) / MINUTE);
  expect(minutes).toEqual([10, 10, 30, 60, 60]);
});

it.each([
  ['cannot be made', {}],
  ['meets a platform that is down', { kind: 'credential', reason: 'Dead token.', remedy: 'Get another.' } as const],
  ['gets no reply', { kind: 'unknown', reason: 'answer lost' } as const],
  ['is to wait for a part of a millisecond', { kind: 'later', reason: 'busy', afterMs: 2_500.25 } as const],
])('a card that %s is due at a whole millisecond', async (_, outcome) => {
  const fixture = await createDeliveryFixture();
  await fixture.addChannel('discord', '1');
  await fixture.enqueueSlide('NVDA');
  const discord = recorder('discord', () => ('kind' in outcome ? outcome : { kind: 'sent', messageId: 'm' }));
  const compose = async (): Promise<never> => {
    throw new Error('no picture, no words');
  };
  await fixture
    .createCourier([discord], { random: () => 0.119754, ...(!('kind' in outcome) && { compose }) })
    .run(NOON);
  const [row] = await fixture.rows();
  expect(row).toMatchObject({ state: 'pending', attempts: 1 });
  expect(Number.isInteger(row?.dueAt)).toBe(true);
  expect(row?.dueAt).toBeGreaterThan(NOON);
});
