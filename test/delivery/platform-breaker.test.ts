import { expect, it } from 'vitest';
import type { Outcome } from '../../src/chat/platform.ts';
import { createPlatformBreaker } from '../../src/delivery/platform-breaker.ts';
import { MINUTE, NOON, SECOND } from './delivery-fixture.ts';

it('a wait that the platform asked for ends if the clock is set back', () => {
  const breaker = createPlatformBreaker(() => 0);
  breaker.record({ kind: 'later', reason: 'slow down', afterMs: 3 * SECOND, everywhere: true }, NOON);
  expect(breaker.isHeld(NOON + SECOND)).toBe(true);
  expect(breaker.isHeld(NOON + 3 * SECOND)).toBe(false);
  expect(breaker.isHeld(NOON - 60 * MINUTE)).toBe(false);
});

it('a shorter wait does not end a longer one that the platform asked for before', () => {
  const breaker = createPlatformBreaker(() => 0);
  for (const seconds of [30, 1])
    breaker.record({ kind: 'later', reason: 'slow down', afterMs: seconds * SECOND, everywhere: true }, NOON);
  expect(breaker.isHeld(NOON + 29 * SECOND)).toBe(true);
  expect(breaker.isHeld(NOON + 30 * SECOND)).toBe(false);
});

it('32 posts in a row without an answer hold the platform back; one that it answered in between starts the count again', () => {
  const breaker = createPlatformBreaker(() => 0);
  const after = (outcome: Outcome, count: number) => {
    for (let n = 0; n < count; n += 1) breaker.record(outcome, NOON);
    return breaker.isHeld(NOON);
  };
  const lost: Outcome = { kind: 'unknown', reason: 'lost' };
  const unreached: Outcome = { kind: 'later', reason: 'not reached' };
  const busy: Outcome = { kind: 'later', reason: 'slow down', afterMs: SECOND };
  expect(after(busy, 100)).toBe(false);
  expect(after(lost, 31)).toBe(false);
  expect(after(busy, 1)).toBe(false);
  expect(after(lost, 16)).toBe(false);
  expect(after(unreached, 15)).toBe(false);
  expect(after(unreached, 1)).toBe(true);
});
