/**
 * The accounting definition of a figure; the messages say what each counts (`basis`), and in a few words where a card would
 * be misread without (`basis-brief`). Only figures on the same basis may be compared: a changed definition (a segment
 * redrawn, a backlog widened) is a new basis, so that no growth is computed across the change.
 */
export const BASIS_IDS = [
  'cash_ppe',
  'cash_ppe_gross_productive',
  'cash_ppe_and_intangibles',
  'cash_ppe_net',
  'cash_ppe_net_and_equipment_leases',
  'company_capex',
  'incl_finance_leases',
  'incl_finance_leases_from_fy27',
  'incl_finance_lease_principal',
  'cash_flow_statement',
  'note_to_the_accounts',
  'balance_sheet',
  'income_statement',
  'total_revenue',
  'segment_revenue',
  'intelligent_cloud_to_fy24',
  'intelligent_cloud_from_fy25',
  'market_platform_revenue',
  'product_line_revenue',
  'related_party_revenue',
  'growth_as_reported',
  'growth_contribution',
  'run_rate',
  'performance_obligations',
  'company_obligations',
  'all_purchase_obligations',
  'long_term_purchase_commitment',
  'supply_and_capacity',
  'guarantee_cap',
  'purchase_commitments_as_filed',
  'leases_with_interest',
  'face_value',
  'net_proceeds',
  'paid_into_openai',
  'cloud_backlog_to_2025',
  'cloud_backlog_from_2026',
  'commercial_obligations',
  'company_free_cash_flow',
  'company_free_cash_flow_twelve_months',
  'five_years_rounded',
  'best_guess',
  'announcement',
  'press_estimate',
  'press_report',
  'share_sale',
  'post_money',
  'round_total',
  'committed_to_date',
  'analyst_cumulative',
  'analyst_annual',
] as const;

export type Basis = (typeof BASIS_IDS)[number];

/**
 * Bases that count as "cash" in a sum over companies. Amazon's gross purchases are the line of its cash flow statement
 * that matches the other companies' purchases of property and equipment; Meta's of 2023 are net of proceeds, as it told
 * them then.
 */
export const CASH_BASES: readonly Basis[] = ['cash_ppe', 'cash_ppe_gross_productive', 'cash_ppe_net'];

/**
 * A quarter that a company told on two bases counts once: on the one from which it took its own free cash flow. The
 * other stays for comparisons over time.
 */
export const COUNTED_INSTEAD: Readonly<Partial<Record<Basis, Basis>>> = { cash_ppe: 'cash_ppe_net' };
