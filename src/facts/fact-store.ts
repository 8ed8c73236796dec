import type { Fact } from './fact.ts';
import { createLedger, type Ledger } from './ledger.ts';

/** The reviewed shelf and what filings have brought since, as one ledger that grows. */
export interface FactStore {
  /** The reviewed facts alone. */
  readonly shelf: readonly Fact[];
  ledger(): Ledger;
  /** Takes figures from filings in; what the shelf tells already stays the shelf's. */
  add(facts: readonly Fact[]): void;
}

export const createFactStore = (shelf: readonly Fact[], filed: readonly Fact[]): FactStore => {
  let all = [...shelf, ...filed];
  let ledger = createLedger(all);
  return {
    shelf,
    ledger: () => ledger,
    add: (facts) => {
      all = [...all, ...facts];
      ledger = createLedger(all);
    },
  };
};
