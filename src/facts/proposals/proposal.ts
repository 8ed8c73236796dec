import { DOLLARS_PER_MILLION, type Fact, factId } from '../fact.ts';

/** Guidance as read from a text, which counts for nothing until a person has confirmed it. */
export interface Proposal {
  /** What the ledger would get: guidance with one bound or two. */
  readonly fact: Fact;
  /** The sentence that it was read from. */
  readonly sentence: string;
}

/** A range in whole US dollars; "more than" is low alone, "up to" is high alone, "about" is low = high. */
export interface DollarRange {
  readonly low?: number;
  readonly high?: number;
}

/** Everything about guidance that does not stand in its sentence. */
export type GuidanceFrame = Pick<
  Fact,
  'subject' | 'metric' | 'basis' | 'label' | 'period' | 'published' | 'time' | 'knownBy' | 'source'
>;

const inMillions = (dollars: number): number => Math.round(dollars / DOLLARS_PER_MILLION);

export const proposalOf = (frame: GuidanceFrame, { low, high }: DollarRange, sentence: string): Proposal => {
  const plain: Omit<Fact, 'id'> = {
    ...frame,
    unit: 'USD_M',
    ...(low !== undefined && { low: inMillions(low) }),
    ...(high !== undefined && { high: inMillions(high) }),
  };
  return { fact: { id: factId(plain), ...plain }, sentence };
};

/** Whether two pieces of guidance are of the same thing: subject, metric, basis and period. */
export const isSameGuidance = (a: Fact, b: Fact): boolean =>
  a.subject === b.subject &&
  a.metric === b.metric &&
  a.basis === b.basis &&
  a.period.start === b.period.start &&
  a.period.end === b.period.end;

/** Whether two pieces of guidance give the same bounds. */
export const isSameRange = (a: Fact, b: Fact): boolean => a.low === b.low && a.high === b.high;
