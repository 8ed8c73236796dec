import { newYorkDay } from '../market/exchange-time.ts';
import { type Day, daysBetween } from '../util/day.ts';
import type { Companies } from './companies.ts';
import type { Fact, Subject } from './fact.ts';
import { guidanceSteps } from './guidance.ts';
import { type HyperscalerSum, hyperscalerSum } from './hyperscaler-sum.ts';
import { type AsOf, asOfInstant } from './known-from.ts';
import type { Ledger } from './ledger.ts';
import { calendarQuarter, type Period, shiftQuarter } from './period.ts';
import { quarterOf } from './ratios.ts';

/** What has changed on the bill. Amounts in the facts are millions of USD. */
export type BillChange =
  /** Guidance whose middle lies beyond the range before. */
  | { readonly kind: 'guidance'; readonly way: 'raised' | 'cut'; readonly fact: Fact; readonly previous: Fact }
  /** The first quarter on record whose capex is above its operating cash flow. */
  | { readonly kind: 'above-cash-flow'; readonly capex: Fact; readonly cashFlow: Fact; readonly quarters: number }
  /** A quarter of the four whose share of cash flow differs from that of the quarter before by five points or more. */
  | {
      readonly kind: 'share';
      readonly sum: HyperscalerSum;
      readonly before: HyperscalerSum;
      readonly inputs: readonly Fact[];
    };

/** Points of the four's share of cash flow that are news. */
const SHARE_POINTS = 5;
/** Quarters that must be known before one, for it to be called the first. */
const FEWEST_QUARTERS_BEFORE = 4;

/**
 * Whether the middle of guidance lies beyond the range before, and on which side: 35–40 after 30–37 does, 37–40 after 35–40
 * does not. Of a range with one bound that is its middle; what it leaves open is never passed.
 */
export const beyondRange = (previous: Fact, { low, high }: Fact): 'raised' | 'cut' | undefined => {
  const twice = (low ?? high ?? 0) + (high ?? low ?? 0);
  if (previous.high !== undefined && twice > 2 * previous.high) return 'raised';
  if (previous.low !== undefined && twice < 2 * previous.low) return 'cut';
  return undefined;
};

const guidanceChange = (ledger: Ledger, fact: Fact, asOf: AsOf): BillChange[] => {
  if (fact.metric !== 'capex_guidance' || fact.period.end < newYorkDay(asOfInstant(asOf))) return [];
  // Guidance that a later one has replaced is no news, whenever a person confirms it.
  const step = guidanceSteps(ledger, fact, asOf).at(-1);
  if (step?.fact.id !== fact.id) return [];
  const way = step.previous && beyondRange(step.previous, fact);
  return way && step.previous ? [{ kind: 'guidance', way, fact, previous: step.previous }] : [];
};

const isAbove = (capex: Fact, cashFlow: Fact): boolean =>
  capex.value !== undefined && cashFlow.value !== undefined && capex.value > cashFlow.value;

/** The quarters whose cash capex and operating cash flow are both known, oldest first. */
const quartersWithBoth = (ledger: Ledger, subject: Subject, asOf: AsOf) =>
  ledger.quarters(subject, 'capex_cash', asOf).flatMap((capex) => {
    const cashFlow = quarterOf(ledger, subject, 'operating_cash_flow', asOf, capex.period.end);
    return cashFlow ? [{ capex, cashFlow }] : [];
  });

const aboveCashFlow = (ledger: Ledger, subject: Subject, end: Day, asOf: AsOf): BillChange[] => {
  const known = quartersWithBoth(ledger, subject, asOf);
  const at = known.findIndex(({ capex }) => capex.period.end === end);
  const found = known[at];
  if (!found || at < FEWEST_QUARTERS_BEFORE || !isAbove(found.capex, found.cashFlow)) return [];
  if (known.slice(0, at).some(({ capex, cashFlow }) => isAbove(capex, cashFlow))) return [];
  return [{ kind: 'above-cash-flow', ...found, quarters: at + 1 }];
};

/** Whether two shares in percent are five points or more apart; what only a division adds in the last digits is no difference. */
export const isFarApart = (percent: number, before: number): boolean =>
  Math.abs(Math.round((percent - before) * 1e9)) >= SHARE_POINTS * 1e9;

/** The calendar quarter that a quarter of one of the four ended with. */
const quarterEnding = (end: Day): Period | undefined => {
  const own = calendarQuarter(end);
  return [own, shiftQuarter(own, -1)].find((it) => Math.abs(daysBetween(it.end, end)) <= 10);
};

const shareChange = (
  ledger: Ledger,
  companies: Pick<Companies, 'four'>,
  { subject, period }: Fact,
  asOf: AsOf,
): BillChange[] => {
  const quarter = companies.four.includes(subject) ? quarterEnding(period.end) : undefined;
  const sum = quarter && hyperscalerSum(ledger, companies, quarter, asOf);
  const before = quarter && hyperscalerSum(ledger, companies, shiftQuarter(quarter, -1), asOf);
  if (!sum || !before || sum.reported < sum.of || before.reported < before.of) return [];
  if (sum.ofOperatingCashFlow === undefined || before.ofOperatingCashFlow === undefined) return [];
  if (!isFarApart(sum.ofOperatingCashFlow, before.ofOperatingCashFlow)) return [];
  const inputs = companies.four.flatMap((each) =>
    (['capex_cash', 'operating_cash_flow'] as const).flatMap(
      (metric) => quarterOf(ledger, each, metric, asOf, quarter.end) ?? [],
    ),
  );
  return [{ kind: 'share', sum, before, inputs }];
};

const isQuarterly = ({ metric }: Fact): boolean => metric === 'capex_cash' || metric === 'operating_cash_flow';

/**
 * What a company's new facts change on the bill at `asOf`, guidance first, then its own cash flow, then the four's. Facts that
 * replace others are restatements and no news, but for guidance, which always does. `ledger` already contains the facts.
 */
export const billChanges = (
  ledger: Ledger,
  companies: Pick<Companies, 'four'>,
  facts: readonly Fact[],
  asOf: AsOf,
): BillChange[] => {
  const guided = facts.flatMap((fact) => guidanceChange(ledger, fact, asOf));
  const quarters = facts.filter((it) => isQuarterly(it) && it.supersedes === undefined && it.disputes === undefined);
  const newest = quarters.toSorted((a, b) => (a.period.end < b.period.end ? -1 : 1)).at(-1);
  if (!newest) return guided;
  return [
    ...guided,
    ...(companies.four.includes(newest.subject) ? aboveCashFlow(ledger, newest.subject, newest.period.end, asOf) : []),
    ...shareChange(ledger, companies, newest, asOf),
  ];
};

/** What a change is told once by: whose, of which figure and period, and what has changed. */
export const keyOfChange = (change: BillChange): string => {
  switch (change.kind) {
    case 'guidance': {
      const { subject, metric, period, basis, published } = change.fact;
      return `${subject}/${metric}/${period.end}/${basis}/${change.way}/${published}`;
    }
    case 'above-cash-flow':
      return `${change.capex.subject}/capex-above-cash-flow`;
    case 'share':
      return `four/share-of-cash-flow/${change.sum.quarter.end}`;
  }
};
