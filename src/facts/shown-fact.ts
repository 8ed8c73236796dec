import type { Fact } from './fact.ts';
import type { AsOf } from './known-from.ts';
import type { Ledger } from './ledger.ts';
import { yearOnYear } from './ratios.ts';
import { isStale } from './stale.ts';

/** One fact as a card shows it. */
export interface ShownFact {
  readonly fact: Fact;
  /** Change on the same quarter a year before, on the same basis, in percent; absent if it cannot be computed. */
  readonly yoyPercent?: number;
  /** Whether a newer filing is known, or the period ended more than 100 days ago. */
  readonly stale: boolean;
  /** Other figures of the same period that contradict it; absent for none. */
  readonly disputedBy?: readonly Fact[];
}

export const showFact = (ledger: Ledger, fact: Fact, asOf: AsOf): ShownFact => {
  const disputedBy = ledger.disputes(fact, asOf);
  const yoy = disputedBy.length === 0 ? yearOnYear(ledger, fact, asOf) : undefined;
  return {
    fact,
    ...(yoy && { yoyPercent: yoy.value }),
    stale: isStale(ledger, fact, asOf),
    ...(disputedBy.length > 0 && { disputedBy }),
  };
};
