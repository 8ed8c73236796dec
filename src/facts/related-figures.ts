import type { Companies } from './companies.ts';
import type { Fact, Subject } from './fact.ts';
import { guidanceInForce } from './guidance.ts';
import { type HyperscalerSum, presentHyperscalerSum } from './hyperscaler-sum.ts';
import type { Ledger } from './ledger.ts';
import { type PublishedQuarters, publishedQuarters } from './published-quarters.ts';
import { capexOfCloudRevenue, capitalIntensity } from './ratios.ts';
import { type Relation, relationsAt } from './relations.ts';
import { type FigureRequest, type Payer, type Relevance, relevanceOf } from './relevance.ts';
import { type ShownFact, showFact } from './shown-fact.ts';
import { ageOf, isPresent, isStale } from './stale.ts';

/** The bill and the return of one company in one quarter. */
export interface BillToReturn {
  readonly bill: Fact;
  /** Cloud revenue of the quarter, or all revenue if the company has no cloud. */
  readonly return: Fact;
  /** Bill as percent of return. */
  readonly percent: number;
}

/** The facts shown with a move: at most five, the newest first in each half. */
export interface RelatedFigures {
  /** Absent for an index and a basket, whose bill is that of the four, and in stories of earlier versions. */
  readonly whose?: Payer;
  readonly bill: readonly ShownFact[];
  readonly return: readonly ShownFact[];
  /** The newest quarter that all four have reported. */
  readonly four?: HyperscalerSum;
  /** The four's capex by quarter, for the picture; absent in stories of earlier versions. */
  readonly quarters?: PublishedQuarters;
  readonly ratio?: BillToReturn;
  /** Whose models and chips the company uses. */
  readonly suppliers?: readonly Relation[];
}

/** Rows of both halves together, so that a card fits a phone. */
const MAX_ROWS = 5;

/** A figure whose period ended longer ago is shown only as the first request of its half, and no longer than the present lasts. */
const MAX_AGE_DAYS = 200;

const factOf = (ledger: Ledger, { subject, metric, inPlaceOf }: FigureRequest, asOf: number): Fact | undefined => {
  const preferred = inPlaceOf && ledger.latest(subject, inPlaceOf, asOf);
  if (preferred && !isStale(ledger, preferred, asOf)) return undefined;
  if (metric === 'capex_guidance') return guidanceInForce(ledger, subject, asOf);
  return ledger.latest(subject, metric, asOf);
};

const newestFirst = (a: Fact, b: Fact): number =>
  a.published === b.published ? 0 : a.published < b.published ? 1 : -1;

/** The facts for the requests, in order of relevance. */
const factsFor = (ledger: Ledger, wanted: readonly FigureRequest[], relevance: Relevance, asOf: number): Fact[] => {
  const found = wanted.flatMap((request, place) => {
    const fact = factOf(ledger, request, asOf);
    const isRecent = fact && (place === 0 ? isPresent(fact.period, asOf) : ageOf(fact, asOf) <= MAX_AGE_DAYS);
    return isRecent ? [fact] : [];
  });
  return relevance.newestFirst ? found.sort(newestFirst) : found;
};

const show = (ledger: Ledger, facts: readonly Fact[], asOf: number): ShownFact[] =>
  facts.toSorted(newestFirst).map((fact) => showFact(ledger, fact, asOf));

const ratioOf = (ledger: Ledger, subject: Subject, asOf: number): BillToReturn | undefined => {
  const derived = capexOfCloudRevenue(ledger, subject, asOf) ?? capitalIntensity(ledger, subject, asOf);
  const [bill, against] = derived?.inputs ?? [];
  return derived && bill && against && { bill, return: against, percent: derived.value };
};

/**
 * The facts to show with a move of `symbol`, as known at `asOf` (epoch milliseconds). For the final bar of a session
 * pass the instant of its close: what was published later was not known then.
 */
export const relatedFigures = (ledger: Ledger, companies: Companies, symbol: string, asOf: number): RelatedFigures => {
  const relevance = relevanceOf(symbol, companies, asOf);
  const bill = factsFor(ledger, relevance.bill, relevance, asOf);
  const back = factsFor(ledger, relevance.return, relevance, asOf);
  const billRows = Math.max(relevance.billRows, MAX_ROWS - back.length);
  const shownBill = bill.slice(0, billRows);
  const four = relevance.four ? presentHyperscalerSum(ledger, companies, asOf) : undefined;
  const isRelated = relevance.four || relevance.whose !== undefined;
  const quarters = isRelated ? publishedQuarters(ledger, companies, asOf) : undefined;
  const ratio = relevance.ratio && ratioOf(ledger, relevance.ratio, asOf);
  const then = relevance.suppliers ? relationsAt(companies.relations, asOf) : [];
  const suppliers = then.filter(({ kind, to }) => kind === 'supplies' && to === symbol);
  return {
    ...(relevance.whose && { whose: relevance.whose }),
    bill: show(ledger, shownBill, asOf),
    return: show(ledger, back.slice(0, MAX_ROWS - shownBill.length), asOf),
    ...(four && { four }),
    ...(quarters && { quarters }),
    ...(ratio && { ratio }),
    ...(suppliers.length > 0 && { suppliers }),
  };
};
