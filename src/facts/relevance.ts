import { SUBJECTS, type Subject } from './fact.ts';
import { HYPERSCALERS } from './hyperscaler-sum.ts';
import type { Metric } from './metric.ts';
import { type Relation, toWhom, whoTo } from './relations.ts';

/** A figure that a card would like to show. */
export interface FigureRequest {
  readonly subject: Subject;
  readonly metric: Metric;
  /** Wanted only where this metric of the same company is stale or not disclosed. */
  readonly inPlaceOf?: Metric;
}

/** What bears on one symbol, the most wanted first. The first wish of a half is shown however old it is. */
export interface Relevance {
  readonly bill: readonly FigureRequest[];
  readonly return: readonly FigureRequest[];
  /** Rows of the bill, while the return has enough to fill the rest. */
  readonly billRows: number;
  /** True where the newest publications matter more than the order of the wishes. */
  readonly newestFirst: boolean;
  readonly four: boolean;
  /** The company whose bill is set against its return. */
  readonly ratio: Subject | undefined;
  readonly suppliers: boolean;
}

const each = (subjects: readonly Subject[], ...metrics: readonly Metric[]): FigureRequest[] =>
  subjects.flatMap((subject) => metrics.map((metric) => ({ subject, metric })));

const NOTHING: Relevance = {
  bill: [],
  return: [],
  billRows: 3,
  newestFirst: false,
  four: false,
  ratio: undefined,
  suppliers: false,
};

/** A seller of chips: what its customers spend, and what reaches it. */
const ofSeller = (symbol: Subject, customers: readonly Subject[]): Relevance => ({
  ...NOTHING,
  bill: each(customers, 'capex_cash'),
  return: [
    ...each([symbol], 'datacenter_revenue'),
    { subject: symbol, metric: 'revenue', inPlaceOf: 'datacenter_revenue' },
    ...each(customers, 'azure_ai_points', 'ai_run_rate'),
  ],
  four: true,
});

/** A hyperscaler: its own bill, its cloud and AI revenue, and what it earns from those whose cloud it is. */
const ofHyperscaler = (symbol: Subject, relations: readonly Relation[]): Relevance => ({
  ...NOTHING,
  bill: each([symbol], 'capex_cash', 'capex_guidance', 'capex_incl_leases'),
  return: [
    ...each([symbol], 'cloud_revenue', 'ai_run_rate', 'azure_growth', 'azure_ai_points'),
    ...each(toWhom(relations, 'cloud_of', symbol), 'openai_revenue'),
    ...each([symbol], 'cloud_backlog'),
  ],
  ratio: symbol,
});

/** The market: the four as one, and the clouds. */
const MARKET: Relevance = {
  ...NOTHING,
  bill: each(HYPERSCALERS, 'capex_cash'),
  return: each(HYPERSCALERS, 'cloud_revenue'),
  billRows: 2,
  newestFirst: true,
  four: true,
};

const isSubject = (symbol: string): symbol is Subject => (SUBJECTS as readonly string[]).includes(symbol);

/** Which figures bear on a symbol. A symbol nothing is known about has none. */
export const relevanceOf = (symbol: string, relations: readonly Relation[]): Relevance => {
  if (symbol === 'IXIC' || symbol === 'MAG7') return MARKET;
  if (!isSubject(symbol)) return NOTHING;
  const customers = whoTo(relations, 'buys_chips_from', symbol);
  if (customers.length > 0) return ofSeller(symbol, customers);
  if ((HYPERSCALERS as readonly Subject[]).includes(symbol)) return ofHyperscaler(symbol, relations);
  if (symbol === 'AAPL') return { ...NOTHING, bill: each([symbol], 'capex_cash', 'rd_expense'), suppliers: true };
  return { ...NOTHING, bill: each([symbol], 'capex_cash', 'capex_guidance') };
};
