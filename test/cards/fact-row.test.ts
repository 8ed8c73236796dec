import { describe, expect, test } from 'vitest';
import { factRow, rowsWithDisputes } from '../../src/cards/fact-row.ts';
import { legendLines } from '../../src/cards/legend.ts';
import { besideSections } from '../../src/cards/related-figures-sections.ts';
import type { Basis } from '../../src/facts/basis.ts';
import type { Metric } from '../../src/facts/metric.ts';
import type { RelatedFigures } from '../../src/facts/related-figures.ts';
import { catalogue, fact, nothing, shown } from './stories.ts';

const en = catalogue.in('en');
const ko = catalogue.in('ko');

const guidance = {
  subject: 'META',
  metric: 'capex_guidance',
  label: 'CY2024',
  period: { start: '2024-01-01', end: '2024-12-31' },
  unit: 'USD_M',
  basis: 'incl_finance_lease_principal',
  published: '2024-07-31',
} as const;

const growth = {
  subject: 'MSFT',
  metric: 'azure_growth',
  label: 'FY2024 Q4',
  period: { end: '2024-06-30' },
  value: 29,
  unit: 'pct',
  basis: 'growth_as_reported',
  published: '2024-07-30',
} as const;

const text = (given: Parameters<typeof shown>[0], words = en): string =>
  factRow(words, shown(given), '2024-08-02').text;

test('a disputed figure has a row for each of the two, with its own source', () => {
  const pace = {
    subject: 'OPENAI',
    unit: 'USD_M',
    metric: 'annualised_revenue',
    basis: 'run_rate',
    label: 'autumn 2026',
  } as const;
  const period = { end: '2026-09-29' };
  const source = (name: string) => ({ title: name, url: `https://example.com/${name}`, secondary: true as const });
  const first = fact({ ...pace, period, value: 68_000, published: '2026-09-29', source: source('one') });
  const second = fact({ ...pace, period, value: 50_000, published: '2026-10-08', source: source('two') });
  const rowsIn = (words: typeof en) =>
    rowsWithDisputes(words, { fact: second, stale: false, disputedBy: [first] }, '2026-11-01').map(
      ({ text, aside, link }) => [text, aside, link].join(' | '),
    );
  expect(rowsIn(en)).toEqual([
    '$50.0B revenue, disputed | at 29 Sep, annualised · 8 Oct | https://example.com/two',
    '$68.0B revenue, disputed | at 29 Sep, annualised · 29 Sep | https://example.com/one',
  ]);
  expect(rowsIn(ko)[1]).toContain('수치 엇갈림');
});

describe('guidance', () => {
  test('is a range, a lower or an upper bound, or one figure', () => {
    expect(text({ ...guidance, low: 37_000, high: 40_000 })).toBe('guides $37–40B capex');
    expect(text({ ...guidance, low: 37_000 })).toBe('guides more than $37B capex');
    expect(text({ ...guidance, high: 40_000 })).toBe('guides at most $40B capex');
    expect(text({ ...guidance, low: 40_000, high: 40_000 })).toBe('guides $40B capex');
    expect(text({ ...guidance, low: 37_000, high: 40_000 }, ko)).toBe('설비투자 가이던스 370억–400억 달러');
  });

  test('without a figure is not disclosed', () => {
    expect(text(guidance)).toBe('not disclosed');
    expect(text(guidance, ko)).toBe('미공개');
  });

  test('has its basis in the second half, for which the first has no room', () => {
    const row = (low: number, words: typeof en) => factRow(words, shown({ ...guidance, low }), '2024-08-02').aside;
    expect(row(37_000, en)).toBe('2024, incl. lease principal · 31 Jul');
    expect(row(37_000, ko)).toBe('2024년, 금융리스 원금 포함 · 7월 31일');
  });

  test('with a basis that needs no word is given on a day, not reported', () => {
    expect(factRow(en, shown({ ...guidance, basis: 'cash_ppe', low: 37_000 }), '2024-08-02').aside).toBe(
      '2024 · 31 Jul',
    );
  });

  test('is an estimate if others made it, and an announcement is reported', () => {
    const aside = (metric: Metric, basis: Basis): string | undefined =>
      factRow(en, shown({ ...guidance, metric, basis, value: 500 }), '2024-08-02').aside?.replace(/, [^·]+ ·/, ' ·');
    expect(aside('loss_estimate', 'press_estimate')).toBe('2024 · estimated 31 Jul');
    expect(aside('revenue_estimate', 'press_estimate')).toBe('2024 · estimated 31 Jul');
    expect(aside('chip_purchases_guidance', 'best_guess')).toBe('2024 · estimated 31 Jul');
    expect(aside('ai_capex_increment', 'analyst_annual')).toBe('2024 · estimated 31 Jul');
    expect(aside('announced_investment', 'announcement')).toBe('2024 · 31 Jul');
  });
});

test('a quarter without its first day is named by its months, anything else by the company’s label', () => {
  const period = (given: object): string | undefined => factRow(en, shown({ ...growth, ...given }), '2024-08-02').aside;
  expect(period({})).toBe('Apr–Jun · 30 Jul');
  expect(period({ label: 'FY2024' })).toBe('FY2024 · 30 Jul');
});

test('a balance has its day instead of a period', () => {
  const backlog = {
    subject: 'AMZN',
    metric: 'cloud_backlog',
    label: '2024 Q2',
    period: { end: '2024-06-30' },
    value: 156_600,
    unit: 'USD_M',
    basis: 'performance_obligations',
    published: '2024-08-01',
  } as const;
  expect(text(backlog)).toBe('$157B cloud backlog');
  expect(text(backlog, ko)).toBe('클라우드 수주잔고 1,570억 달러');
  expect(factRow(en, shown(backlog), '2024-08-02').aside).toBe('at 30 Jun · 1 Aug');
});

test('one point is a point', () => {
  const points = { ...growth, metric: 'azure_ai_points', unit: 'points', basis: 'growth_contribution' } as const;
  expect(text({ ...points, value: 1 })).toBe("1 point of Azure's growth");
  expect(text({ ...points, value: 8 })).toBe("8 points of Azure's growth");
});

test('stale figures and secondary sources are marked', () => {
  const source = { title: 'via a tracker', url: 'https://example.com/t', secondary: true } as const;
  const row = factRow(en, shown({ ...growth, source }, { stale: true }), '2025-01-10');
  expect(row).toEqual({
    label: 'Microsoft',
    text: 'Azure growth 29%',
    aside: 'Apr–Jun · 30 Jul 2024',
    link: 'https://example.com/t',
    mark: '◦†',
  });
  const korean = factRow(ko, shown({ ...growth, source }, { stale: true }), '2025-01-10');
  expect([korean.text, korean.aside, korean.mark]).toEqual(['애저 성장률 29%', '4–6월 · 2024년 7월 30일', '◦†']);
  const sections = [{ heading: 'H', rows: [row, { label: '', text: 'no mark' }] }];
  expect(legendLines(en, sections)).toEqual(['◦ older than the newest filing season', '† from a secondary source']);
  expect(legendLines(ko, [{ heading: 'H', rows: [{ ...row, mark: '†' }] }])).toEqual(['† 2차 자료']);
});

test('on the day itself the minute is said, or the bound where none is known', () => {
  const aside = (given: object, words = en): string | undefined =>
    factRow(words, shown({ ...growth, ...given }), '2024-07-30').aside;
  expect(aside({ time: '16:03' })).toBe('Apr–Jun · 30 Jul 16:03 New York');
  expect(aside({ knownBy: '16:30' })).toBe('Apr–Jun · 30 Jul by 16:30 New York');
  expect(aside({ knownBy: '16:30' }, ko)).toBe('4–6월 · 7월 30일 뉴욕 16:30까지');
  expect(aside({ time: '16:03' }, ko)).toBe('4–6월 · 7월 30일 뉴욕 16:03');
  expect(aside({})).toBe('Apr–Jun · 30 Jul');
  expect(factRow(en, shown({ ...growth, knownBy: '16:30' }), '2024-07-31').aside).toBe('Apr–Jun · 30 Jul');
});

describe('the sections of related figures', () => {
  const capex = {
    ...guidance,
    subject: 'GOOGL',
    metric: 'capex_cash',
    basis: 'cash_ppe',
    label: '2024 Q2',
    period: { start: '2024-04-01', end: '2024-06-30' },
    value: 13_186,
  } as const;

  test('say whose bill it is, in stories of earlier versions by the figures', () => {
    const hint = (symbol: string, more: Partial<RelatedFigures> = {}) =>
      besideSections(en, { ...nothing, bill: [shown(capex)], ...more }, symbol, '2024-08-02')[0]?.hint;
    expect(hint('GOOGL', { whose: 'own' })).toBe('its own spending');
    expect(hint('NVDA', { whose: 'customers' })).toBe('what its customers spend');
    const own = shown({ ...capex, subject: 'NVDA' });
    expect(hint('GOOGL')).toBe('its own spending');
    expect(hint('NVDA', { return: [own] })).toBe('what its customers spend');
    expect(hint('IXIC')).toBe('what the four spend');
  });

  test('give the bill as a percentage of the return', () => {
    const revenue = fact({ ...capex, metric: 'cloud_revenue', basis: 'segment_revenue', value: 10_347 });
    const ratio = { bill: fact(capex), return: revenue, percent: 127.4 };
    const [section] = besideSections(en, { ...nothing, ratio }, 'GOOGL', '2024-08-02');
    expect(section?.rows[0]?.text).toBe('capex 127% of cloud revenue');
    const [korean] = besideSections(ko, { ...nothing, ratio }, 'GOOGL', '2024-08-02');
    expect(korean?.rows[0]?.text).toBe('클라우드 매출 대비 설비투자 127%');
  });

  test('name who supplies what', () => {
    const suppliers = [
      { from: 'OPENAI', kind: 'supplies', to: 'AAPL', what: 'models', since: '2024-06-10' },
      { from: 'AAPL', kind: 'buys_chips_from', to: 'NVDA' },
      { from: 'MSFT', kind: 'invests_in', to: 'OPENAI' },
    ] as const;
    const [section] = besideSections(en, { ...nothing, suppliers }, 'AAPL', '2024-08-02');
    expect(section?.rows).toEqual([
      { label: 'OpenAI', text: 'supplies AI models to Apple', aside: 'public since 10 Jun' },
      { label: 'Nvidia', text: 'supplies chips to Apple' },
    ]);
  });

  test('give only the disclosed figures of the four', () => {
    const four = { quarter: { start: '2024-04-01', end: '2024-06-30' }, capex: 13_186, reported: 1, of: 4 };
    const [section] = besideSections(en, { ...nothing, four }, 'IXIC', '2024-07-24');
    expect(section?.rows[0]?.text).toBe('$13.2B capex');
  });

  test('mark the sum of the four once it is stale', () => {
    const quarter = { start: '2024-01-01', end: '2024-03-31' };
    const newer = { quarter: { start: '2024-04-01', end: '2024-06-30' }, capex: 27_059, reported: 2, of: 4 };
    const markOf = (age: NonNullable<NonNullable<RelatedFigures['four']>['age']>) =>
      besideSections(
        en,
        { ...nothing, four: { quarter, capex: 44_289, reported: 4, of: 4, age } },
        'IXIC',
        '2024-07-30',
      )[0]?.rows[0]?.mark;
    expect(markOf({ days: 31, stale: false })).toBeUndefined();
    expect(markOf({ days: 121, stale: true, newer })).toBe('◦');
    expect(markOf({ days: 126, stale: true })).toBe('◦');
  });

  test('are left out if there are no figures', () => {
    expect(besideSections(en, nothing, 'NVDA', '2024-08-02')).toEqual([]);
  });
});
