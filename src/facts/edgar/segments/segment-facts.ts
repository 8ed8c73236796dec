import type { Fact } from '../../fact.ts';
import type { Period } from '../../period.ts';
import { documentSource, type FiledDocument } from '../documents/filed-document.ts';
import type { Filer, SegmentMetric } from '../filer.ts';
import type { InlineFact } from '../inline/inline-facts.ts';
import { findNewFacts, type NewFacts } from '../new-facts.ts';
import { type HeldAmount, readSegments } from './segment-amounts.ts';
import { segmentQuarters } from './segment-quarters.ts';

type OfMetric<T> = T & { readonly metric: SegmentMetric };

/** What one document says of a company's segments that is not known yet, and what it does not say. */
export interface SegmentFacts extends NewFacts {
  /** Metrics of the company's entry that the document has nowhere. */
  readonly missing: readonly SegmentMetric[];
  readonly held: readonly OfMetric<HeldAmount>[];
  /** Years whose fourth quarter does not follow, because one of the first three is not known. */
  readonly withoutFourth: readonly OfMetric<Period>[];
}

/** The segment figures of one document that `known` does not have. They count from when the document was out. */
export const segmentFacts = (
  company: Filer,
  document: FiledDocument,
  amounts: readonly InlineFact[],
  known: readonly Fact[],
): SegmentFacts => {
  const { found, missing } = readSegments(company, document.filed, amounts);
  const read = found.map((it) => ({ it, ...segmentQuarters(company, document, it, known) }));
  const derived = read.map(({ it: { metric, basis }, quarters }) => ({ metric, basis, quarters }));
  const publication = { ...document.moment, source: documentSource(company, document) };
  const { fresh, contradicted } = findNewFacts(company, derived, known, () => publication);
  return {
    fresh,
    contradicted,
    missing,
    held: found.flatMap(({ metric, held }) => held.map((it) => ({ metric, ...it }))),
    withoutFourth: read.flatMap(({ it: { metric }, withoutFourth }) =>
      withoutFourth.map((year) => ({ metric, ...year })),
    ),
  };
};
