import { expect, test } from 'vitest';
import { aiRevenueAllCard } from '../../../src/cards/answers/ai-revenue-all-card.ts';
import { aiRevenueCard } from '../../../src/cards/answers/ai-revenue-card.ts';
import { billCard } from '../../../src/cards/answers/bill-card.ts';
import { capexCard } from '../../../src/cards/answers/capex-card.ts';
import { capexSevenCard } from '../../../src/cards/answers/capex-seven-card.ts';
import { factsListCard } from '../../../src/cards/answers/facts-list-card.ts';
import { sourcesCard } from '../../../src/cards/answers/facts-source-card.ts';
import type { LedgerView } from '../../../src/cards/answers/ledger-view.ts';
import { knownFrom } from '../../../src/facts/known-from.ts';
import { createLedger } from '../../../src/facts/ledger.ts';
import { relatedFigures } from '../../../src/facts/related-figures.ts';
import { MINUTE_MS } from '../../../src/util/durations.ts';
import { companies, curatedFacts, ledger } from '../../facts/samples.ts';
import { catalogue } from '../stories.ts';

/** The minute after each at which something became known, oldest first. */
const minutes = [...new Set(curatedFacts.map(knownFrom))].sort((a, b) => a - b).map((from) => from + MINUTE_MS);

/** Every card of figures, and the figures beside each symbol. */
const everything = (view: LedgerView & { readonly asOf: number }) => [
  billCard(view),
  capexSevenCard(view),
  aiRevenueAllCard(view),
  ...companies.subjects.flatMap((subject) => [
    capexCard(view, subject),
    aiRevenueCard(view, subject),
    factsListCard(view, subject, 1),
    sourcesCard(view, subject),
  ]),
  ...[...companies.four, 'NVDA', 'TSLA', 'AAPL', 'IXIC', 'MAG7'].map((symbol) =>
    relatedFigures(view.ledger, companies, symbol, view.asOf),
  ),
];

test('no card of any minute of publication changes when what was published later is taken away', () => {
  expect(minutes.length).toBeGreaterThan(150);
  const words = catalogue.in('en');
  for (const asOf of minutes) {
    const then = createLedger(curatedFacts.filter((fact) => knownFrom(fact) < asOf));
    const given = { words, companies, asOf };
    expect(everything({ ...given, ledger }), new Date(asOf).toISOString()).toEqual(
      everything({ ...given, ledger: then }),
    );
  }
});
