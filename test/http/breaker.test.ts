import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { createBreaker } from '../../src/http/breaker.ts';

const down = new Error('down');
const odd = new Error('odd');

/** A breaker on a clock that the test sets, with the number of calls that it let through. */
const stage = () => {
  let now = 0;
  let asked = 0;
  const breaker = createBreaker({ after: 3, restMs: 1_000, clock: () => now, counts: (error) => error === down });
  const ask = (answer: Error | 'yes'): Promise<unknown> =>
    breaker
      .run(async () => {
        asked += 1;
        if (answer !== 'yes') throw answer;
        return answer;
      })
      .catch((error: unknown) => error);
  return {
    breaker,
    ask,
    asked: () => asked,
    at: (time: number) => {
      now = time;
    },
  };
};

describe('a breaker', () => {
  it('opens after the given number of failures in a row, and then rejects with the last one without a call', async () => {
    const { ask, asked, breaker } = stage();
    for (const answer of [down, down, 'yes', down, down, down] as const) await ask(answer);
    expect(breaker.isOpen()).toBe(true);
    expect(await ask('yes')).toBe(down);
    expect(asked()).toBe(6);
  });

  it('lets one probe through when the rest is over, and closes when it succeeds', async () => {
    const { ask, asked, at, breaker } = stage();
    for (let n = 0; n < 3; n += 1) await ask(down);
    at(999);
    expect(await ask('yes')).toBe(down);
    at(1_000);
    expect(await ask('yes')).toBe('yes');
    expect(breaker.isOpen()).toBe(false);
    expect(asked()).toBe(4);
  });

  it('rests for the same time again when the probe fails', async () => {
    const { ask, asked, at } = stage();
    for (let n = 0; n < 3; n += 1) await ask(down);
    at(1_000);
    await ask(down);
    at(1_999);
    expect(await ask('yes')).toBe(down);
    at(2_000);
    expect(await ask('yes')).toBe('yes');
    expect(asked()).toBe(5);
  });

  it("does not count failures that are not the service's", async () => {
    const { ask, breaker } = stage();
    for (let n = 0; n < 9; n += 1) expect(await ask(odd)).toBe(odd);
    expect(breaker.isOpen()).toBe(false);
  });

  it('ends its rest in time if the system clock, which its library reads, is set back', async () => {
    const { ask, at } = stage();
    vi.useFakeTimers({ toFake: ['Date'] });
    onTestFinished(() => void vi.useRealTimers());
    for (let n = 0; n < 3; n += 1) await ask(down);
    vi.setSystemTime(Date.now() - 3_600_000);
    at(60_000);
    expect(await ask('yes')).toBe('yes');
  });

  it('ends its rest when the clock is set back', async () => {
    const { ask, at } = stage();
    at(5_000);
    for (let n = 0; n < 3; n += 1) await ask(down);
    at(10);
    expect(await ask('yes')).toBe('yes');
  });
});
