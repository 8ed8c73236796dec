import { expect, it } from 'vitest';
import { createPlatformBreaker } from '../../src/delivery/platform-breaker.ts';
import { MINUTE, NOON, SECOND } from './delivery-fixture.ts';

it('a wait that the platform asked for ends if the clock is set back', () => {
  const breaker = createPlatformBreaker(() => 0);
  breaker.record({ kind: 'later', reason: 'slow down', afterMs: 3 * SECOND, everywhere: true }, NOON);
  expect(breaker.isHeld(NOON + SECOND)).toBe(true);
  expect(breaker.isHeld(NOON + 3 * SECOND)).toBe(false);
  expect(breaker.isHeld(NOON - 60 * MINUTE)).toBe(false);
});
