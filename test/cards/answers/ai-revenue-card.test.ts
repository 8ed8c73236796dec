import { expect, test } from 'vitest';
import { aiRevenueAllCard } from '../../../src/cards/answers/ai-revenue-all-card.ts';
import { aiRevenueCard } from '../../../src/cards/answers/ai-revenue-card.ts';
import { createLedger } from '../../../src/facts/ledger.ts';
import { companies, factOf } from '../../facts/samples.ts';
import { catalogue } from '../stories.ts';

test('disclosed figures are listed from the newest publication to the oldest', () => {
  const end = '2024-06-30';
  const facts = [
    factOf({ metric: 'cloud_revenue', basis: 'segment_revenue', published: '2024-07-25' }),
    factOf({ metric: 'ai_run_rate', period: { end }, published: '2024-08-20' }),
    factOf({ metric: 'cloud_backlog', period: { end }, published: '2024-08-01' }),
  ];
  const words = catalogue.in('en');
  const card = aiRevenueCard({ words, ledger: createLedger(facts), companies, asOf: '2024-08-31' }, 'MSFT');
  expect(card.sections[0]?.rows.map(({ aside }) => aside)).toEqual([
    'at 30 Jun · 20 Aug',
    'at 30 Jun · 1 Aug',
    'Apr–Jun · 25 Jul',
  ]);
});

test('a figure older than 400 days is no longer what a company discloses', () => {
  const pace = factOf({ metric: 'ai_run_rate', basis: 'run_rate', period: { end: '2024-06-30' }, value: 13_000 });
  const viewAt = (asOf: string) => ({ words: catalogue.in('en'), ledger: createLedger([pace]), companies, asOf });
  const [then, later] = [viewAt('2025-08-04'), viewAt('2025-08-05')];
  expect(aiRevenueCard(then, 'MSFT').title).toBe('Microsoft: $13B AI revenue (annualised), at 30 Jun 2024');
  expect(aiRevenueCard(then, 'MSFT').sections[0]?.heading).toBe('DISCLOSED');
  const card = aiRevenueCard(later, 'MSFT');
  expect(card.title).toBe('Microsoft does not disclose what AI brings in');
  expect(card.sections.map(({ heading }) => heading).slice(0, 2)).toEqual(['EARLIER', 'NOT DISCLOSED']);
  expect(card.sections[1]?.rows.map(({ text }) => text)).toContain('AI revenue in any form');
  const cellOf = (view: typeof then) =>
    aiRevenueAllCard(view).sections[0]?.table?.rows.find(([name]) => name === 'Microsoft')?.[1];
  expect([cellOf(then), cellOf(later)]).toEqual(['$13B', '–']);
});

test('two figures that contradict each other are both in the title’s row and in the overview', () => {
  const pace = {
    subject: 'OPENAI',
    metric: 'annualised_revenue',
    basis: 'run_rate',
    period: { end: '2026-09-29' },
  } as const;
  const first = factOf({ ...pace, value: 68_000, published: '2026-09-29' });
  const second = factOf({ ...pace, value: 50_000, published: '2026-10-08', disputes: first.id });
  const view = { words: catalogue.in('en'), ledger: createLedger([first, second]), companies, asOf: '2026-11-01' };
  const card = aiRevenueCard(view, 'OPENAI');
  expect(card.title).toBe('OpenAI: $50.0B revenue (annualised), at 29 Sep 2026, disputed');
  expect(card.sections[0]?.rows.map(({ text, aside }) => `${text} | ${aside}`)).toEqual([
    '$50.0B revenue, disputed | at 29 Sep, annualised · 8 Oct',
    '$68.0B revenue, disputed | at 29 Sep, annualised · 29 Sep',
  ]);
  const row = aiRevenueAllCard(view).sections[0]?.table?.rows.find(([name]) => name === 'OpenAI');
  expect(row?.[1]).toBe('$50.0B / $68.0B');
});
