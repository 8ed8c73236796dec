import { EXPORT_LICENCE, EXPORT_SCHEMA, exportFacts } from '../../facts/exported-fact.ts';
import { countedCapex, type HyperscalerSum, newestHyperscalerSum } from '../../facts/hyperscaler-sum.ts';
import { asOfInstant } from '../../facts/known-from.ts';
import type { Metric } from '../../facts/metric.ts';
import { relatedFigures } from '../../facts/related-figures.ts';
import { newYorkDay } from '../../market/exchange-time.ts';
import { billColumns } from '../bill-columns.ts';
import type { LedgerReading } from '../board-view.ts';
import { isoOf } from './alert-answer.ts';
import type { ApiBill, ApiFacts } from './answer-schemas.ts';
import { cursorOf, idIn } from './cursor.ts';
import { BadQuery } from './read-query.ts';

/**
 * The instant that is asked for: a day means its end in New York, and none of it lies ahead.
 * @throws BadQuery for a day that is still to come.
 */
export const instantAsked = (asked: string | undefined, now: number): number => {
  if (asked === undefined) return now;
  const instant = asked.includes('T') ? Date.parse(asked) : asOfInstant(asked);
  const today = newYorkDay(now);
  if (newYorkDay(instant) > today)
    throw new BadQuery([{ parameter: 'as_of', detail: `${asked} is still to come; today is ${today} in New York` }]);
  return Math.min(instant, now);
};

export interface FactsAsked {
  readonly subject?: string | undefined;
  readonly metric?: Metric | undefined;
  /** Epoch milliseconds. */
  readonly asOf: number;
  readonly limit: number;
  readonly cursor?: string | undefined;
}

/** A page of the ledger, superseded figures included. @throws BadQuery for the cursor of another list. */
export const factsAnswer = (view: LedgerReading, asked: FactsAsked): Omit<ApiFacts, 'next'> & { next?: string } => {
  const { subject, metric, asOf, limit, cursor } = asked;
  const known = view.ledger
    .known(asOf)
    .filter((fact) => (subject ?? fact.subject) === fact.subject && (metric ?? fact.metric) === fact.metric);
  const last = cursor === undefined ? undefined : idIn(cursor);
  const before = last === undefined ? -1 : known.findIndex(({ id }) => id === last);
  if (last !== undefined && before < 0)
    throw new BadQuery([{ parameter: 'cursor', detail: 'it is of another list; ask without it to begin anew' }]);
  // What replaces a figure may be on another page.
  const facts = exportFacts(known, view.exportParts).slice(before + 1, before + 1 + limit);
  const end = facts.at(-1);
  const isLast = end === undefined || end.id === known.at(-1)?.id;
  return {
    schema: EXPORT_SCHEMA,
    licence: EXPORT_LICENCE,
    as_of: isoOf(asOf),
    facts,
    ...(!isLast && { next: cursorOf(end.id) }),
  };
};

const rounded = (percent: number): number => Math.round(percent * 1e4) / 1e4;

const sumOf = ({ quarter, capex, reported, of, yoyPercent, ofOperatingCashFlow }: HyperscalerSum) => ({
  ...{ start: quarter.start, end: quarter.end, capex, reported, of },
  ...(yoyPercent !== undefined && { change_percent_on_year: rounded(yoyPercent) }),
  ...(ofOperatingCashFlow !== undefined && { percent_of_operating_cash_flow: rounded(ofOperatingCashFlow) }),
});

/** The bill as known at an instant. */
export const billAnswer = (view: LedgerReading, asOf: number): ApiBill => {
  const { ledger, companies } = view;
  const newest = newestHyperscalerSum(ledger, companies, asOf);
  const quarters = billColumns({ ledger, companies, now: asOf }, asOf).flatMap(({ quarter, sum }) => {
    if (!sum) return [];
    const facts = companies.four.flatMap((subject) => countedCapex(ledger, subject, quarter.end, asOf) ?? []);
    return [
      {
        ...sumOf(sum),
        by_company: facts.map(({ id, subject, value = 0 }) => ({ subject, capex: value, fact: id })),
      },
    ];
  });
  const back = companies.index === undefined ? [] : relatedFigures(ledger, companies, companies.index, asOf).return;
  return {
    as_of: isoOf(asOf),
    unit: 'USD_M',
    companies: [...companies.four],
    newest: newest ? { ...sumOf(newest), is_stale: newest.age?.stale ?? false } : null,
    quarters,
    return: exportFacts(
      back.map(({ fact }) => fact),
      view.exportParts,
    ),
  };
};
