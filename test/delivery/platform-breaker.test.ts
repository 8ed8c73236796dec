import { expect, it } from 'vitest';
import { createPlatformBreaker } from '../../src/delivery/platform-breaker.ts';
import { MINUTE, NOON, SECOND } from './delivery-fixture.ts';

it('a wait that the platform asked for is over where the clock was set back', () => {
  const trouble = createPlatformBreaker(() => 0);
  trouble.record({ kind: 'later', reason: 'slow down', afterMs: 3 * SECOND, everywhere: true }, NOON);
  expect(trouble.isHeld(NOON + SECOND)).toBe(true);
  expect(trouble.isHeld(NOON + 3 * SECOND)).toBe(false);
  expect(trouble.isHeld(NOON - 60 * MINUTE)).toBe(false);
});
