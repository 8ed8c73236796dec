import type { Fact, Subject } from './fact.ts';
import type { AsOf } from './known-from.ts';
import type { Ledger } from './ledger.ts';
import { capexOfOperatingCashFlow, capitalIntensity, quarterOf, yearOnYear } from './ratios.ts';
import type { ShownFact } from './related-figures.ts';
import { isStale } from './stale.ts';

/** What a company has just reported of one quarter: the bill, and what it was paid from. */
export interface Figures {
  readonly subject: Subject;
  readonly capex: ShownFact;
  /** Percent of the quarter's operating cash flow; absent where that is not disclosed. */
  readonly ofOperatingCashFlow?: number;
  /** Percent of the quarter's revenue; absent where that is not disclosed. */
  readonly ofRevenue?: number;
  readonly operatingCashFlow?: ShownFact;
  readonly revenue?: ShownFact;
}

const shown = (ledger: Ledger, fact: Fact, asOf: AsOf): ShownFact => {
  const yoy = yearOnYear(ledger, fact, asOf);
  return { fact, ...(yoy && { yoyPercent: yoy.value }), stale: isStale(ledger, fact, asOf) };
};

/** The quarter's figures as they were known; undefined where its cash capex was not. `end` is the quarter's last day. */
export const figuresOf = (ledger: Ledger, subject: Subject, end: string, asOf: AsOf): Figures | undefined => {
  const capex = quarterOf(ledger, subject, 'capex_cash', asOf, end);
  if (capex?.value === undefined) return undefined;
  const flow = quarterOf(ledger, subject, 'operating_cash_flow', asOf, end);
  const revenue = quarterOf(ledger, subject, 'revenue', asOf, end);
  const ofFlow = capexOfOperatingCashFlow(ledger, subject, asOf, end)?.value;
  const ofRevenue = capitalIntensity(ledger, subject, asOf, end)?.value;
  return {
    subject,
    capex: shown(ledger, capex, asOf),
    ...(ofFlow !== undefined && { ofOperatingCashFlow: ofFlow }),
    ...(ofRevenue !== undefined && { ofRevenue }),
    ...(flow && { operatingCashFlow: shown(ledger, flow, asOf) }),
    ...(revenue && { revenue: shown(ledger, revenue, asOf) }),
  };
};
