import { newYorkDay } from '../market/exchange-time.ts';
import type { Fact, Subject } from './fact.ts';
import { type AsOf, asOfInstant } from './known-from.ts';
import type { Ledger } from './ledger.ts';
import { isQuarter, lengthOf } from './period.ts';

/** `rebased`: the first on its basis, of a period for which the company had guided on another one. */
export type Revision = 'first' | 'rebased' | 'raised' | 'lowered' | 'narrowed' | 'widened' | 'kept';

/** One step in the history of one guided period. */
export interface GuidanceStep {
  readonly fact: Fact;
  readonly previous?: Fact;
  readonly revision: Revision;
}

/** Spending so far against guidance. Amounts in millions of USD, on the basis of the guidance. */
export interface GuidanceProgress {
  readonly guidance: Fact;
  readonly spent: number;
  readonly quartersReported: number;
  readonly quartersLeft: number;
  /** What is left to spend up to each bound; negative if it is passed, absent if the bound was not given. */
  readonly remainderLow?: number;
  readonly remainderHigh?: number;
  readonly inputs: readonly Fact[];
}

const DAYS_PER_QUARTER = 365.25 / 4;

/** Middle of the range, or its only bound. */
const middle = ({ low, high }: Fact): number => ((low ?? high ?? 0) + (high ?? low ?? 0)) / 2;

const width = ({ low, high }: Fact): number => (low === undefined || high === undefined ? 0 : high - low);

/** Whether a range begins higher than another and ends no higher: a cut of the top alone is a cut. */
const isNarrowed = (previous: Fact, { low, high }: Fact): boolean =>
  low !== undefined &&
  high !== undefined &&
  previous.low !== undefined &&
  previous.high !== undefined &&
  low > previous.low &&
  high <= previous.high;

/**
 * How guidance differs from that before it: narrowed if the low end rises and the high end does not, else by the middle of
 * the range, then by its width.
 */
export const revisionOf = (previous: Fact, fact: Fact): Exclude<Revision, 'rebased'> => {
  if (isNarrowed(previous, fact)) return 'narrowed';
  const moved = middle(fact) - middle(previous);
  if (moved !== 0) return moved > 0 ? 'raised' : 'lowered';
  const grown = width(fact) - width(previous);
  return grown === 0 ? 'kept' : grown > 0 ? 'widened' : 'narrowed';
};

/** The guidance in force for a period that is not over at `asOf`; undefined if none was given. */
export const guidanceInForce = (ledger: Ledger, subject: Subject, asOf: AsOf): Fact | undefined => {
  const today = newYorkDay(asOfInstant(asOf));
  const guided = ledger.latest(subject, 'capex_guidance', asOf);
  return guided && guided.period.end >= today ? guided : undefined;
};

/**
 * The history of the guidance for the period of `fact` on its basis, oldest first. Steps on two bases are not
 * compared.
 */
export const guidanceSteps = (ledger: Ledger, fact: Fact, asOf: AsOf): readonly GuidanceStep[] => {
  const ofPeriod = ledger
    .history(fact.subject, fact.metric, asOf)
    .filter(({ period }) => period.start === fact.period.start && period.end === fact.period.end);
  return ofPeriod
    .filter(({ basis }) => basis === fact.basis)
    .map((step, place, all) => {
      const previous = all[place - 1];
      if (previous) return { fact: step, previous, revision: revisionOf(previous, step) };
      const isRebased = ofPeriod.some(({ basis, published }) => basis !== step.basis && published < step.published);
      return { fact: step, revision: isRebased ? 'rebased' : 'first' };
    });
};

const inBillions = (millions: number): string => String(Math.round(millions / 10) / 100);

/** "37–40B", "more than 10B", "200B"; from millions of USD. */
export const rangeText = ({ low, high }: Fact): string => {
  if (low !== undefined && high !== undefined)
    return low === high ? `${inBillions(low)}B` : `${inBillions(low)}–${inBillions(high)}B`;
  return low === undefined ? `up to ${inBillions(high ?? 0)}B` : `more than ${inBillions(low)}B`;
};

/** "37–40B, raised from 35–40B on 2024-07-31"; only the range for the first guidance. */
export const guidanceText = (steps: readonly GuidanceStep[]): string => {
  const last = steps.at(-1);
  if (!last) return 'not disclosed';
  const range = rangeText(last.fact);
  if (!last.previous) return range;
  return last.revision === 'kept'
    ? `${range}, kept on ${last.fact.published}`
    : `${range}, ${last.revision} from ${rangeText(last.previous)} on ${last.fact.published}`;
};

/**
 * Spending so far against the guidance in force, from the quarters of its period on the same basis. Undefined
 * ("not disclosed") if no guidance is in force or a quarter so far is missing on that basis.
 */
export const guidanceProgress = (ledger: Ledger, subject: Subject, asOf: AsOf): GuidanceProgress | undefined => {
  const guidance = guidanceInForce(ledger, subject, asOf);
  if (!guidance) return undefined;
  const { start = '', end } = guidance.period;
  const inputs = (['capex_cash', 'capex_cash_net', 'capex_incl_leases'] as const)
    .flatMap((metric) => ledger.quarters(subject, metric, asOf, guidance.basis))
    .filter(({ period }) => isQuarter(period) && (period.start ?? '') >= start && period.end <= end);
  const last = inputs.at(-1);
  if (!last) return undefined;
  const quartersReported = Math.round((lengthOf({ start, end: last.period.end }) ?? 0) / DAYS_PER_QUARTER);
  if (inputs.length !== quartersReported) return undefined;
  const spent = inputs.reduce((sum, { value }) => sum + (value ?? 0), 0);
  return {
    guidance,
    spent,
    quartersReported,
    quartersLeft: Math.round((lengthOf(guidance.period) ?? 0) / DAYS_PER_QUARTER) - quartersReported,
    ...(guidance.low !== undefined && { remainderLow: guidance.low - spent }),
    ...(guidance.high !== undefined && { remainderHigh: guidance.high - spent }),
    inputs,
  };
};
