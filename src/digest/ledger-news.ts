import type { Fact } from '../facts/fact.ts';
import { guidanceSteps } from '../facts/guidance.ts';
import { knownFrom } from '../facts/known-from.ts';
import type { Ledger } from '../facts/ledger.ts';
import { METRICS } from '../facts/metric.ts';
import { yearOnYear } from '../facts/ratios.ts';
import { isStale } from '../facts/stale.ts';
import type { News } from '../stories/digest-story.ts';

/** Rows that a digest has room for; the others are counted. */
const MOST_ROWS = 6;

/** What was published longer ago than this is history, however late it came into the ledger. */
const FRESH_MS = 7 * 86_400_000;

const ORDER = { bill: 0, return: 1, context: 2 } as const;

export interface Since {
  /** Epoch milliseconds of the digest before, and of this one. */
  readonly before: number;
  readonly asOf: number;
  /** When a figure from a filing came into the ledger, epoch milliseconds, by fact id: it may be hours after its publication. */
  readonly heardAt?: ReadonlyMap<string, number>;
}

/** True for a fact that the digest before could not know, and that is not old. */
const isNew = (fact: Fact, { before, asOf, heardAt }: Since): boolean => {
  const from = knownFrom(fact);
  const heard = heardAt?.get(fact.id) ?? from;
  const arrived = heard < asOf ? Math.max(from, heard) : from;
  return from < asOf && arrived >= before && from >= before - FRESH_MS;
};

const newsOf = (ledger: Ledger, fact: Fact, asOf: number): News => {
  const yoy = yearOnYear(ledger, fact, asOf);
  const shown = { fact, ...(yoy && { yoyPercent: yoy.value }), stale: isStale(ledger, fact, asOf) };
  const step = guidanceSteps(ledger, fact, asOf).at(-1);
  return { shown, ...(fact.metric === 'capex_guidance' && step && { revision: step.revision }) };
};

/**
 * Figures and guidance that came into the ledger since the digest before: those of the bill and the return, in force
 * and the newest of their kind, the bill first; what else is new is counted.
 */
export const ledgerNews = (
  ledger: Ledger,
  since: Since,
): { readonly news: readonly News[]; readonly moreNews: number } => {
  const fresh = ledger.known(since.asOf).filter((fact) => isNew(fact, since));
  const shown = fresh
    .filter(({ metric }) => METRICS[metric].side !== 'context')
    .filter((fact) => ledger.latest(fact.subject, fact.metric, since.asOf, fact.basis)?.id === fact.id)
    .toSorted((a, b) => ORDER[METRICS[a.metric].side] - ORDER[METRICS[b.metric].side])
    .slice(0, MOST_ROWS);
  return {
    news: shown.map((fact) => newsOf(ledger, fact, since.asOf)),
    moreNews: fresh.length - shown.length,
  };
};
