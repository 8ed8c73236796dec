import { documentSource, type FiledDocument } from '../edgar/documents/filed-document.ts';
import { type Filer, GUIDED_METRICS, type GuidedMetric } from '../edgar/filer.ts';
import type { Fact } from '../fact.ts';
import { dollarRanges, type PlacedRange } from './dollar-ranges.ts';
import { guidedPeriod, type NamedPeriod, namedQuarters, namedYears } from './guided-period.ts';
import { type Proposal, proposalOf } from './proposal.ts';
import { sentencesOf } from './sentences.ts';

/** How guidance of a metric is worded. */
interface Wording {
  /** What the amounts are of. */
  readonly subject: RegExp;
  /** The amounts may also stand before the subject: "invest $75 billion in capital expenditures". */
  readonly leading?: RegExp;
  readonly periods: 'years' | 'quarters';
  /** How many sentences before it may name its period. */
  readonly context: number;
}

const WORDINGS: Readonly<Record<GuidedMetric, Wording>> = {
  capex_guidance: {
    subject: /\b(?:capital expenditures?|capital spending|capex)\b/i,
    leading: /^\s*(?:in|of|on|for) (?:\w+ )?(?:capital expenditures?|capital spending|capex)\b/i,
    periods: 'years',
    context: 2,
  },
  // Revenue of the whole company: nothing but its quarter stands before the word.
  revenue_guidance: {
    subject:
      /(?:^|[:•] ?|expects? |anticipates? )(?:our |that )?(?:(?:first|second|third|fourth)[- ]quarter (?:of )?(?:fiscal )?(?:20\d\d )?)?(?:total |net )?(?:revenues?|sales)\b/i,
    periods: 'quarters',
    context: 6,
  },
};

/** Whether a sentence looks ahead. */
const AHEAD =
  /\b(?:expect(?:s|ed)?|anticipate[sd]?|outlook|guidance|forecasts?|estimate[sd]?|project(?:s|ed)?|plans? to|will be|intends? to)\b/i;

/** What comes after these is what was said before. */
const BEFORE =
  /\b(?:compared (?:to|with)|(?:increased?|up|down|decreased?|lowered|raised|narrowed|tightened|updated|changed|reduced) from|from our (?:prior|previous|earlier)|(?:our |the )?(?:prior|previous|earlier) (?:outlook|guidance|range|estimate|expectation)|previously|versus|relative to)\b/i;

/** Amounts of a change, and what is denied. */
const UNCLEAR =
  /\b(?:increase|decrease|grow|decline|rise|fall)s?(?:d)? (?:by|of)\b|\b(?:not|never) (?:\w+ ){0,3}(?:expect|exceed|anticipate|be)/i;

/** Guidance is for the year that begins or a few after it. */
const MAX_YEARS_AHEAD = 3;

/** A sentence that is guidance, and what is not clear about it. */
export interface UnreadGuidance {
  readonly metric: GuidedMetric;
  readonly sentence: string;
  readonly why: 'no range' | 'no period' | 'period not known';
}

export interface GuidanceRead {
  readonly proposals: readonly Proposal[];
  readonly unread: readonly UnreadGuidance[];
}

/** The part of a sentence that says what holds now. */
const toldNow = (sentence: string): string => {
  const at = sentence.search(BEFORE);
  return at < 0 ? sentence : sentence.slice(0, at);
};

/** The amounts of the subject: what follows it, or the one right before "in capital expenditures". */
const amountsIn = (sentence: string, { subject, leading }: Wording): readonly PlacedRange[] => {
  const now = toldNow(sentence);
  const ranges = dollarRanges(now);
  const close = leading && ranges.filter(({ to }) => leading.test(now.slice(to)));
  return close && close.length > 0 ? close : ranges.filter(({ from }) => from > now.search(subject));
};

/** The period of the range at `index`: named between it and the next, or, for the first, before it. */
const periodIn = (
  sentence: string,
  ranges: readonly PlacedRange[],
  index: number,
  { periods }: Wording,
): NamedPeriod | undefined => {
  const named = periods === 'years' ? namedYears(sentence) : namedQuarters(sentence);
  const range = ranges[index];
  const next = ranges[index + 1]?.from ?? toldNow(sentence).length;
  const following = named.find(({ at }) => range !== undefined && at >= range.to && at < next);
  if (index > 0) return following;
  return named.findLast(({ at }) => range !== undefined && at < range.from) ?? following;
};

/** The nearest period that was named before. */
const periodBefore = (context: readonly string[], { periods }: Wording): NamedPeriod | undefined => {
  for (const sentence of context.toReversed()) {
    const named = periods === 'years' ? namedYears(sentence) : namedQuarters(sentence);
    const last = named.at(-1);
    if (last) return last;
  }
  return undefined;
};

const isGuidance = (sentence: string, { subject }: Wording): boolean =>
  subject.test(sentence) && AHEAD.test(sentence) && /\$\s?\d/.test(sentence);

/**
 * Guidance in a document's text, for the metrics that the company's entry names. A sentence that is guidance and cannot
 * be read without doubt (no range, no period that is still to come) gives no proposal. Periods are those of `known`.
 */
export const readGuidance = (
  company: Filer,
  document: FiledDocument,
  paragraphs: readonly string[],
  known: readonly Fact[],
): GuidanceRead => {
  const { subject, guidance = {} } = company;
  const proposals: Proposal[] = [];
  const unread: UnreadGuidance[] = [];
  const { moment } = document;
  const source = documentSource(company, document);
  const sentences = paragraphs.flatMap(sentencesOf);

  const isAhead = ({ period }: Pick<Fact, 'period'>, { year }: NamedPeriod): boolean =>
    period.end > moment.published && year <= Number(moment.published.slice(0, 4)) + MAX_YEARS_AHEAD;

  const read = (metric: GuidedMetric, basis: Fact['basis'], sentence: string, context: readonly string[]): void => {
    const wording = WORDINGS[metric];
    const ranges = UNCLEAR.test(sentence) ? [] : amountsIn(sentence, wording);
    if (ranges.length === 0) {
      unread.push({ metric, sentence, why: 'no range' });
      return;
    }
    for (const [index, range] of ranges.entries()) {
      const inContext = index === 0 ? periodBefore(context, wording) : undefined;
      const named = periodIn(sentence, ranges, index, wording) ?? inContext;
      if (!named) {
        if (index === 0) unread.push({ metric, sentence, why: 'no period' });
        continue;
      }
      const guided = guidedPeriod(company, named, known);
      if (!guided || !isAhead(guided, named)) {
        if (index === 0) unread.push({ metric, sentence, why: guided ? 'no period' : 'period not known' });
        continue;
      }
      const { from: _, to: __, ...bounds } = range;
      proposals.push(proposalOf({ subject, metric, basis, ...guided, ...moment, source }, bounds, sentence));
    }
  };

  for (const metric of GUIDED_METRICS) {
    const basis = guidance[metric]?.basis;
    if (basis === undefined) continue;
    for (const [place, sentence] of sentences.entries())
      if (isGuidance(sentence, WORDINGS[metric]))
        read(metric, basis, sentence, sentences.slice(Math.max(0, place - WORDINGS[metric].context), place));
  }
  return { proposals, unread };
};
