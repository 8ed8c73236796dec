import { BASIS_IDS, type Basis } from '../facts/basis.ts';
import { type ExportFormat, exportText } from '../facts/export-text.ts';
import { type ExportParts, exportFacts } from '../facts/exported-fact.ts';
import type { Fact, Subject } from '../facts/fact.ts';
import { asOfInstant } from '../facts/known-from.ts';
import type { Ledger } from '../facts/ledger.ts';
import { METRIC_IDS, type Metric } from '../facts/metric.ts';
import { type DayChoice, dayChoice } from './day-choice.ts';

/** What the page of the figures is made of. */
export interface FigureSource extends ExportParts {
  readonly ledger: Ledger;
  /** Every subject of figures, in the order of the companies' file. */
  readonly subjects: readonly Subject[];
  /** Epoch milliseconds. */
  readonly now: number;
}

/** What a reader has asked to see. */
export interface FigureChoice extends DayChoice {
  readonly company?: Subject;
  readonly metric?: Metric;
  /** In which the period ends, "2024". */
  readonly year?: string;
  readonly basis?: Basis;
  /** From 1. */
  readonly page: number;
}

/** The value of a field of the query. */
export type Asked = (name: string) => string | undefined;

const oneOf = <T extends string>(all: readonly T[], asked: string | undefined): T | undefined =>
  all.find((it) => it === asked);

/** The choice of a query; what makes no sense counts as not asked for. */
export const figureChoice = ({ ledger, subjects, now }: FigureSource, asked: Asked): FigureChoice => {
  const company = oneOf(subjects, asked('company'));
  const metric = oneOf(METRIC_IDS, asked('metric'));
  const basis = oneOf(BASIS_IDS, asked('basis'));
  const year = /^\d{4}$/.exec(asked('year') ?? '')?.[0];
  const first = ledger
    .known(now)
    .reduce<string | undefined>(
      (before, { published }) => (before === undefined || published < before ? published : before),
      undefined,
    );
  return {
    ...dayChoice(asked('as-of'), first, now),
    ...(company !== undefined && { company }),
    ...(metric !== undefined && { metric }),
    ...(basis !== undefined && { basis }),
    ...(year !== undefined && { year }),
    page: Math.max(1, Number(/^\d{1,5}$/.exec(asked('page') ?? '')?.[0] ?? 1)),
  };
};

type Filter = Pick<FigureChoice, 'company' | 'metric' | 'year' | 'basis'>;

/** Whether a fact is one of those asked for. */
export const isChosen =
  ({ company, metric, year, basis }: Filter) =>
  (fact: Fact): boolean =>
    (company === undefined || fact.subject === company) &&
    (metric === undefined || fact.metric === metric) &&
    (basis === undefined || fact.basis === basis) &&
    (year === undefined || fact.period.end.startsWith(year));

/** What to change in a choice; null takes a filter away. */
type Change = { readonly [K in keyof Filter]?: Filter[K] | null } & { readonly page?: number };

/** The query of a choice with changes, with its question mark; empty for the plain page. A change leads to the first page. */
export const figureQuery = (choice: FigureChoice, change: Change = {}): string => {
  const { company, metric, year, basis, page } = { ...choice, page: 1, ...change };
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries({ company, metric, year, basis }))
    if (value !== undefined && value !== null) query.set(name, value);
  if (choice.day !== choice.today) query.set('as-of', choice.day);
  if (page > 1) query.set('page', String(page));
  return query.size === 0 ? '' : `?${query}`;
};

/** The figures asked for as a file, all pages of them; without a filter it is what `facts export` writes. */
export const exportedFigures = (source: FigureSource, choice: FigureChoice, format: ExportFormat): string => {
  const known = source.ledger.known(choice.asOf);
  const exported = exportFacts(known, source);
  const ids = new Set(known.filter(isChosen(choice)).map(({ id }) => id));
  return exportText(
    format,
    exported.filter(({ id }) => ids.has(id)),
    asOfInstant(choice.asOf),
  );
};
