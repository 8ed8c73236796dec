import type { Companies } from './companies.ts';
import type { Subject } from './fact.ts';
import type { Metric } from './metric.ts';
import { type Relation, relationSources, relationsAt, relationTargets } from './relations.ts';

/** A figure to show if it is known. */
export interface FigureRequest {
  readonly subject: Subject;
  readonly metric: Metric;
  /** Only shown if this metric of the same company is stale or not disclosed. */
  readonly inPlaceOf?: Metric;
}

/** Who spends the bill: the company itself or its customers. */
export type Payer = 'own' | 'customers';

/** Which figures matter for a symbol, the most relevant first. The first request of a half may be the oldest. */
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
  readonly whose?: Payer;
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

const OWN_RELEVANCE: Relevance = { ...NO_RELEVANCE, whose: 'own' };

/** For a chip seller: the spending of its customers, and its own data-centre revenue. */
const chipSellerRelevance = (symbol: Subject, customers: readonly Subject[]): Relevance => ({
  ...NO_RELEVANCE,
  whose: 'customers',
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
  ...OWN_RELEVANCE,
  bill: requests([symbol], 'capex_cash', 'capex_guidance', 'capex_incl_leases'),
  return: [
    ...requests([symbol], 'cloud_revenue', 'ai_run_rate', 'azure_growth', 'azure_ai_points'),
    ...requests(relationTargets(relations, 'cloud_of', symbol), 'openai_revenue'),
    ...requests([symbol], 'cloud_backlog'),
  ],
  ratio: symbol,
});

/** For an index and a basket: the four hyperscalers and their cloud revenue. */
const marketRelevance = (four: readonly Subject[]): Relevance => ({
  ...NO_RELEVANCE,
  bill: requests(four, 'capex_cash'),
  return: requests(four, 'cloud_revenue'),
  billRows: 2,
  newestFirst: true,
  four: true,
});

/** Which figures matter for a symbol at an instant (epoch milliseconds); none for an unknown symbol. */
export const relevanceOf = (symbol: string, companies: Companies, asOf: number): Relevance => {
  if (companies.isMarket(symbol)) return marketRelevance(companies.four);
  const company = companies.get(symbol);
  if (!company) return NO_RELEVANCE;
  const relations = relationsAt(companies.relations, asOf);
  switch (company.role) {
    case 'chip_seller':
      return chipSellerRelevance(symbol, relationSources(relations, 'buys_chips_from', symbol));
    case 'hyperscaler':
      return hyperscalerRelevance(symbol, relations);
    case 'device_maker':
      return { ...OWN_RELEVANCE, bill: requests([symbol], 'capex_cash', 'rd_expense'), suppliers: true };
    default:
      return { ...OWN_RELEVANCE, bill: requests([symbol], 'capex_cash', 'capex_guidance') };
  }
};
