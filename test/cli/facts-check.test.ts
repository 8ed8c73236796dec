import { expect, test } from 'vitest';
import { boundFaults } from '../../src/cli/facts-check.ts';
import { type Article, loadArticle } from '../../src/facts/article.ts';
import { sourceQuality } from '../../src/facts/source-quality.ts';
import { curatedFacts, factOf } from '../facts/samples.ts';

const article = loadArticle(curatedFacts);

const messages = (facts: Parameters<typeof sourceQuality>[0], other: Article = article): string[] =>
  boundFaults(sourceQuality(facts), other).map(({ file, message }) => `${file}: ${message}`);

const tracker = { title: 'company release, via a tracker', url: 'https://example.org/t/1', secondary: true } as const;

/** A hundred figures of companies, of which `count` are told by a tracker. */
const withTracked = (count: number) =>
  Array.from({ length: 100 }, (_, n) => factOf({ time: '16:03', ...(n < count && { source: tracker }) }));

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
  const fact = factOf();
  expect(messages([fact])).toEqual([
    `config/facts: ${fact.id} is of a release and has neither a minute nor a bound; give \`released\` or \`known_by\``,
  ]);
});

test('an id of the article that no fact file has is named', () => {
  expect(messages(curatedFacts, { ...article, missing: ['A/b'] })).toEqual([
    'config/article.yaml: A/b is in no fact file; correct the id under `ledger`',
  ]);
});
