import fc from 'fast-check';
import { expect, it } from 'vitest';
import { createQuota } from '../../src/http/quota.ts';

it('never allows more than its number within any window, and refuses nothing without need', () => {
  const steps = fc.array(fc.integer({ min: 0, max: 400 }), { maxLength: 60 });
  fc.assert(
    fc.property(steps, (gaps) => {
      const quota = createQuota(5, 1_000);
      const out: number[] = [];
      let now = 0;
      for (const gap of gaps) {
        now += gap;
        const within = out.filter((at) => now - at < 1_000).length;
        expect(quota.take(now)).toBe(within < 5);
        if (within < 5) out.push(now);
      }
    }),
  );
});

it('forgets earlier requests when the clock is set back', () => {
  const quota = createQuota(1, 1_000);
  expect([quota.take(5_000), quota.take(5_001), quota.take(10)]).toEqual([true, false, true]);
});
