import { expect, test } from 'vitest';
import { BASES, BASIS_IDS, briefBasis } from '../../src/facts/basis.ts';
import { METRIC_IDS } from '../../src/facts/metric.ts';
import { curatedFacts } from './samples.ts';

test('every basis has a text in English and in Korean', () => {
  for (const basis of BASIS_IDS) {
    expect(BASES[basis].en, basis).toMatch(/^\p{L}[^.]*$/u);
    expect(BASES[basis].ko, basis).toMatch(/\p{Script=Hangul}/u);
    const brief = briefBasis(basis);
    if (brief) expect(Math.max(brief.en.length, brief.ko.length), basis).toBeLessThanOrEqual(40);
  }
});

test('every metric and every basis is used by a fact', () => {
  expect(new Set(curatedFacts.map(({ basis }) => basis))).toEqual(new Set(BASIS_IDS));
  expect(new Set(curatedFacts.map(({ metric }) => metric))).toEqual(new Set(METRIC_IDS));
});

test('a subject has one basis for a metric and period, except for guidance', () => {
  const seen = new Map<string, string>();
  for (const { subject, metric, period, basis, id } of curatedFacts) {
    if (metric === 'capex_guidance') continue;
    const key = `${subject} ${metric} ${period.start} ${period.end}`;
    expect(seen.get(key) ?? basis, id).toBe(basis);
    seen.set(key, basis);
  }
});
