import { loadWatchlist, type Rules } from '../../../src/market/watchlist.ts';
import { drawOf } from './draw.ts';
import { expectedOf, type Raised } from './expected.ts';
import { type Faulty, KINDS } from './kinds.ts';
import { pollTimes } from './polls.ts';
import { type Score, scoreOf } from './score.ts';
import type { Series } from './series.ts';
import { drawTruth } from './truth.ts';
import { watchAll } from './watch-all.ts';

const { rules } = loadWatchlist();

/** One case: a kind of fault, and the seed that its prices, its time and its details are drawn by. */
export interface Case {
  readonly kind: string;
  readonly seed: number;
}

/** Indexes of the sessions that a fault may begin in: two follow, and one is before. */
const FAULT_SESSIONS = [1, 2] as const;

const drawFault = ({ kind, seed }: Case, series: readonly Series[]): Faulty => {
  const draw = drawOf(seed);
  // An index is never split or gapped.
  const isOfStocks = /split|spin-off|ex-dividend|gap/.test(kind);
  const truth = drawTruth(draw, draw.one(series.filter((it) => !isOfStocks || it.kind === 'stock')));
  const at = draw.one(FAULT_SESSIONS);
  const day = truth.days[at];
  const fault = KINDS[kind];
  if (!day || !fault) throw new Error(`no such kind of fault: ${kind}`);
  return fault({ draw, truth, at, day });
};

/** The outcome of a case: what should have been told, what was, and how they compare. */
export interface Outcome {
  readonly case: Case;
  readonly rules: Rules;
  readonly expected: readonly Raised[];
  readonly told: readonly Raised[];
  readonly score: Score;
}

/** Runs cases side by side, each as a symbol of its own in one watcher. */
export const runCases = async (cases: readonly Case[], series: readonly Series[]): Promise<Outcome[]> => {
  const faults = cases.map((it) => drawFault(it, series));
  const times = pollTimes(cases.length);
  const told = await watchAll(faults, times);
  return faults.map(({ truth }, n) => {
    const own = rules[truth.kind];
    const expected = expectedOf(truth, own, times);
    const did = told[n] ?? [];
    return { case: cases[n] as Case, rules: own, expected, told: did, score: scoreOf(expected, did, own) };
  });
};
