import type { Subject } from './fact.ts';
import type { AsOf } from './known-from.ts';
import type { Ledger } from './ledger.ts';
import { capexOfOperatingCashFlow, capitalIntensity, quarterOf } from './ratios.ts';
import { type ShownFact, showFact } from './shown-fact.ts';

/** One quarter of a company as reported: capex, and the cash flow and revenue that pay for it. */
export interface ReportedFigures {
  readonly subject: Subject;
  readonly capex: ShownFact;
  /** Percent of the quarter's operating cash flow; absent if that is not disclosed. */
  readonly ofOperatingCashFlow?: number;
  /** Percent of the quarter's revenue; absent if that is not disclosed. */
  readonly ofRevenue?: number;
  readonly operatingCashFlow?: ShownFact;
  readonly revenue?: ShownFact;
}

/** The figures of the quarter ending on `end`, as known at `asOf`; undefined if its cash capex was not known. */
export const reportedFigures = (
  ledger: Ledger,
  subject: Subject,
  end: string,
  asOf: AsOf,
): ReportedFigures | undefined => {
  const capex = quarterOf(ledger, subject, 'capex_cash', asOf, end);
  if (capex?.value === undefined) return undefined;
  const flow = quarterOf(ledger, subject, 'operating_cash_flow', asOf, end);
  const revenue = quarterOf(ledger, subject, 'revenue', asOf, end);
  const ofFlow = capexOfOperatingCashFlow(ledger, subject, asOf, end)?.value;
  const ofRevenue = capitalIntensity(ledger, subject, asOf, end)?.value;
  return {
    subject,
    capex: showFact(ledger, capex, asOf),
    ...(ofFlow !== undefined && { ofOperatingCashFlow: ofFlow }),
    ...(ofRevenue !== undefined && { ofRevenue }),
    ...(flow && { operatingCashFlow: showFact(ledger, flow, asOf) }),
    ...(revenue && { revenue: showFact(ledger, revenue, asOf) }),
  };
};
