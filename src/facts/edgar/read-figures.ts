import { DOLLARS_PER_MILLION, type Fact } from '../fact.ts';
import { kindOf } from '../metric.ts';
import { isSamePeriodEnd } from '../period.ts';
import type { EdgarClient } from './client.ts';
import { quartersOf } from './derive.ts';
import type { FiledRow } from './filed-row.ts';
import { FILED_METRICS, type FiledMetric, type Filer } from './filer.ts';
import { type ImplausibleRow, withoutImplausible, withoutImplausibleQuarters } from './implausible-rows.ts';
import type { DerivedMetric } from './new-facts.ts';
import type { ListedFiling } from './submissions.ts';

/** What a company's filings say under its tags. */
export interface FiguresRead {
  readonly derived: readonly DerivedMetric[];
  /** Accession numbers of the filings that a metric's figures come from, one set a metric. */
  readonly accessions: ReadonlyMap<FiledMetric, ReadonlySet<string>>;
  readonly held: readonly (ImplausibleRow & { readonly metric: FiledMetric })[];
}

/** Asks for every tag of a company. @throws EdgarError */
export const readFigures = async (client: EdgarClient, company: Filer): Promise<FiguresRead> => {
  const derived: DerivedMetric[] = [];
  const accessions = new Map<FiledMetric, ReadonlySet<string>>();
  const held: (ImplausibleRow & { metric: FiledMetric })[] = [];
  for (const metric of FILED_METRICS) {
    const figure = company.figures[metric];
    if (!figure) continue;
    const rows = new Map<string, readonly FiledRow[] | undefined>();
    for (const { tag } of figure.tags) rows.set(tag, await client.concept(company.cik, tag));
    accessions.set(metric, new Set([...rows.values()].flatMap((all) => all ?? []).map(({ accession }) => accession)));
    const plausible = new Map<string, readonly FiledRow[]>();
    for (const [tag, all] of rows) {
      const split = withoutImplausible(metric, all ?? []);
      plausible.set(tag, split.kept);
      held.push(...split.held.map((it) => ({ metric, ...it })));
    }
    const quarters = withoutImplausibleQuarters(
      metric,
      quartersOf(company, figure, (tag) => plausible.get(tag), kindOf(metric)),
      [...plausible.values()].flat(),
    );
    held.push(...quarters.held.map((it) => ({ metric, ...it })));
    derived.push({ metric, basis: figure.basis, quarters: quarters.kept });
  }
  return { derived, accessions, held };
};

/** Without figures that the curated facts have just so: whoever reviewed them believes them. */
export const withoutReviewed = (read: FiguresRead, reviewed: readonly Fact[]): FiguresRead => ({
  ...read,
  held: read.held.filter(
    ({ metric, row }) =>
      !reviewed.some(
        ({ metric: of, period, value }) =>
          of === metric &&
          isSamePeriodEnd(period.end, row.end) &&
          value === Math.round(row.value / DOLLARS_PER_MILLION),
      ),
  ),
});

/** The metrics that the newest report lacks. */
export interface Lacking {
  /** All, or those that the report before it had: EDGAR lists a filing before all its answers include its figures. */
  readonly missing: readonly FiledMetric[];
  /** Those that the report before it lacked, too, and an earlier one had. */
  readonly lost: readonly FiledMetric[];
}

export const lackingFigures = ({ accessions }: FiguresRead, [newest, previous]: readonly ListedFiling[]): Lacking => {
  if (!newest) return { missing: [], lost: [] };
  const lacking = [...accessions].filter(([, all]) => !all.has(newest.accession));
  const expected = lacking.filter(([, all]) => previous !== undefined && all.has(previous.accession));
  const missing = lacking.length === accessions.size && expected.length === 0 ? lacking : expected;
  const lost = lacking.filter(([, all]) => all.size > 0).filter((it) => !missing.includes(it));
  const metricsOf = (all: typeof lacking): FiledMetric[] => all.map(([metric]) => metric);
  return { missing: metricsOf(missing), lost: metricsOf(lost) };
};
