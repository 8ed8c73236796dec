import { expect, it } from 'vitest';
import { justReported } from '../../src/facts/just-reported.ts';
import { at, ledger } from './samples.ts';

const textOf = (symbol: string, day: string, time: string): string[] =>
  justReported(ledger, symbol, day, at(`${day} ${time}`)).map(({ shown: { fact }, revision, previous }) =>
    [fact.metric, fact.value ?? `${fact.low}–${fact.high}`, revision, previous && `${previous.low}–${previous.high}`]
      .filter((part) => part !== undefined)
      .join(' '),
  );

it('tells the guidance first, with the one before, then the quarter: of that day alone, and as known then', () => {
  // Meta's releases of these days, in config/facts/META.yaml.
  expect(textOf('META', '2025-04-30', '18:00')).toEqual([
    'capex_guidance 64000–72000 raised 60000–65000',
    'capex_cash 12941',
    'revenue 42314',
  ]);
  expect(textOf('META', '2025-04-30', '16:00')).toEqual([]);
  expect(textOf('META', '2025-05-01', '18:00')).toEqual([]);
  expect(textOf('NVDA', '2024-08-28', '18:00')).toEqual([
    'capex_cash 977',
    'datacenter_revenue 26272',
    'revenue 30040',
  ]);
});
