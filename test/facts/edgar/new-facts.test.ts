import { describe, expect, test } from 'vitest';
import type { DerivedQuarter } from '../../../src/facts/edgar/derive.ts';
import { type DerivedMetric, findNewFacts } from '../../../src/facts/edgar/new-facts.ts';
import { createPublications } from '../../../src/facts/edgar/publication.ts';
import type { Fact } from '../../../src/facts/fact.ts';
import { createLedger } from '../../../src/facts/ledger.ts';
import { factOf } from '../samples.ts';

const microsoft = { subject: 'MSFT', name: 'Microsoft', cik: 789019, yearEnd: 6, figures: {} } as const;

/** Microsoft's cash capex of the June quarter of 2024 in a filing; millions of dollars. */
const inFiling = (published: string, millions: number): DerivedQuarter => ({
  period: { label: 'FY2024 Q4', start: '2024-04-01', end: '2024-06-30' },
  value: millions * 1_000_000,
  published,
  filing: { accession: '0000000000-25-070030', form: '10-K', url: 'https://www.sec.gov/' },
  note: 'as filed',
});

/** From filings that are not listed any more: each counts from its day. */
const find = (derived: DerivedMetric, known: readonly Fact[]) =>
  findNewFacts(microsoft, [derived], known, createPublications(microsoft, [], []));

const newFacts = (quarter: DerivedQuarter, ...known: ReturnType<typeof factOf>[]) =>
  find({ metric: 'capex_cash', basis: 'cash_ppe', quarters: [quarter] }, known).fresh;

const first = factOf({ value: 100, published: '2024-07-30' });
const corrected = factOf({ value: 110, published: '2025-01-30', supersedes: first.id });
const later = factOf({ value: 130, published: '2026-07-30', supersedes: corrected.id });

test('a restatement supersedes the newest of the facts published before it, in whatever order they are known', () => {
  for (const known of [
    [first, corrected, later],
    [later, corrected, first],
  ])
    expect(newFacts(inFiling('2025-07-30', 120), ...known)).toMatchObject([{ value: 120, supersedes: corrected.id }]);
});

test('a figure that goes back to its first value is a restatement too', () => {
  expect(newFacts(inFiling('2025-07-30', 100), first, corrected)).toMatchObject([
    { value: 100, supersedes: corrected.id },
  ]);
});

describe('a figure that only others have told', () => {
  const source = { title: 'company release, via a tracker', url: 'https://example.org/1', secondary: true } as const;
  const rounded = factOf({ value: 1080, published: '2024-07-30', time: '16:21', source });
  const exactly = (published: string) => newFacts(inFiling(published, 1077), rounded);

  test('gives way to the filing of the same day, and contradicts nothing', () => {
    const metric = { metric: 'capex_cash', basis: 'cash_ppe', quarters: [inFiling('2024-07-30', 1077)] } as const;
    const { fresh, contradicted } = find(metric, [rounded]);
    expect(contradicted).toEqual([]);
    expect(fresh).toMatchObject([{ value: 1077, id: rounded.id }]);
    const [filed] = fresh;
    for (const facts of [
      [rounded, ...fresh],
      [...fresh, rounded],
    ])
      expect(createLedger(facts).latest('MSFT', 'capex_cash', '2024-07-30')).toMatchObject({
        value: 1077,
        source: filed?.source,
      });
  });

  test('lends the filing its minute: the figure is not known any earlier', () => {
    const known = createLedger([rounded, ...exactly('2024-07-30')]);
    expect(known.latest('MSFT', 'capex_cash', '2024-07-30T16:20')).toBeUndefined();
    expect(known.latest('MSFT', 'capex_cash', '2024-07-30T16:21')?.value).toBe(1077);
  });

  test('is no figure that a filing of a later day would restate', () => {
    const [filed] = exactly('2024-07-31');
    expect(filed).toMatchObject({ value: 1077 });
    expect(filed).not.toHaveProperty('supersedes');
    const known = createLedger(filed ? [rounded, filed] : []);
    expect(known.figures('MSFT', 'capex_cash', '2024-07-30').map(({ value }) => value)).toEqual([1080]);
    expect(known.figures('MSFT', 'capex_cash', '2024-07-31').map(({ value }) => value)).toEqual([1077]);
  });
});

test('values less than half a million apart are one figure', () => {
  expect(newFacts(inFiling('2025-07-30', 100.4), first)).toEqual([]);
  expect(newFacts(inFiling('2025-07-30', 101), first)).toMatchObject([{ value: 101, supersedes: first.id }]);
});

test('a difference of rounded figures is the quarter that was told, up to two million apart', () => {
  const difference = (published: string, millions: number) => ({
    ...inFiling(published, millions),
    isDifference: true,
  });
  const onItsDay = (quarter: DerivedQuarter) =>
    find({ metric: 'capex_cash', basis: 'cash_ppe', quarters: [quarter] }, [first]);
  expect(onItsDay(difference('2024-07-30', 102))).toEqual({ fresh: [], contradicted: [] });
  expect(onItsDay(difference('2024-08-01', 98))).toEqual({ fresh: [], contradicted: [] });
  expect(onItsDay(difference('2024-07-30', 103)).contradicted).toMatchObject([{ value: 103 }]);
  expect(onItsDay(inFiling('2024-07-30', 102)).contradicted).toMatchObject([{ value: 102 }]);
});

test('a correction is in force on its own day: a filing of that day repeats it and contradicts nothing', () => {
  const metric = { metric: 'capex_cash', basis: 'cash_ppe', quarters: [inFiling('2025-01-30', 110)] } as const;
  expect(find(metric, [first, corrected])).toEqual({ fresh: [], contradicted: [] });
});
