import type { Fact } from '../fact.ts';
import { knownFrom } from '../known-from.ts';
import { isSameGuidance, isSameRange, type Proposal } from './proposal.ts';

const newest = (facts: readonly Fact[], by: number): Fact | undefined =>
  facts
    .filter((fact) => knownFrom(fact) <= by)
    .toSorted((a, b) => knownFrom(a) - knownFrom(b))
    .at(-1);

/**
 * The proposals that say something new: guidance that repeats the ledger's, or what was proposed last of the same period,
 * is none, even if that was refused.
 */
export const newProposals = (
  proposals: readonly Proposal[],
  ledger: readonly Fact[],
  proposed: readonly Fact[],
): readonly Proposal[] => {
  const fresh: Proposal[] = [];
  for (const proposal of proposals) {
    const { fact } = proposal;
    const own = (all: readonly Fact[]): Fact[] => all.filter((it) => isSameGuidance(it, fact));
    const from = knownFrom(fact);
    const inForce = newest(own(ledger), from);
    const before = [newest(own(proposed), from), ...own(fresh.map((it) => it.fact))];
    // A release of the same evening may count from a minute later than this document.
    const sameDay = own(ledger).filter(({ published }) => published === fact.published);
    if ([inForce, ...before, ...sameDay].some((it) => it && isSameRange(it, fact))) continue;
    fresh.push(proposal);
  }
  return fresh;
};
