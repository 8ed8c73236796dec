import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { type ArticleFigure, loadArticle, textIn } from '../../src/facts/article.ts';
import { yearOnYear } from '../../src/facts/ratios.ts';
import { changePercent } from '../../src/i18n/percent.ts';
import { configFile } from '../../src/util/read-config.ts';
import { sharedOrSkip } from '../shared.ts';
import { summer } from '../slides/samples.ts';
import { curatedFacts, ledger } from './samples.ts';

const article = loadArticle(curatedFacts);

const figure = (id: string): ArticleFigure => {
  const found = article.figures.find((it) => it.id === id);
  if (!found) throw new Error(`no ${id}`);
  return found;
};

test('each of the 59 figures is there once, and each that it is held against is in the ledger', () => {
  const all = Array.from({ length: 59 }, (_, n) => `S${String(n + 1).padStart(2, '0')}`);
  expect(article.figures.map(({ id }) => id).toSorted()).toEqual(all);
  expect(article.missing).toEqual([]);
});

test('figures of one company are together', () => {
  const names = article.figures.map(({ about }) => about);
  const turns = names.filter((about, n) => about !== names[n - 1]);
  expect(turns).toEqual([...new Set(names)]);
});

test('every text is in both languages of the README, and in English for all others', () => {
  for (const { said, so } of article.figures)
    for (const texts of so ? [said, so] : [said])
      expect(Object.keys(texts)).toEqual(expect.arrayContaining(['en', 'ko']));
  expect(textIn('ja', figure('S15').said)).toBe(textIn('en', figure('S15').said));
});

/** The figure as the article has it, in the unit of the ledger's. */
const told = ({ value, unit }: ArticleFigure): number => (unit === 'USD_B' ? Number(value) * 1000 : Number(value));

const inLedger = (verdict: string): ArticleFigure[] =>
  article.figures.filter(
    (it) => it.verdict === verdict && it.facts.length > 0 && ['USD_B', 'points'].includes(it.unit),
  );

describe('the verdicts follow from the ledger', () => {
  test.each(inLedger('right'))('$id is there to the last digit', (it) => {
    const [fact] = it.facts;
    expect([fact?.value, fact?.low, fact?.high]).toContain(told(it));
  });

  test.each(inLedger('rounded'))('$id is there after rounding, and not before', (it) => {
    const value = it.facts[0]?.value ?? 0;
    expect(value).not.toBe(told(it));
    const digits = String(it.value).replace('.', '').length;
    expect(Number(value.toPrecision(digits))).toBe(told(it));
  });

  test.each(article.figures.filter(({ growth }) => growth !== undefined))('$id grew as it says', (it) => {
    const [fact] = it.facts;
    const grown = fact && yearOnYear(ledger, fact, fact.published)?.value;
    expect(Math.abs((grown ?? 0) - (it.growth ?? 0))).toBeLessThan(0.5);
  });

  test.each(article.figures.filter(({ facts }) => facts[0]?.source.secondary))('$id was told by others alone', (it) => {
    expect(['unconfirmed', 'wrong', 'other-basis']).toContain(it.verdict);
  });

  test.each(article.figures.flatMap((it) => it.closes ?? []))('$symbol from $from to $to', (closes) => {
    const closeOf = (day: string) => summer(closes.symbol).find(({ session }) => session === day)?.close;
    const [from, to] = [closeOf(closes.from), closeOf(closes.to)];
    expect(from && to && changePercent(to, from)).toBe(closes.percent);
  });

  test.each(article.figures.filter(({ verdict, closes }) => verdict === 'rounded' && closes))(
    '$id rounds to what its closes say',
    ({ value, closes }) => expect(Math.abs(Number(value) - (closes?.percent ?? 0))).toBeLessThanOrEqual(0.5),
  );
});

/** Sums in the texts: of quarters, in billions, as 147 billion of 2023 and 228 billion of 2024. */
test('the sums that the texts name are those of the ledger', () => {
  const year = (subject: string, ends: string) =>
    ledger
      .quarters(subject, 'capex_cash', '2026-08-30')
      .filter(({ period }) => period.end.startsWith(ends))
      .reduce((sum, { value = 0 }) => sum + value, 0);
  const four = (ends: string) => ['MSFT', 'GOOGL', 'AMZN', 'META'].reduce((sum, it) => sum + year(it, ends), 0);
  expect(Math.round(four('2023') / 1000)).toBe(147);
  expect(Math.round(four('2024') / 1000)).toBe(228);
  expect(year('GOOGL', '2024')).toBe(52_535);
  expect(Math.round(year('TSLA', '2024') / 100)).toBe(113);
  const nvidia = ['2023-04', '2023-07', '2023-10', '2024-01'].reduce((sum, it) => sum + year('NVDA', it), 0);
  expect(nvidia).toBe(1_069);
});

test('every figure is as it stood in the article, and mistranslations are marked', (context) => {
  const seed = JSON.parse(readFileSync(sharedOrSkip(context, 'data/seed-facts.json'), 'utf8')) as {
    rows: { id: string; value: unknown; mistranslation: boolean; quote_ko: string }[];
  };
  for (const { id, value, mistranslation, quote_ko } of seed.rows) {
    const it = figure(id);
    expect([id, it.value, it.garbled ?? false]).toEqual([id, value, mistranslation || id === 'S59']);
    expect(textIn('ko', it.said)).not.toContain(quote_ko);
  }
});

const written = (text: string): string => {
  const folder = mkdtempSync(join(tmpdir(), 'slidewatch-article-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  writeFileSync(join(folder, 'article.yaml'), text);
  return join(folder, 'article.yaml');
};

const shipped = readFileSync(configFile('article.yaml'), 'utf8');

test.each([
  ['a verdict of its own', /verdict: right/, 'verdict: fine', /:\d+: .*expected a verdict: right, rounded/],
  ['a second S09', /id: S09/, 'id: S08', /:\d+: .*S08 is there twice; remove one/],
  ['no word of what is so', /\n {4}so: \{ en: "Not Apple[^\n]*/, '', /:\d+: .*what is not right needs `so`/],
  ['no English', /said: \{ en: "The S&P 500 rose[^"]*", /, 'said: { ', /:\d+: .*expected a text under `en`/],
  ['no place', /\n {4}closes: [^\n]*/, '', /only an unconfirmed figure may stand nowhere/],
])('%s is refused with its line', (_, from, to, message) => {
  expect(() => loadArticle(curatedFacts, written(shipped.replace(from, to)))).toThrow(message);
});

test('an id that no fact file has is named, and the figure stays', () => {
  const path = written(shipped.replace('MSFT/azure_ai_points/2024-04-01', 'MSFT/azure_ai_points/1999-04-01'));
  const other = loadArticle(curatedFacts, path);
  expect(other.missing).toEqual(['MSFT/azure_ai_points/1999-04-01..2024-06-30/growth_contribution/2024-07-30']);
  expect(other.figures).toHaveLength(59);
});
