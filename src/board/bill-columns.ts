import { BILL_QUARTERS, countedQuarter } from '../facts/bill-quarters.ts';
import type { Companies } from '../facts/companies.ts';
import type { Subject } from '../facts/fact.ts';
import type { HyperscalerSum } from '../facts/hyperscaler-sum.ts';
import type { AsOf } from '../facts/known-from.ts';
import type { Ledger } from '../facts/ledger.ts';
import { calendarQuarter, type Period, shiftQuarter } from '../facts/period.ts';
import { newYorkDay } from '../market/exchange-time.ts';
import type { Day } from '../util/day.ts';

/** What the page of the bill is made of. */
export interface BillSource {
  readonly ledger: Ledger;
  readonly companies: Companies;
  /** Epoch milliseconds. */
  readonly now: number;
}

/** A column of the bill. All sums are in millions of USD. */
export interface BillColumn {
  readonly quarter: Period;
  /** What was known then, of each company that had reported. */
  readonly parts: readonly { readonly subject: Subject; readonly capex: number }[];
  /** The sum of the parts; absent if none was known. */
  readonly sum?: HyperscalerSum;
  /** The sum as it is known now, if that counts more companies or is another. */
  readonly later?: number;
}

/**
 * The quarters up to the newest that one of the four has reported by now, oldest first, as known at `asOf`. Those that
 * nobody had reported by then are there, too, so that the columns keep their places whatever the day.
 */
export const billColumns = ({ ledger, companies, now }: BillSource, asOf: AsOf): BillColumn[] => {
  const current = calendarQuarter(newYorkDay(now));
  const all = Array.from({ length: BILL_QUARTERS + 4 }, (_, back) => shiftQuarter(current, -back));
  const newest = all.findIndex((quarter) => countedQuarter(ledger, companies, quarter, now));
  if (newest < 0) return [];
  return all
    .slice(newest, newest + BILL_QUARTERS)
    .reverse()
    .map((quarter) => {
      const known = countedQuarter(ledger, companies, quarter, asOf);
      const present = countedQuarter(ledger, companies, quarter, now)?.sum;
      const parts = companies.four.flatMap((subject, at) => {
        const capex = known?.capex[at] ?? null;
        return capex === null ? [] : { subject, capex };
      });
      return {
        quarter,
        parts,
        ...(known && { sum: known.sum }),
        ...(present && present.capex !== known?.sum.capex && { later: present.capex }),
      };
    });
};

/** A day on which one of the four published its capex, and who did. */
export interface ResultDay {
  readonly day: Day;
  readonly subjects: readonly Subject[];
}

/** All of them up to now, oldest first. */
export const resultDays = ({ ledger, companies, now }: BillSource): ResultDay[] => {
  const facts = companies.four.flatMap((subject) => ledger.history(subject, 'capex_cash', now));
  const byDay = Map.groupBy(facts, ({ published }) => published);
  return [...byDay]
    .map(([day, published]) => ({ day, subjects: [...new Set(published.map(({ subject }) => subject))] }))
    .sort((a, b) => (a.day < b.day ? -1 : 1));
};
