import { expect, test } from 'vitest';
import type { Fact } from '../../src/facts/fact.ts';
import { createLedger } from '../../src/facts/ledger.ts';
import { figuresNews } from '../../src/refresh/figures-news.ts';
import { at, factOf } from '../facts/samples.ts';

const nameOf = (subject: string) => ({ en: subject, ko: subject });

/** The capex of the card about `news`, in millions of USD; undefined if there is none. */
const announced = (news: readonly Fact[], now: number, known: readonly Fact[] = []): number | undefined =>
  figuresNews(createLedger([...known, ...news]), news, nameOf, now)?.figures.capex.fact.value;

const reported = factOf({ value: 100, published: '2024-07-30' });
const restated = factOf({ value: 120, published: '2024-10-30', supersedes: reported.id });

test('a new quarter is news on the evening of its report', () => {
  expect(announced([reported], at('2024-07-30 16:30'))).toBe(100);
});

test('a restatement of an earlier quarter is not news', () => {
  expect(announced([restated], at('2024-10-30 16:30'), [reported])).toBeUndefined();
});

test('a new quarter is news, also if an earlier one is restated with it', () => {
  const autumn = factOf({
    label: 'FY2025 Q1',
    period: { start: '2024-07-01', end: '2024-09-30' },
    value: 150,
    published: '2024-10-30',
  });
  expect(announced([restated, autumn], at('2024-10-30 16:30'), [reported])).toBe(150);
});

test('a quarter that is found late is news for four days from the instant from which it counts', () => {
  expect(announced([reported], at('2024-08-03 16:00'))).toBe(100);
  expect(announced([reported], at('2024-08-03 16:01'))).toBeUndefined();
});

test('a quarter whose figures were waited for is news whenever they come, and says when it was filed', () => {
  const late = at('2024-08-20 16:00');
  const story = figuresNews(createLedger([reported]), [reported], nameOf, late, ({ id }) => id === reported.id);
  expect(story).toMatchObject({ published: '2024-07-30', figures: { capex: { fact: { value: 100 } } } });
  expect(figuresNews(createLedger([reported]), [reported], nameOf, late, () => false)).toBeUndefined();
});

test('a filing of this morning is news before the closing bell', () => {
  expect(announced([reported], at('2024-07-30 09:00'))).toBe(100);
});
