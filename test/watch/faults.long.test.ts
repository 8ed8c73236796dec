import { expect, it } from 'vitest';
import { HARMLESS, isTold } from './faults/goals.ts';
import { KINDS } from './faults/kinds.ts';
import { type Outcome, runCases } from './faults/run-cases.ts';
import { allSeries } from './faults/series.ts';

// Faults of a source in drawn weeks of real prices. `npm run bench -- faults` runs thousands of these cases.

const EACH = 4;
const kinds = Object.keys(KINDS);

let running: Promise<Outcome[]> | undefined;

/** All cases, run once for all tests. */
const outcomes = (): Promise<Outcome[]> => {
  running ??= runCases(
    kinds.flatMap((kind, n) => Array.from({ length: EACH }, (_, at) => ({ kind, seed: 7_000_000 + n * 1_000 + at }))),
    allSeries(),
  );
  return running;
};

const outcomesOf = async (kind: string): Promise<Outcome[]> => (await outcomes()).filter((it) => it.case.kind === kind);

it('a hundred cases of faults cross a hundred levels', async () => {
  const all = await outcomes();
  expect(all.length).toBeGreaterThanOrEqual(100);
  expect(all.reduce((sum, { score }) => sum + score.crossings, 0)).toBeGreaterThan(100);
});

it.each(HARMLESS)('%s: nothing false is told, and nothing is lost', async (kind) => {
  const own = await outcomesOf(kind);
  const harmed = own.filter(({ score }) => score.wrong + score.lost > 0);
  expect(own).toHaveLength(EACH);
  expect(harmed.map(({ case: it, score }) => ({ ...it, ...score }))).toEqual([]);
});

it.each(kinds)('%s: no more levels are told late than may be', async (kind) => {
  const own = await outcomesOf(kind);
  const sum = (what: 'late' | 'crossings'): number => own.reduce((all, { score }) => all + score[what], 0);
  expect(isTold(kind, sum('late'), sum('crossings'))).toBe(true);
});
