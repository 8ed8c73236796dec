import { describe, expect, test } from 'vitest';
import { loadCompanies } from '../../src/facts/companies.ts';
import { createLedger } from '../../src/facts/ledger.ts';
import { publishedQuarters } from '../../src/facts/published-quarters.ts';
import { relatedFigures } from '../../src/facts/related-figures.ts';
import { at, curatedFacts, ledger } from './samples.ts';

const companies = loadCompanies();
const quartersAt = (time: string) => publishedQuarters(ledger, companies, at(time));
const endsAt = (time: string) => quartersAt(time)?.quarters.map(({ end }) => end);

describe('the four’s capex by quarter', () => {
  test('has the quarters that all four had told, each from the day on which the last of them told it', () => {
    expect(quartersAt('2024-07-30 16:00')?.quarters.slice(1)).toMatchObject([
      { end: '2023-06-30', capex: 33_420, published: '2023-08-03' },
      { end: '2023-09-30', capex: 36_947, published: '2023-10-26' },
      { end: '2023-12-31', capex: 42_934, published: '2024-02-01' },
      { end: '2024-03-31', capex: 44_289, published: '2024-04-30' },
    ]);
    expect(quartersAt('2024-07-30 16:00')?.companies).toEqual(companies.four);
  });

  test('a quarter comes in with the last of the four, on the minute: Amazon’s of 1 August 2024', () => {
    expect(endsAt('2024-08-01 15:59')?.at(-1)).toBe('2024-03-31');
    expect(endsAt('2024-08-02 09:00')?.at(-1)).toBe('2024-06-30');
  });

  test('its newest is the sum that stands on the card, with the same change on the year', () => {
    const { four, quarters } = relatedFigures(ledger, companies, 'NVDA', at('2024-07-30 16:00'));
    const newest = quarters?.quarters.at(-1);
    expect([newest?.capex, newest?.yoyPercent]).toEqual([four?.capex, four?.yoyPercent]);
  });

  test('a correction changes a sum, not the day on which its quarter was told', () => {
    const told = curatedFacts.find(
      ({ subject, metric, period }) => subject === 'AMZN' && metric === 'capex_cash' && period.end === '2024-03-31',
    );
    if (!told) throw new Error('expected the capex of Amazon');
    const corrected = {
      ...told,
      id: 'corrected',
      value: (told.value ?? 0) + 1_000,
      published: '2024-06-03',
      supersedes: told.id,
    };
    const later = publishedQuarters(createLedger([...curatedFacts, corrected]), companies, at('2024-07-30 16:00'));
    expect(later?.quarters.at(-1)).toMatchObject({ capex: 45_289, published: '2024-04-30' });
  });

  test('it is in none before all four have told one, nor long after the newest', () => {
    expect(quartersAt('2010-01-04 16:00')).toBeUndefined();
    const old = createLedger(curatedFacts.filter(({ published }) => published < '2024-07-30'));
    expect(publishedQuarters(old, companies, at('2026-01-05 16:00'))).toBeUndefined();
  });
});
