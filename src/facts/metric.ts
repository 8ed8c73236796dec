/**
 * What the period of a metric is: a span (flow, rate), a day (balance), or a span not over yet (guidance, estimate).
 */
export type MetricKind = 'flow' | 'rate' | 'balance' | 'guidance' | 'estimate';

interface MetricRule {
  readonly kind: MetricKind;
  /** Spending is the bill, AI and cloud revenue is the return; everything else is context for ratios. */
  readonly side: 'bill' | 'return' | 'context';
}

/**
 * All metrics. To add one, add it here and its texts to the message catalogue. A figure given as a range has kind
 * `guidance`, whoever gives it: only guidance has bounds.
 */
export const METRICS = {
  capex_cash: { kind: 'flow', side: 'bill' },
  capex_cash_net: { kind: 'flow', side: 'bill' },
  capex_incl_leases: { kind: 'flow', side: 'bill' },
  finance_lease_principal: { kind: 'flow', side: 'bill' },
  capex_guidance: { kind: 'guidance', side: 'bill' },
  rd_expense: { kind: 'flow', side: 'bill' },
  rd_cumulative: { kind: 'flow', side: 'bill' },
  chip_purchases_guidance: { kind: 'guidance', side: 'bill' },
  announced_investment: { kind: 'estimate', side: 'bill' },
  loss_estimate: { kind: 'guidance', side: 'bill' },
  invested_by_microsoft: { kind: 'balance', side: 'bill' },
  ai_capex_increment: { kind: 'estimate', side: 'bill' },
  cloud_revenue: { kind: 'flow', side: 'return' },
  datacenter_revenue: { kind: 'flow', side: 'return' },
  openai_revenue: { kind: 'flow', side: 'return' },
  annualised_revenue: { kind: 'balance', side: 'return' },
  revenue_estimate: { kind: 'guidance', side: 'return' },
  azure_growth: { kind: 'rate', side: 'return' },
  azure_ai_points: { kind: 'rate', side: 'return' },
  ai_run_rate: { kind: 'balance', side: 'return' },
  cloud_backlog: { kind: 'balance', side: 'return' },
  commercial_rpo: { kind: 'balance', side: 'return' },
  lab_revenue: { kind: 'flow', side: 'return' },
  cloud_revenue_increment: { kind: 'estimate', side: 'return' },
  revenue: { kind: 'flow', side: 'context' },
  services_revenue: { kind: 'flow', side: 'context' },
  ad_revenue: { kind: 'flow', side: 'context' },
  revenue_guidance: { kind: 'guidance', side: 'context' },
  operating_cash_flow: { kind: 'flow', side: 'context' },
  free_cash_flow: { kind: 'flow', side: 'context' },
  depreciation: { kind: 'flow', side: 'context' },
  depreciation_and_amortization: { kind: 'flow', side: 'context' },
  buybacks: { kind: 'flow', side: 'context' },
  dividends: { kind: 'flow', side: 'context' },
  preferred_issued: { kind: 'flow', side: 'context' },
  long_term_debt: { kind: 'balance', side: 'context' },
  rpo: { kind: 'balance', side: 'context' },
  purchase_commitments: { kind: 'balance', side: 'context' },
  lease_commitments: { kind: 'balance', side: 'context' },
  supply_commitments: { kind: 'balance', side: 'context' },
  private_stakes: { kind: 'balance', side: 'context' },
  lease_guarantees: { kind: 'balance', side: 'context' },
  valuation: { kind: 'balance', side: 'context' },
  funding_round: { kind: 'balance', side: 'context' },
} as const satisfies Record<string, MetricRule>;

export type Metric = keyof typeof METRICS;

export const METRIC_IDS = Object.keys(METRICS) as [Metric, ...Metric[]];

export const kindOf = (metric: Metric): MetricKind => METRICS[metric].kind;

/** Whether a metric is of a period that is over, unlike guidance and estimates. */
export const isActual = (metric: Metric): boolean => kindOf(metric) !== 'guidance' && kindOf(metric) !== 'estimate';
