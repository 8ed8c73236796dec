import type { Fact } from './fact.ts';
import { createLedger, type Ledger } from './ledger.ts';

/** The curated facts and the figures filed since, as one ledger that grows. */
export interface FactStore {
  /** The curated facts only. */
  readonly curated: readonly Fact[];
  ledger(): Ledger;
  /** Adds filed figures. A curated fact with the same id wins. */
  add(facts: readonly Fact[]): void;
}

export const createFactStore = (curated: readonly Fact[], filed: readonly Fact[]): FactStore => {
  let all = [...curated, ...filed];
  let ledger = createLedger(all);
  return {
    curated,
    ledger: () => ledger,
    add: (facts) => {
      all = [...all, ...facts];
      ledger = createLedger(all);
    },
  };
};
