import { expect, test } from 'vitest';
import { BASIS_IDS, type Basis, COUNTED_INSTEAD } from '../../src/facts/basis.ts';
import { METRIC_IDS } from '../../src/facts/metric.ts';
import { catalogue } from '../cards/stories.ts';
import { curatedFacts } from './samples.ts';

test.each(catalogue.languages)('every basis has a text in %s, and at most a few words for a card', (language) => {
  const words = catalogue.in(language);
  for (const basis of BASIS_IDS) {
    expect(words.say(`basis.${basis}`), basis).toMatch(/^[\p{L}\p{N}]/u);
    const brief = `basis-brief.${basis}`;
    if (words.knows(brief)) expect([...words.say(brief)].length, basis).toBeLessThanOrEqual(40);
  }
});

test('every metric and every basis is used by a fact', () => {
  expect(new Set(curatedFacts.map(({ basis }) => basis))).toEqual(new Set(BASIS_IDS));
  expect(new Set(curatedFacts.map(({ metric }) => metric))).toEqual(new Set(METRIC_IDS));
});

test('a subject has one basis for a metric and period, except for guidance and where one counts instead', () => {
  const seen = new Map<string, Basis>();
  for (const { subject, metric, period, basis, id } of curatedFacts) {
    if (metric === 'capex_guidance') continue;
    const key = `${subject} ${metric} ${period.start} ${period.end}`;
    const before = seen.get(key) ?? basis;
    if (before !== basis) expect([COUNTED_INSTEAD[before], COUNTED_INSTEAD[basis]], id).toContain(basis);
    seen.set(key, basis);
  }
});
