import { describe, expect, it } from 'vitest';
import { type CoolDown, createFixedCoolDown, createGrowingCoolDown } from '../../src/http/cool-down.ts';
import { createHost } from '../../src/http/host.ts';
import { HostError, type HostFault } from '../../src/http/host-error.ts';
import { createHostFailures } from '../../src/http/host-failures.ts';

const MINUTE_MS = 60_000;

const failures = createHostFailures({ name: 'Acme', create: (...failure) => new HostError(...failure) });

/** A host that is tried twice a call, on a clock that the test sets. */
const stage = (coolDown: CoolDown = createGrowingCoolDown(() => 0)) => {
  let now = 0;
  const requests: string[] = [];
  const pauses: number[] = [];
  const host = createHost({
    ...{ failures, coolDown, random: () => 0 },
    tries: { tries: 2, firstWaitMs: 1, growth: 1, longestWaitMs: 1_000 },
    retried: ['throttled', 'unreachable'],
    breaker: { after: 2, restMs: 1_000 },
    onPause: (pauseMs) => void pauses.push(pauseMs),
    wait: async () => {},
  });
  const ask = (lane: string, fault?: HostFault, retryAfterMs?: number): Promise<unknown> =>
    host
      .ask({ clock: () => now, lane }, async () => {
        requests.push(lane);
        if (fault) throw new HostError(fault, fault, { retryAfterMs });
        return 'yes';
      })
      .catch((error: unknown) => (error instanceof HostError ? `${error.fault}: ${error.message}` : error));
  return {
    ask,
    requests,
    pauses,
    at: (time: number) => {
      now = time;
    },
  };
};

describe('a host', () => {
  it('is asked again after the faults that may pass, and after no others', async () => {
    const { ask, requests } = stage();
    await ask('a', 'unreachable');
    await ask('b', 'refused');
    await ask('c', 'unreadable');
    expect(requests).toEqual(['a', 'a', 'b', 'c']);
  });

  it('is asked on no lane during the pause after throttling, and the error says for how long', async () => {
    const { ask, requests, pauses, at } = stage();
    await ask('a', 'throttled');
    at(18_000);
    expect(await ask('b')).toBe('throttled: Acme is rate limiting us; next request in 42 s');
    at(MINUTE_MS);
    expect(await ask('b')).toBe('yes');
    expect([requests, pauses]).toEqual([['a', 'a', 'b'], [MINUTE_MS]]);
  });

  it('has a breaker for each lane', async () => {
    const { ask, requests } = stage();
    await ask('a', 'unreachable');
    await ask('a');
    expect(await ask('b')).toBe('yes');
    expect(requests).toEqual(['a', 'a', 'b']);
  });

  it('pauses for a fixed time, or as long as it says', async () => {
    const { ask, pauses, at } = stage(createFixedCoolDown(10 * MINUTE_MS));
    await ask('a', 'throttled');
    at(10 * MINUTE_MS);
    await ask('a', 'throttled', 5_000);
    expect(pauses).toEqual([10 * MINUTE_MS, 5_000]);
  });
});

describe('the errors of a host', () => {
  const answer = (status: number, headers = {}): Response => new Response('', { status, headers });

  it('are told apart by status', () => {
    const faults = [429, 500, 503, 403, 404].map((status) => failures.ofStatus(answer(status))?.fault);
    expect(faults).toEqual(['throttled', 'unreachable', 'unreachable', undefined, undefined]);
  });

  it('say what follows for the reader', () => {
    expect(failures.ofStatus(answer(503), 'prices are delayed')?.message).toBe(
      'Acme is having problems (HTTP 503); prices are delayed',
    );
    expect(failures.refused(400).message).toBe('Acme rejected the request (HTTP 400)');
  });

  it('carry the Retry-After of an answer that throttles', () => {
    expect(failures.ofStatus(answer(429, { 'retry-after': '7' }))?.retryAfterMs).toBe(7_000);
    expect(failures.ofStatus(answer(503, { 'retry-after': '7' }))?.retryAfterMs).toBeUndefined();
  });

  it('carry a Retry-After that is a time as what is left of it on the clock of the host', () => {
    const at = (time: string): number | undefined =>
      failures.ofStatus(
        answer(429, { date: 'Tue, 30 Jul 2024 20:00:00 GMT', 'retry-after': `Tue, 30 Jul 2024 ${time} GMT` }),
      )?.retryAfterMs;
    expect(at('20:00:07')).toBe(7_000);
    expect(at('19:59:00')).toBe(0);
  });
});
