import { expect, test } from 'vitest';
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
    'reported 20 Aug',
    'reported 1 Aug',
    'reported 25 Jul',
  ]);
});
