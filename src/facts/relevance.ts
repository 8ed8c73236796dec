import { SUBJECTS, type Subject } from './fact.ts';
import { HYPERSCALERS } from './hyperscaler-sum.ts';
import type { Metric } from './metric.ts';
import { type Relation, relationSources, relationTargets } from './relations.ts';

/** A figure to show if it is known. */
export interface FigureRequest {
  readonly subject: Subject;
  readonly metric: Metric;
  /** Only shown if this metric of the same company is stale or not disclosed. */
  readonly inPlaceOf?: Metric;
}

/** Which figures matter for a symbol, the most relevant first. The first request of a half is shown at any age. */
export interface Relevance {
  readonly bill: readonly FigureRequest[];
  readonly return: readonly FigureRequest[];
  /** Rows of the bill, as long as the return can fill the rest. */
  readonly billRows: number;
  /** Whether the newest publications come before the order of the requests. */
  readonly newestFirst: boolean;
  /** Whether the sum of the four hyperscalers is shown. */
  readonly four: boolean;
  /** The company whose bill is compared with its return. */
  readonly ratio: Subject | undefined;
  readonly suppliers: boolean;
}

const requests = (subjects: readonly Subject[], ...metrics: readonly Metric[]): FigureRequest[] =>
  subjects.flatMap((subject) => metrics.map((metric) => ({ subject, metric })));

const NO_RELEVANCE: Relevance = {
  bill: [],
  return: [],
  billRows: 3,
  newestFirst: false,
  four: false,
  ratio: undefined,
  suppliers: false,
};

/** For a chip seller: the spending of its customers, and its own data-centre revenue. */
const chipSellerRelevance = (symbol: Subject, customers: readonly Subject[]): Relevance => ({
  ...NO_RELEVANCE,
  bill: requests(customers, 'capex_cash'),
  return: [
    ...requests([symbol], 'datacenter_revenue'),
    { subject: symbol, metric: 'revenue', inPlaceOf: 'datacenter_revenue' },
    ...requests(customers, 'azure_ai_points', 'ai_run_rate'),
  ],
  four: true,
});

/** For a hyperscaler: its own bill, its cloud and AI revenue, and the revenue from its cloud customers. */
const hyperscalerRelevance = (symbol: Subject, relations: readonly Relation[]): Relevance => ({
  ...NO_RELEVANCE,
  bill: requests([symbol], 'capex_cash', 'capex_guidance', 'capex_incl_leases'),
  return: [
    ...requests([symbol], 'cloud_revenue', 'ai_run_rate', 'azure_growth', 'azure_ai_points'),
    ...requests(relationTargets(relations, 'cloud_of', symbol), 'openai_revenue'),
    ...requests([symbol], 'cloud_backlog'),
  ],
  ratio: symbol,
});

/** For the index and the basket: the four hyperscalers and their cloud revenue. */
const MARKET_RELEVANCE: Relevance = {
  ...NO_RELEVANCE,
  bill: requests(HYPERSCALERS, 'capex_cash'),
  return: requests(HYPERSCALERS, 'cloud_revenue'),
  billRows: 2,
  newestFirst: true,
  four: true,
};

const isSubject = (symbol: string): symbol is Subject => (SUBJECTS as readonly string[]).includes(symbol);

/** Which figures matter for a symbol; none for an unknown symbol. */
export const relevanceOf = (symbol: string, relations: readonly Relation[]): Relevance => {
  if (symbol === 'IXIC' || symbol === 'MAG7') return MARKET_RELEVANCE;
  if (!isSubject(symbol)) return NO_RELEVANCE;
  const customers = relationSources(relations, 'buys_chips_from', symbol);
  if (customers.length > 0) return chipSellerRelevance(symbol, customers);
  if ((HYPERSCALERS as readonly Subject[]).includes(symbol)) return hyperscalerRelevance(symbol, relations);
  if (symbol === 'AAPL')
    return { ...NO_RELEVANCE, bill: requests([symbol], 'capex_cash', 'rd_expense'), suppliers: true };
  return { ...NO_RELEVANCE, bill: requests([symbol], 'capex_cash', 'capex_guidance') };
};
