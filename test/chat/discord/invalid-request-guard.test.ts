import { describe, expect, it } from 'vitest';
import { createInvalidRequestGuard } from '../../../src/chat/discord/invalid-request-guard.ts';

const guardAfter = (count: number, status: number, scope: string | null = null) => {
  let time = 0;
  const guard = createInvalidRequestGuard(() => time);
  for (let n = 0; n < count; n += 1) guard.record(status, scope);
  return { guard, advance: (ms: number) => (time += ms) };
};

describe('the guard against invalid requests', () => {
  it.each([
    [401, null],
    [403, null],
    [429, null],
    [429, 'user'],
    [429, 'global'],
  ])('closes at 2,000 answers of %i with scope %s, not before', (status, scope) => {
    expect(guardAfter(1_999, status, scope).guard.waitMs()).toBe(0);
    expect(guardAfter(2_000, status, scope).guard.waitMs()).toBe(600_000);
  });

  it.each([
    [200, null],
    [404, null],
    [500, null],
    [429, 'shared'],
  ])('does not count %i with scope %s', (status, scope) => {
    expect(guardAfter(2_000, status, scope).guard.waitMs()).toBe(0);
  });

  it('opens again when the answers are ten minutes old', () => {
    const { guard, advance } = guardAfter(2_000, 401);
    advance(599_999);
    expect(guard.waitMs()).toBe(1);
    advance(1);
    expect(guard.waitMs()).toBe(0);
  });

  it('keeps everything back while the address is banned, and for 80 seconds if no time was named', () => {
    const { guard, advance } = guardAfter(0, 200);
    guard.ban(undefined);
    expect([guard.bannedMs(), guard.waitMs()]).toEqual([80_000, 80_000]);
    guard.ban(3_600_000);
    guard.ban(1_000);
    advance(3_599_999);
    expect(guard.waitMs()).toBe(1);
    advance(1);
    expect([guard.bannedMs(), guard.waitMs()]).toEqual([0, 0]);
  });
});
