import type { Fact } from '../facts/fact.ts';
import { guidanceSteps } from '../facts/guidance.ts';
import { knownFrom } from '../facts/known-from.ts';
import type { Ledger } from '../facts/ledger.ts';
import { METRICS } from '../facts/metric.ts';
import { showFact } from '../facts/shown-fact.ts';
import type { News } from '../stories/digest-story.ts';
import { DAY_MS } from '../util/durations.ts';

/** Rows of a digest; further news is only counted. */
const MAX_NEWS_ROWS = 6;

/** A figure published longer before the last digest is not news, however late it was added to the ledger. */
const MAX_NEWS_AGE_MS = 7 * DAY_MS;

const SIDE_ORDER = { bill: 0, return: 1, context: 2 } as const;

/** The time between two digests. */
export interface NewsWindow {
  /** Epoch milliseconds of the digest before, and of this one. */
  readonly before: number;
  readonly asOf: number;
  /** When a filed figure was added to the ledger, epoch milliseconds by fact id; may be hours after its publication. */
  readonly addedAt?: ReadonlyMap<string, number>;
}

/** Whether the digest before could not know a fact yet, and the fact is not old. */
const isNew = (fact: Fact, { before, asOf, addedAt }: NewsWindow): boolean => {
  const from = knownFrom(fact);
  const added = addedAt?.get(fact.id) ?? from;
  const arrived = added < asOf ? Math.max(from, added) : from;
  return from < asOf && arrived >= before && from >= before - MAX_NEWS_AGE_MS;
};

const newsOf = (ledger: Ledger, fact: Fact, asOf: number): News => {
  const step = guidanceSteps(ledger, fact, asOf).at(-1);
  return {
    shown: showFact(ledger, fact, asOf),
    ...(fact.metric === 'capex_guidance' && step && { revision: step.revision }),
  };
};

/**
 * Figures and guidance added to the ledger since the digest before. Shows those of the bill and the return that are in
 * force and the newest of their kind, the bill first; counts the others in `moreNews`.
 */
export const ledgerNews = (
  ledger: Ledger,
  window: NewsWindow,
): { readonly news: readonly News[]; readonly moreNews: number } => {
  const fresh = ledger.known(window.asOf).filter((fact) => isNew(fact, window));
  const shown = fresh
    .filter(({ metric }) => METRICS[metric].side !== 'context')
    .filter((fact) => ledger.latest(fact.subject, fact.metric, window.asOf, fact.basis)?.id === fact.id)
    .toSorted((a, b) => SIDE_ORDER[METRICS[a.metric].side] - SIDE_ORDER[METRICS[b.metric].side])
    .slice(0, MAX_NEWS_ROWS);
  return {
    news: shown.map((fact) => newsOf(ledger, fact, window.asOf)),
    moreNews: fresh.length - shown.length,
  };
};
