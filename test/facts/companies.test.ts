import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { loadCompanies } from '../../src/facts/companies.ts';
import { amountOf, relationSources, relationsAt, relationTargets } from '../../src/facts/relations.ts';
import { relevanceOf } from '../../src/facts/relevance.ts';
import { configFile, root } from '../../src/util/read-config.ts';
import { faultOf, temporaryFile } from '../market/temporary.ts';
import { at, companies, ledger } from './samples.ts';

const SUMMER = at('2024-08-01 12:00');
const text = readFileSync(configFile('companies.yaml'), 'utf8');

/** The companies with one passage replaced, or, without one, with more entries. */
const changed = (passage: string, by: string): string => {
  expect(text).toContain(passage);
  return temporaryFile('companies.yaml', passage === '' ? `${text}${by}` : text.replace(passage, by));
};

const BROADCOM = `  AVGO:
    name: { en: Broadcom, ko: 브로드컴 }
    role: chip_seller
    index: IXIC
    filings:
      cik: 1730168
      yearEnd: 10
      figures:
        revenue: { basis: total_revenue, tags: [Revenues] }
    relations:
      - { from: GOOGL, kind: buys_chips_from }
`;

test('the seven, the four, and those who fall together are what the entries say', () => {
  expect(companies.seven).toEqual(['AAPL', 'MSFT', 'GOOGL', 'AMZN', 'META', 'NVDA', 'TSLA']);
  expect(companies.four).toEqual(['MSFT', 'GOOGL', 'AMZN', 'META']);
  expect([...companies.together]).toEqual([...companies.seven, 'IXIC']);
  expect(companies.subjects).toEqual([...companies.seven, 'OPENAI', 'INDUSTRY']);
  expect(companies.filers.map(({ subject }) => subject)).toEqual(companies.seven);
});

test('Nvidia’s customers are read in the order of the file', () => {
  expect(relationSources(companies.relations, 'buys_chips_from', 'NVDA')).toEqual([
    'MSFT',
    'GOOGL',
    'AMZN',
    'META',
    'TSLA',
  ]);
});

test('Microsoft is the cloud of OpenAI and invests in it', () => {
  expect(relationTargets(companies.relations, 'cloud_of', 'MSFT')).toEqual(['OPENAI']);
  expect(relationTargets(companies.relations, 'invests_in', 'MSFT')).toEqual(['OPENAI']);
});

test('Amazon’s stake in OpenAI is of the companies that ship, and amounts to what its 10-Q says', () => {
  const shipped = loadCompanies(join(root, 'config/companies.yaml'));
  const stake = shipped.relations.find(({ from, kind }) => from === 'AMZN' && kind === 'invests_in');
  // 28.7 billion paid by 30 June 2026, 10-Q of 31 July 2026, which came out by the closing bell.
  const amountAt = (asOf: string) => stake && amountOf(ledger, stake, asOf)?.value;
  expect(stake).toMatchObject({ to: 'OPENAI', since: '2026-07-31' });
  expect(amountAt('2026-07-30')).toBeUndefined();
  expect(amountAt('2026-07-31')).toBe(28_700);
});

test('a relation holds from the first minute of its day', () => {
  const models = companies.relations.filter(({ what }) => what === 'models');
  expect(relationsAt(models, at('2024-06-09 23:59'))).toEqual([]);
  expect(relationsAt(models, at('2024-06-10 00:00'))).toEqual([
    { from: 'OPENAI', kind: 'supplies', to: 'AAPL', what: 'models', since: '2024-06-10' },
  ]);
});

test('a relation is over from the first minute of the day on which its end was public, and not before', () => {
  const [relation] = companies.relations.filter(({ what }) => what === 'models');
  if (!relation) throw new Error('no relation');
  const ended = [{ ...relation, until: '2025-03-01' }];
  expect(relationsAt(ended, at('2025-02-28 23:59'))).toEqual(ended);
  expect(relationsAt(ended, at('2025-03-01 00:00'))).toEqual([]);
});

test('how much a relation is about is known from the minute of its figure', () => {
  const of = (from: string) => companies.relations.find((it) => it.from === from && it.amount);
  const amountAt = (from: string, asOf: string) => {
    const relation = of(from);
    return relation && amountOf(ledger, relation, asOf)?.value;
  };
  expect(amountAt('NVDA', '2026-08-17T17:29')).toBeUndefined();
  expect(amountAt('NVDA', '2026-08-17T17:30')).toBe(105_000);
  expect(amountAt('MSFT', '2023-01-22')).toBeUndefined();
  expect(amountAt('MSFT', '2024-08-05')).toBe(13_000);
  const stake = { from: 'NVDA', kind: 'invests_in', to: 'OPENAI' } as const;
  const guarantee = { metric: 'lease_guarantees', basis: 'balance_sheet' } as const;
  expect(amountOf(ledger, { ...stake, amount: guarantee }, '2026-11-27')).toBeUndefined();
  const [bare] = companies.relations.filter(({ amount }) => !amount);
  expect(bare && amountOf(ledger, bare, '2026-11-27')).toBeUndefined();
});

test('an index and a basket have the bill of the four, an unknown symbol has none', () => {
  const subjectsOf = (symbol: string) => relevanceOf(symbol, companies, SUMMER).bill.map(({ subject }) => subject);
  expect(subjectsOf('IXIC')).toEqual(companies.four);
  expect(subjectsOf('MAG7')).toEqual(companies.four);
  expect(subjectsOf('GSPC')).toEqual([]);
});

test('one more entry is one more company, with the relevance of its role', () => {
  const more = loadCompanies(changed('', BROADCOM));
  expect(more.subjects).toEqual([...companies.subjects, 'AVGO']);
  expect([more.seven, more.four, more.together]).toEqual([companies.seven, companies.four, companies.together]);
  expect(more.filers.at(-1)).toEqual({
    subject: 'AVGO',
    name: 'Broadcom',
    cik: 1730168,
    yearEnd: 10,
    figures: { revenue: { basis: 'total_revenue', tags: [{ tag: 'Revenues' }] } },
  });
  expect(relevanceOf('AVGO', more, SUMMER)).toMatchObject({
    bill: [{ subject: 'GOOGL', metric: 'capex_cash' }],
    four: true,
  });
});

describe('a faulty entry is refused in one line', () => {
  test.each([
    ['an unknown role', 'role: buyer', 'role: bank', 'companies.TSLA.role: expected a role: hyperscaler, chip_seller'],
    [
      'an unknown key',
      'yearEnd: 9',
      'yearEnd: 9\n      colour: red',
      'unknown key "colour"; check the spelling or remove it',
    ],
    ['a missing name', '    name: { en: Tesla, ko: 테슬라 }\n', '', 'companies.TSLA.name: expected object'],
    [
      'an unknown basis',
      'basis: company_capex',
      'basis: guess',
      'companies.TSLA.filings.figures.capex_cash.basis: exp',
    ],
    ['a month that does not exist', 'yearEnd: 9', 'yearEnd: 13', 'companies.AAPL.filings.yearEnd: '],
    [
      'an unknown kind of relation',
      'kind: cloud_of',
      'kind: likes',
      'companies.MSFT.relations.0.kind: expected a kind',
    ],
    ['an unknown company', 'cloud_of, to: OPENAI', 'cloud_of, to: IBM', 'companies.MSFT.relations.0: IBM is not a'],
    ['a relation of two others', 'cloud_of, to', 'cloud_of, from: NVDA, to', 'companies.MSFT.relations.0: a relation'],
    ['a supply of nothing', ', what: chips', '', 'companies.AAPL.relations.1: supplies needs `what`'],
    [
      'an end before the beginning',
      'since: 2026-08-17',
      'since: 2026-08-17, until: 2026-08-17',
      'companies.NVDA.relations.5: `until` is not after',
    ],
    [
      'an amount of what has none',
      'what: chips, since: 2024-07-29',
      'what: chips, amount: { metric: revenue }',
      'companies.AAPL.relations.1: only these have an amount: cloud_of, guarantees, invests_in',
    ],
    ['an amount of an unknown company', 'of: OPENAI', 'of: IBM', 'companies.MSFT.relations.1: IBM is not a'],
    [
      'an amount by an unknown metric',
      'metric: lease_guarantees',
      'metric: guarantees',
      'companies.NVDA.relations.5.amount.metric: expected a metric',
    ],
    ['an unknown key of a relation', 'what: chips, since', 'what: chips, sinse', 'unknown key "sinse"'],
  ])('%s', (_, passage, by, message) => {
    const path = changed(passage, by);
    const line = text.slice(0, text.indexOf(passage)).split('\n').length;
    const fault = faultOf(() => loadCompanies(path));
    expect(fault).toContain(message);
    expect(Math.abs(Number(/companies\.yaml:(\d+)/.exec(fault)?.[1]) - line)).toBeLessThanOrEqual(1);
  });
});

test('the companies that ship have seven in the basket and four hyperscalers, and every filer has tags', () => {
  const shipped = loadCompanies(join(root, 'config/companies.yaml'));
  expect(shipped.seven).toHaveLength(7);
  expect(shipped.four).toHaveLength(4);
  for (const { figures, subject } of shipped.filers) expect(Object.keys(figures), subject).not.toEqual([]);
});
