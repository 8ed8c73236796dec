import type { Fact } from '../fact.ts';
import { rangeText } from '../guidance.ts';
import { isSameGuidance, isSameRange, type Proposal } from './proposal.ts';

/** The fact that an accepted proposal becomes, or why it cannot be accepted, in one line. */
export type Confirmation = { readonly fact: Fact } | { readonly refused: string };

const named = ({ label, published, source }: Fact): string => `${label} of ${published} (${source.title})`;

/**
 * Checks a proposal against the figures known. Guidance that a company gave itself for the same period on the same day
 * contradicts another range of that day; what was given before is superseded.
 */
export const confirm = ({ fact }: Proposal, known: readonly Fact[]): Confirmation => {
  const same = known.filter((it) => isSameGuidance(it, fact));
  const firstHand = same.filter(({ source }) => !source.secondary);
  const ofDay = firstHand.find(({ published }) => published === fact.published);
  if (ofDay && isSameRange(ofDay, fact))
    return { refused: `the ledger has it already: ${rangeText(ofDay)}, ${named(ofDay)}` };
  if (ofDay)
    return { refused: `the ledger contradicts it: ${rangeText(ofDay)}, ${named(ofDay)}, against ${rangeText(fact)}` };
  const before = same
    .filter(({ published }) => published < fact.published)
    .toSorted((a, b) => (a.published < b.published ? -1 : 1))
    .at(-1);
  return { fact: before ? { ...fact, supersedes: before.id } : fact };
};
