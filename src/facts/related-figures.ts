import type { Fact, Subject } from './fact.ts';
import { guidanceInForce } from './guidance.ts';
import { type HyperscalerSum, newestHyperscalerSum } from './hyperscaler-sum.ts';
import type { Ledger } from './ledger.ts';
import { capexOfCloudRevenue, capitalIntensity, yearOnYear } from './ratios.ts';
import { type Relation, relationsAt } from './relations.ts';
import { type FigureRequest, type Relevance, relevanceOf } from './relevance.ts';
import { ageOf, isStale } from './stale.ts';

export type { HyperscalerSum } from './hyperscaler-sum.ts';

/** One fact as a card shows it. */
export interface ShownFact {
  readonly fact: Fact;
  /** Change against the same quarter a year before, on the same basis, in percent; absent where it cannot be computed. */
  readonly yoyPercent?: number;
  /** A newer filing exists, or more than 100 days have passed since the period's end. */
  readonly stale: boolean;
}

/** The bill against the return of one company and one quarter. */
export interface BillToReturn {
  readonly bill: Fact;
  /** Cloud revenue of the quarter, or all revenue where the company has no cloud. */
  readonly return: Fact;
  /** Bill as percent of return. */
  readonly percent: number;
}

/** The facts beside a move, at most five in all, the newest first in each half. */
export interface RelatedFigures {
  readonly bill: readonly ShownFact[];
  readonly return: readonly ShownFact[];
  /** The newest quarter that all four have reported. */
  readonly four?: HyperscalerSum;
  readonly ratio?: BillToReturn;
  /** Whose models and chips the company uses. */
  readonly suppliers?: readonly Relation[];
}

/** Rows of both halves together; a card is read on a phone. */
const ROWS = 5;

/** Beyond this age, in days since the period's end, a figure is shown only where nothing newer bears on the symbol. */
const TOO_OLD = 200;

const factOf = (ledger: Ledger, { subject, metric, inPlaceOf }: FigureRequest, asOf: number): Fact | undefined => {
  const preferred = inPlaceOf && ledger.latest(subject, inPlaceOf, asOf);
  if (preferred && !isStale(ledger, preferred, asOf)) return undefined;
  if (metric === 'capex_guidance') return guidanceInForce(ledger, subject, asOf);
  return ledger.latest(subject, metric, asOf);
};

const newestFirst = (a: Fact, b: Fact): number =>
  a.published === b.published ? 0 : a.published < b.published ? 1 : -1;

/** The facts that grant the wishes, the most wanted first. */
const candidates = (ledger: Ledger, wishes: readonly FigureRequest[], relevance: Relevance, asOf: number): Fact[] => {
  const found = wishes.flatMap((wish, place) => {
    const fact = factOf(ledger, wish, asOf);
    return fact && (place === 0 || ageOf(fact, asOf) <= TOO_OLD) ? [fact] : [];
  });
  return relevance.newestFirst ? found.sort(newestFirst) : found;
};

const show = (ledger: Ledger, facts: readonly Fact[], asOf: number): ShownFact[] =>
  facts.toSorted(newestFirst).map((fact) => {
    const yoy = yearOnYear(ledger, fact, asOf);
    return { fact, ...(yoy && { yoyPercent: yoy.value }), stale: isStale(ledger, fact, asOf) };
  });

const ratioOf = (ledger: Ledger, subject: Subject, asOf: number): BillToReturn | undefined => {
  const derived = capexOfCloudRevenue(ledger, subject, asOf) ?? capitalIntensity(ledger, subject, asOf);
  const [bill, against] = derived?.inputs ?? [];
  return derived && bill && against && { bill, return: against, percent: derived.value };
};

/**
 * The facts that stand beside a move of `symbol`, as they were known at `asOf` (epoch milliseconds). For the final
 * bar of a session pass the instant of its close: what was published after it is not known then.
 */
export const relatedFigures = (
  ledger: Ledger,
  relations: readonly Relation[],
  symbol: string,
  asOf: number,
): RelatedFigures => {
  const then = relationsAt(relations, asOf);
  const relevance = relevanceOf(symbol, then);
  const bill = candidates(ledger, relevance.bill, relevance, asOf);
  const back = candidates(ledger, relevance.return, relevance, asOf);
  const billRows = Math.max(relevance.billRows, ROWS - back.length);
  const shownBill = bill.slice(0, billRows);
  const four = relevance.four ? newestHyperscalerSum(ledger, asOf) : undefined;
  const ratio = relevance.ratio && ratioOf(ledger, relevance.ratio, asOf);
  const suppliers = relevance.suppliers ? then.filter(({ kind, to }) => kind === 'supplies' && to === symbol) : [];
  return {
    bill: show(ledger, shownBill, asOf),
    return: show(ledger, back.slice(0, ROWS - shownBill.length), asOf),
    ...(four && { four }),
    ...(ratio && { ratio }),
    ...(suppliers.length > 0 && { suppliers }),
  };
};
