import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createBreaker } from '../../src/http/breaker.ts';
import { createTries, type TriesOptions } from '../../src/http/tries.ts';

class Failure extends Error {
  readonly retryAfterMs: number | undefined;
  constructor(retryAfterMs?: number) {
    super('no');
    this.retryAfterMs = retryAfterMs;
  }
}

const stage = (options: Partial<TriesOptions> = {}) => {
  const waits: number[] = [];
  const tries = createTries({
    tries: 4,
    firstWaitMs: 1_000,
    growth: 2,
    longestWaitMs: 4_000,
    retryable: (error) => (error instanceof Failure ? error : undefined),
    wait: async (ms) => void waits.push(ms),
    random: () => 0,
    ...options,
  });
  return { tries, waits };
};

/** Fails with these, one after the other, and then succeeds. */
const failing = (...errors: Error[]) => {
  let asked = 0;
  const task = async (): Promise<string> => {
    const error = errors[asked];
    asked += 1;
    if (error) throw error;
    return 'yes';
  };
  return { task, asked: () => asked };
};

describe('tries', () => {
  it('are repeated with waits that grow, until one succeeds', async () => {
    const { tries, waits } = stage();
    const { task, asked } = failing(new Failure(), new Failure());
    expect(await tries(task)).toBe('yes');
    expect([asked(), waits]).toEqual([3, [500, 1_000]]);
  });

  it('end with the last failure when they are used up', async () => {
    const { tries, waits } = stage();
    const last = new Failure();
    const { task, asked } = failing(new Failure(), new Failure(), new Failure(), last, new Failure());
    await expect(tries(task)).rejects.toBe(last);
    expect([asked(), waits]).toEqual([4, [500, 1_000, 2_000]]);
  });

  it('are not repeated for failures that waiting does not fix, nor if the stay-away is too long', async () => {
    for (const error of [new Error('never'), new Failure(4_001)]) {
      const { tries, waits } = stage();
      const { task, asked } = failing(error);
      await expect(tries(task)).rejects.toBe(error);
      expect([asked(), waits]).toEqual([1, []]);
    }
  });

  it('are repeated after the longest stay-away that is waited for', async () => {
    const { tries, waits } = stage();
    expect(await tries(failing(new Failure(4_000)).task)).toBe('yes');
    expect(waits).toEqual([4_000]);
  });

  it('wait as long as the host says, and never less than the normal wait', async () => {
    const { tries, waits } = stage();
    await tries(failing(new Failure(3_000), new Failure(1)).task);
    expect(waits).toEqual([3_000, 1_000]);
  });

  it('wait between half of the normal wait and all of it', async () => {
    const chance = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });
    await fc.assert(
      fc.asyncProperty(chance, async (random) => {
        const { tries, waits } = stage({ random: () => random });
        await tries(failing(new Failure(), new Failure(), new Failure()).task);
        for (const [n, due] of [1_000, 2_000, 4_000].entries()) {
          expect(waits[n]).toBeGreaterThanOrEqual(due / 2);
          expect(waits[n]).toBeLessThanOrEqual(due);
        }
      }),
    );
  });

  it('end when the breaker opens, with the failure that opened it and without another wait', async () => {
    const counts = (error: unknown) => error instanceof Failure;
    const breaker = createBreaker({ after: 2, restMs: 1_000, clock: () => 0, counts });
    const { tries, waits } = stage({ breaker });
    const second = new Failure();
    const { task, asked } = failing(new Failure(), second);
    await expect(tries(task)).rejects.toBe(second);
    await expect(tries(task)).rejects.toBe(second);
    expect([asked(), waits]).toEqual([2, [500]]);
  });

  it('end when the signal aborts', async () => {
    const { tries } = stage();
    const stop = new AbortController();
    const { task, asked } = failing(new Failure(), new Failure());
    await expect(
      tries(() => {
        stop.abort();
        return task();
      }, stop.signal),
    ).rejects.toBeInstanceOf(Failure);
    expect(asked()).toBe(1);
  });
});
