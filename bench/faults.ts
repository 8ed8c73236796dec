/**
 * Measures what faults of a source cost: draws weeks of real prices and faults of every kind, lets the watcher live through
 * them on a simulated clock, and compares what it tells with what the true prices raise. Prints a table of cases by kind.
 * Exits with 1 if a kind that must do no harm has a false or a lost level.
 *
 * FAULT_CASES: cases of each kind, default 90. FAULT_SEED: where seeds begin, default 1. FAULT_KIND: one kind, with the
 * cases that went wrong.
 */
import { alertLine } from '../test/slides/samples.ts';
import { HARMLESS, isTold } from '../test/watch/faults/goals.ts';
import { KINDS } from '../test/watch/faults/kinds.ts';
import { type Outcome, runCases } from '../test/watch/faults/run-cases.ts';
import { allSeries } from '../test/watch/faults/series.ts';

const count = Number(process.env.FAULT_CASES ?? 90);
const seed = Number(process.env.FAULT_SEED ?? 1);
const only = process.env.FAULT_KIND;

const row = (name: string, ...cells: readonly (string | number)[]): void =>
  console.log(`  ${name.padEnd(30)}${cells.map((cell) => String(cell).padStart(9)).join('')}`);

const timeOf = (at: number): string => new Date(at - 4 * 3_600_000).toISOString().slice(5, 16).replace('T', ' ');

const explain = ({ case: it, expected, told, score }: Outcome): void => {
  console.log(`  seed ${it.seed}: ${JSON.stringify(score)}`);
  for (const [name, raised] of Object.entries({ expected, told }))
    for (const { alert, at } of raised)
      console.log(`    ${name} ${timeOf(at)} ${alertLine(alert)} above ${alert.above ?? 0}`);
};

const series = allSeries();
const begin = performance.now();
row('kind', 'cases', 'false', '> 5 min', '> 1 day', 'lost', 'levels', 'late');
let cases = 0;
const missed: string[] = [];
for (const [n, kind] of Object.keys(KINDS).entries()) {
  if (only !== undefined && only !== kind) continue;
  const outcomes = await runCases(
    Array.from({ length: count }, (_, at) => ({ kind, seed: seed + n * 100_000 + at })),
    series,
  );
  cases += outcomes.length;
  const casesWith = (what: keyof Outcome['score']): number => outcomes.filter(({ score }) => score[what] > 0).length;
  const sum = (what: keyof Outcome['score']): number => outcomes.reduce((all, { score }) => all + score[what], 0);
  row(
    kind,
    ...[outcomes.length, casesWith('wrong'), casesWith('late'), casesWith('dayLate'), casesWith('lost')],
    ...[sum('crossings'), sum('late')],
  );
  if (HARMLESS.includes(kind) && sum('wrong') + sum('lost') > 0) missed.push(kind);
  if (!isTold(kind, sum('late'), sum('crossings'))) missed.push(`${kind}, late`);
  if (only !== undefined)
    for (const it of outcomes) if (it.score.wrong + it.score.lost + it.score.late > 0) explain(it);
}
console.log(`  ${cases} cases in ${((performance.now() - begin) / 1_000).toFixed(0)} s`);
if (missed.length > 0) {
  console.error(`  bounds missed: ${missed.join(', ')}`);
  process.exitCode = 1;
}
