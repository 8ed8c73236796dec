import type { Fact } from './fact.ts';
import { isOfRelease } from './lint-publication.ts';
import type { Metric } from './metric.ts';

/** What a card shows as a company's own figure: each is in a document of the company. */
const OWN_METRICS: ReadonlySet<Metric> = new Set([
  'capex_cash',
  'capex_cash_net',
  'capex_incl_leases',
  'capex_guidance',
  'operating_cash_flow',
  'free_cash_flow',
  'revenue',
  'revenue_guidance',
  'cloud_revenue',
  'cloud_backlog',
  'datacenter_revenue',
]);

/** The least share of own figures with a first-hand source, in percent. */
export const MIN_FIRST_HAND_PERCENT = 95;

/** Where the figures come from, in numbers of figures. */
export interface SourceQuality {
  readonly firstHand: number;
  readonly secondary: number;
  /** With neither a minute nor a bound: they count from the close of their day. */
  readonly undated: number;
  /** Percent of the figures that a company publishes itself (capex, cash flow, revenue, cloud, guidance). */
  readonly ownFirstHandPercent: number;
  /** Of those, the ones that link to a site instead of a page. */
  readonly ownWithoutPage: readonly Fact[];
  /** Quarters of a release without a minute and a bound. The lint finds those on evenings of results, too. */
  readonly undatedResults: readonly Fact[];
}

/** Whether an address is the front of a site or of a part of it, and no document: no number and no long word in it. */
const isSite = (url: string): boolean => {
  const { pathname, search } = new URL(url);
  return search === '' && pathname.split('/').every((part) => part.length < 12 && !/\d/.test(part));
};

export const sourceQuality = (facts: readonly Fact[]): SourceQuality => {
  const secondary = facts.filter(({ source }) => source.secondary).length;
  const undated = facts.filter(({ time, knownBy }) => time === undefined && knownBy === undefined);
  const own = facts.filter(({ metric }) => OWN_METRICS.has(metric));
  const ownFirstHand = own.filter(({ source }) => !source.secondary).length;
  return {
    firstHand: facts.length - secondary,
    secondary,
    undated: undated.length,
    ownFirstHandPercent: own.length === 0 ? 100 : (ownFirstHand / own.length) * 100,
    ownWithoutPage: own.filter(({ source }) => isSite(source.url)),
    undatedResults: undated.filter(isOfRelease),
  };
};
