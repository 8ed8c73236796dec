import { join } from 'node:path';
import { expect, it, test } from 'vitest';
import { loadCompanies } from '../../../src/facts/companies.ts';
import { quartersOf } from '../../../src/facts/edgar/derive.ts';
import { FILED_METRICS } from '../../../src/facts/edgar/filer.ts';
import { type DerivedMetric, findNewFacts } from '../../../src/facts/edgar/new-facts.ts';
import { createPublications } from '../../../src/facts/edgar/publication.ts';
import { findReleases } from '../../../src/facts/edgar/releases.ts';
import type { Fact } from '../../../src/facts/fact.ts';
import { loadFacts } from '../../../src/facts/fact-files.ts';
import { kindOf } from '../../../src/facts/metric.ts';
import { root } from '../../../src/util/read-config.ts';
import { filedRows } from './filed-figures.ts';
import { listedFilings } from './listed-filings.ts';

const shelf = loadFacts(join(root, 'config/facts'));
const { filers } = loadCompanies(join(root, 'config/companies.yaml'));

/** Everything that a company filed, as facts, to a ledger that knows nothing yet or what is known. */
const factsOf = (symbol: string, known: readonly Fact[] = []) => {
  const company = filers.find(({ subject }) => subject === symbol);
  if (!company) throw new Error(`no ${symbol}`);
  const filings = listedFilings(symbol);
  const derived = FILED_METRICS.flatMap((metric): DerivedMetric[] => {
    const figure = company.figures[metric];
    if (!figure) return [];
    const quarters = quartersOf(company, figure, (tag) => filedRows(symbol, tag), kindOf(metric));
    return [{ metric, basis: figure.basis, quarters }];
  });
  return findNewFacts(company, derived, known, createPublications(company, filings, findReleases(filings, company)));
};

const known = (fact: Fact): Fact | undefined =>
  shelf.find(
    ({ supersedes, ...it }) =>
      supersedes === undefined &&
      [it.subject, it.metric, it.basis, it.period.end].join() ===
        [fact.subject, fact.metric, fact.basis, fact.period.end].join() &&
      it.period.start === fact.period.start,
  );

const momentOf = ({ metric, period, published, time }: Fact): string => `${metric} ${period.end}: ${published} ${time}`;

/** Nvidia's cash flow statements of fiscal 2024 tell capex under this tag only as comparatives of the year after. */
const isComparative = ({ note = '' }: Fact): boolean => note.includes('comparative');

it.each([
  ['MSFT', 84],
  ['NVDA', 49],
] as const)('each figure that %s filed is told in the minute that the reviewed facts have', (symbol, count) => {
  const facts = factsOf(symbol).fresh.filter((fact) => known(fact) !== undefined && !isComparative(fact));
  expect(facts).toHaveLength(count);
  expect(facts.map(momentOf)).toEqual(facts.map((fact) => momentOf(known(fact) ?? fact)));
});

test('Microsoft’s lease principal and obligations come with the report, and its capex with the release', () => {
  const ofJune = factsOf('MSFT').fresh.filter(({ period }) => period.end === '2023-06-30');
  expect(Object.fromEntries(ofJune.map(({ metric, published, time }) => [metric, `${published} ${time}`]))).toEqual({
    capex_cash: '2023-07-25 16:02',
    operating_cash_flow: '2023-07-25 16:02',
    revenue: '2023-07-25 16:02',
    rd_expense: '2023-07-25 16:02',
    finance_lease_principal: '2023-07-27 16:01',
    rpo: '2023-07-27 16:01',
  });
});

test('nothing that the reviewed facts have is new', () => {
  const own = shelf.filter(({ subject }) => subject === 'MSFT');
  expect(factsOf('MSFT', own)).toEqual({ fresh: [], contradicted: [] });
});
