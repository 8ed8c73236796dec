import { newYorkDay } from '../market/exchange-time.ts';
import type { Day } from '../util/day.ts';
import { CASH_BASES } from './basis.ts';
import type { Companies } from './companies.ts';
import type { Subject } from './fact.ts';
import { hyperscalerSum } from './hyperscaler-sum.ts';
import { type AsOf, asOfInstant } from './known-from.ts';
import type { Ledger } from './ledger.ts';
import { calendarQuarter, isQuarter, isSamePeriodEnd, shiftQuarter } from './period.ts';
import { isPresent } from './stale.ts';

/** Cash capex of all four in a calendar quarter. */
export interface PublishedQuarter {
  /** Last day of the quarter. */
  readonly end: Day;
  /** Millions of US dollars. */
  readonly capex: number;
  /** The day on which the last of the four told it. */
  readonly published: Day;
  /** Change from the year before; absent if that is not known. */
  readonly yoyPercent?: number;
}

/** Whose quarters they are, and at least one of them, oldest first. */
export interface PublishedQuarters {
  readonly companies: readonly Subject[];
  readonly quarters: readonly PublishedQuarter[];
}

/** More than a year, so that the first of a picture's sessions has a quarter, too. */
const QUARTERS = 6;
/** Quarters that only some have told come before them. */
const MAX_QUARTERS_BACK = QUARTERS + 2;

/** When a company first told its capex of a quarter: a later correction is not news of that day. */
const firstPublished = (ledger: Ledger, subject: Subject, end: Day, asOf: AsOf): Day | undefined =>
  ledger
    .history(subject, 'capex_cash', asOf)
    .filter(({ basis, period }) => CASH_BASES.includes(basis) && isQuarter(period) && isSamePeriodEnd(period.end, end))
    .map(({ published }) => published)
    .sort()[0];

/**
 * The newest quarters that all four had told by `asOf`; undefined if the newest ended too long ago to be shown as the
 * present. A quarter that only some have told would look like a fall, so it is in no picture.
 */
export const publishedQuarters = (
  ledger: Ledger,
  { four }: Pick<Companies, 'four'>,
  asOf: AsOf,
): PublishedQuarters | undefined => {
  const current = calendarQuarter(newYorkDay(asOfInstant(asOf)));
  const quarters: PublishedQuarter[] = [];
  for (let back = MAX_QUARTERS_BACK; back > 0; back -= 1) {
    const quarter = shiftQuarter(current, -back);
    const sum = hyperscalerSum(ledger, { four }, quarter, asOf);
    const days = four.map((subject) => firstPublished(ledger, subject, quarter.end, asOf));
    const published = days.every((day) => day !== undefined) ? days.sort().at(-1) : undefined;
    if (!sum || sum.reported < sum.of || published === undefined) continue;
    quarters.push({
      end: quarter.end,
      capex: sum.capex,
      published,
      ...(sum.yoyPercent !== undefined && { yoyPercent: sum.yoyPercent }),
    });
  }
  const newest = quarters.at(-1);
  if (!newest || !isPresent(calendarQuarter(newest.end), asOf)) return undefined;
  return { companies: four, quarters: quarters.slice(-QUARTERS) };
};
