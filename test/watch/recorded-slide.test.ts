import { expect, test } from 'vitest';
import { loadCompanies } from '../../src/facts/companies.ts';
import { FACTS_FOLDER, loadFacts } from '../../src/facts/fact-files.ts';
import { createLedger } from '../../src/facts/ledger.ts';
import { loadCalendar } from '../../src/market/load-calendar.ts';
import { loadWatchlist } from '../../src/market/watchlist.ts';
import { recordedSlide } from '../../src/watch/recorded-slide.ts';
import { alertLine } from '../slides/samples.ts';

const companies = loadCompanies();
const parts = {
  ...{ companies, calendar: loadCalendar(), watchlist: loadWatchlist() },
  ledger: createLedger(loadFacts(FACTS_FOLDER, companies)),
};

test('the recorded slide is what Nvidia’s close of 30 July 2024 fired, with the figures that were known at the bell', () => {
  const slide = recordedSlide(parts);
  expect(slide?.alerts.map(alertLine)).toEqual(
    ['NVDA 252/20 2024-07-30', 'NVDA day 7 2024-07-30'].map((line) => line.slice(5)),
  );
  // The closes of 18 June and 30 July 2024, as Yahoo has them since the split of June.
  expect([slide?.peak?.price, slide?.price]).toEqual([135_580_000, 103_730_000]);
  expect(slide?.observedAt).toBe(Date.parse('2024-07-30T20:00:00Z'));
  const days = [...(slide?.beside.bill ?? []), ...(slide?.beside.return ?? [])].map(({ fact }) => fact.published);
  expect(days.length).toBeGreaterThan(2);
  expect(days.filter((day) => day > '2024-07-30')).toEqual([]);
});

test('there is none where the watchlist has no such symbol, or no level that it reached', () => {
  const { symbols, rules } = parts.watchlist;
  const without = new Map([...symbols].filter(([symbol]) => symbol !== 'NVDA'));
  expect(recordedSlide({ ...parts, watchlist: { ...parts.watchlist, symbols: without } })).toBeUndefined();
  const deep = { drawdown: [{ window: 252, levels: [5_000] }], day: [2_000] };
  const watchlist = { ...parts.watchlist, rules: { ...rules, stock: deep } };
  expect(recordedSlide({ ...parts, watchlist })).toBeUndefined();
});
