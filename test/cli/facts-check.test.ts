import { expect, test } from 'vitest';
import { boundFaults } from '../../src/cli/facts-check.ts';
import { type Article, loadArticle } from '../../src/facts/article.ts';
import { sourceQuality } from '../../src/facts/source-quality.ts';
import { curatedFacts, factOf } from '../facts/samples.ts';

const article = loadArticle(curatedFacts);

const messages = (facts: Parameters<typeof sourceQuality>[0], other: Article = article): string[] =>
  boundFaults(sourceQuality(facts), other).map(({ file, message }) => `${file}: ${message}`);

const tracker = { title: 'company release, via a tracker', url: 'https://example.org/t/1', secondary: true } as const;

const filing = { title: 'A filing', url: 'https://www.sec.gov/Archives/edgar/data/789019/000095017024087843/' };

/** A hundred figures of companies, of which `count` are told by a tracker. */
const withTracked = (count: number) =>
  Array.from({ length: 100 }, (_, n) => factOf({ time: '16:03', source: n < count ? tracker : filing }));

test('nothing is wrong with what is shipped', () => {
  expect(messages(curatedFacts)).toEqual([]);
});

test('five in a hundred may be told by others, six not', () => {
  expect(messages(withTracked(5))).toEqual([]);
  expect(messages(withTracked(6))).toEqual([
    "config/facts: only 94.0% of capex, cash flow, revenue, cloud and guidance are first-hand, less than 95%; cite the companies' own documents",
  ]);
});

test('results without a minute and a bound are named', () => {
  const fact = factOf({ source: filing });
  expect(messages([fact])).toEqual([
    `config/facts: ${fact.id} is of a release and has neither a minute nor a bound; give \`released\` or \`known_by\``,
  ]);
});

test('what a company publishes itself and links to a site is named, not what others tell', () => {
  const site = { title: 'Investor relations', url: 'https://example.com/investor/' };
  const fact = factOf({ time: '16:03', source: site });
  expect(messages([fact])).toEqual([
    `config/facts: ${fact.id} links to a site, https://example.com/investor/; cite the page or document that has it`,
  ]);
  expect(messages([factOf({ time: '16:03', metric: 'valuation', basis: 'post_money', source: site })])).toEqual([]);
});

test('an id of the article that no fact file has is named', () => {
  expect(messages(curatedFacts, { ...article, missing: ['A/b'] })).toEqual([
    'config/article.yaml: A/b is in no fact file; correct the id under `ledger`',
  ]);
});
