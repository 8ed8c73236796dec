import { expect, test } from 'vitest';
import type { Fact } from '../../src/facts/fact.ts';
import { createLedger } from '../../src/facts/ledger.ts';
import { ledgerDiff } from '../../src/facts/ledger-diff.ts';
import { factOf, ledger } from './samples.ts';

const A = '2024-08-01';
const B = '2024-08-31';
const later = '2024-08-15';
const guided = (low: number, high: number, change: Partial<Fact> = {}): Fact => {
  const { value: _, ...rest } = factOf({ metric: 'capex_guidance', low, high, ...change });
  return rest;
};

/** Each change as "kind before>after". */
const changes = (...facts: readonly Fact[]): string[] => {
  const made = createLedger(facts);
  const of = (fact?: Fact) => (fact ? (fact.value ?? `${fact.low}-${fact.high}`) : '');
  return ledgerDiff(made, A, made, B).map(({ change, before, after }) => `${change} ${of(before)}>${of(after)}`);
};

const told = factOf();
const press = { title: 'A newspaper', url: 'https://example.org/1', secondary: true } as const;

test('what was known at both instants is no change', () => {
  expect(changes(told)).toEqual([]);
});

test('a figure of the time between is new, once, with its last value', () => {
  const first = factOf({ published: '2024-08-10' });
  expect(changes(first)).toEqual(['new >100']);
  expect(changes(first, factOf({ published: later, value: 99, supersedes: first.id }))).toEqual(['new >99']);
});

test('a restatement has both values', () => {
  expect(changes(told, factOf({ published: later, value: 99, supersedes: told.id }))).toEqual(['restated 100>99']);
});

test('a figure that contradicts another is disputed, and replaces nothing', () => {
  const other = { published: later, value: 80, disputes: told.id, source: press };
  expect(changes(told, factOf(other))).toEqual(['disputed 100>80']);
  const first = factOf({ published: '2024-08-10' });
  expect(changes(first, factOf({ ...other, disputes: first.id }))).toEqual(['new >100', 'disputed 100>80']);
  // Told before the first instant, it is no change any more; and what settles it is one.
  const old = factOf({ ...other, published: '2024-07-31' });
  expect(changes(told, old)).toEqual([]);
  expect(changes(told, old, factOf({ published: later, value: 90, supersedes: told.id }))).toEqual(['restated 100>90']);
});

test.each([
  ['raised', 38, 42],
  ['lowered', 30, 35],
  ['narrowed', 36, 39],
  ['widened', 30, 45],
  ['kept', 35, 40],
] as const)('guidance of 35 to 40 is %s', (change, low, high) => {
  const before = guided(35, 40);
  expect(changes(before, guided(low, high, { published: later, supersedes: before.id }))).toEqual([
    `${change} 35-40>${low}-${high}`,
  ]);
});

test('a value that others had told first becomes first-hand; another value is a correction', () => {
  const byOthers = factOf({ source: press });
  expect(changes(byOthers, factOf({ published: later }))).toEqual(['first-hand 100>100']);
  expect(changes(byOthers, factOf({ published: later, value: 99 }))).toEqual(['restated 100>99']);
});

test('guidance that others had told first becomes first-hand only if both bounds are the same', () => {
  const byOthers = guided(35, 40, { source: press });
  expect(changes(byOthers, guided(35, 40, { published: later }))).toEqual(['first-hand 35-40>35-40']);
  expect(changes(byOthers, guided(36, 40, { published: later }))).toEqual(['narrowed 35-40>36-40']);
  expect(changes(byOthers, guided(35, 38, { published: later }))).toEqual(['lowered 35-40>35-38']);
});

test('what a ledger does not have any more is withdrawn', () => {
  const [change] = ledgerDiff(createLedger([told]), A, createLedger([]), B);
  expect(change).toEqual({ change: 'withdrawn', before: told });
});

test('changes are by subject, metric and period', () => {
  const found = ledgerDiff(ledger, '2024-07-22', ledger, '2024-07-31').map(({ before, after }) => after ?? before);
  const order = found.map((fact) => `${fact?.subject}/${fact?.metric}`);
  expect(order).toEqual(order.toSorted());
  expect(found.length).toBeGreaterThan(20);
});

test('from one day to the next everything adds up to the ledger', () => {
  const of = (day: string) => new Set(ledger.known(day).map(({ id }) => id));
  const [then, now] = [of('2024-07-29'), of('2024-07-31')];
  const found = ledgerDiff(ledger, '2024-07-29', ledger, '2024-07-31');
  expect(found.map(({ after }) => after?.id).toSorted()).toEqual([...now].filter((id) => !then.has(id)).toSorted());
  expect(found.find(({ change }) => change === 'narrowed')).toMatchObject({
    before: { subject: 'META', low: 35_000, high: 40_000 },
    after: { low: 37_000, high: 40_000 },
  });
});
