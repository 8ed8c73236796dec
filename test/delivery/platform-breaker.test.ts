import { expect, it } from 'vitest';
import type { Outcome } from '../../src/chat/platform.ts';
import { createPlatformBreaker } from '../../src/delivery/platform-breaker.ts';
import { MINUTE, NOON, SECOND } from './delivery-fixture.ts';

it('a wait that the platform asked for ends if the clock is set back', () => {
  const breaker = createPlatformBreaker(() => 0);
  breaker.record({ kind: 'later', reason: 'slow down', afterMs: 3 * SECOND, everywhere: 'throttled' }, NOON);
  expect(breaker.isHeld(NOON + SECOND)).toBe(true);
  expect(breaker.isHeld(NOON + 3 * SECOND)).toBe(false);
  expect(breaker.isHeld(NOON - 60 * MINUTE)).toBe(false);
});

it('a shorter wait does not end a longer one that the platform asked for before', () => {
  const breaker = createPlatformBreaker(() => 0);
  for (const seconds of [30, 1])
    breaker.record({ kind: 'later', reason: 'slow down', afterMs: seconds * SECOND, everywhere: 'throttled' }, NOON);
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

it('waits that nobody named double to a limit while the refusals go on, and start again after a card is taken', () => {
  const breaker = createPlatformBreaker(() => 1);
  let now = NOON;
  const waits = (count: number): number[] =>
    Array.from({ length: count }, () => {
      const closure = breaker.record({ kind: 'later', reason: 'blocked', everywhere: 'refused' }, now);
      const wait = (closure?.until ?? now) - now;
      now = closure?.until ?? now;
      return wait / SECOND;
    });
  expect(waits(6)).toEqual([30, 60, 120, 240, 480, 600]);
  expect(breaker.isProbing()).toBe(true);
  expect(breaker.closure()).toMatchObject({ cause: 'refused', since: NOON });
  breaker.record({ kind: 'sent', messageId: 'm' }, now);
  expect(breaker.closure()).toBeUndefined();
  expect(breaker.isProbing()).toBe(false);
  expect(waits(1)).toEqual([30]);
});

it('refusals of cards that were under way together count once', () => {
  const breaker = createPlatformBreaker(() => 1);
  for (let n = 0; n < 32; n += 1) breaker.record({ kind: 'later', reason: 'blocked', everywhere: 'refused' }, NOON);
  expect(breaker.isHeld(NOON + 29 * SECOND)).toBe(true);
  expect(breaker.isHeld(NOON + 30 * SECOND)).toBe(false);
});

it('a limit that the platform names is no reason to try one card alone afterwards', () => {
  const breaker = createPlatformBreaker(() => 1);
  breaker.record({ kind: 'later', reason: 'slow down', afterMs: SECOND, everywhere: 'throttled' }, NOON);
  expect(breaker.isProbing()).toBe(false);
});

it('a refusal of a card that was under way does not lengthen a wait that has begun', () => {
  const breaker = createPlatformBreaker(() => 1);
  breaker.record({ kind: 'later', reason: 'blocked', everywhere: 'refused' }, NOON);
  expect(
    breaker.record({ kind: 'later', reason: 'blocked', everywhere: 'refused' }, NOON + 10 * SECOND),
  ).toBeUndefined();
  expect(breaker.isHeld(NOON + 29 * SECOND)).toBe(true);
  expect(breaker.isHeld(NOON + 30 * SECOND)).toBe(false);
});
