/**
 * Words that people type besides those of the messages, by message key: what the messages said in earlier versions.
 * Whoever has learnt a word keeps it.
 */
export const ALIASES: Readonly<Record<string, readonly string[]>> = {
  'command.bill.name': ['청구서'],
  'command.facts.name': ['장부'],
  'command.alerts-test.name': ['시험'],
  'choice.price': ['가격'],
  'choice.underwater': ['below the peak'],
  'choice.compare': ['the seven compared', '일곱 종목 비교'],
  'choice.day': ['fall of a day', '하루 하락'],
  'choice.close': ['장 마감 뒤'],
  'kind.drawdown': ['falls below the peak'],
  'kind.day': ['falls of a day'],
  'kind.figures': ['새 수치'],
  'kind.digest': ['the digest', '요약'],
  'kind.notice': ['no-data notices', '시세 끊김 안내'],
  'metric-name.finance_lease_principal': ['금융리스 상환'],
  'metric-name.capex_guidance': ['설비투자 전망'],
  'metric-name.rd_cumulative': ['R&D of several years', '연구개발비 다년 합계'],
  'metric-name.chip_purchases_guidance': ['엔비디아 장비 구매'],
  'metric-name.announced_investment': ['발표된 투자'],
  'metric-name.loss_estimate': ['손실 추정'],
  'metric-name.invested_by_microsoft': ['invested by Microsoft'],
  'metric-name.ai_capex_increment': ['extra capex for AI', 'AI 추가 설비투자'],
  'metric-name.annualised_revenue': ['연 환산 매출'],
  'metric-name.revenue_estimate': ['매출 추정'],
  'metric-name.azure_ai_points': ["AI's part of Azure growth", '애저 성장 중 AI 기여'],
  'metric-name.ai_run_rate': ['AI revenue, annualised', 'AI 매출(연 환산)'],
  'metric-name.cloud_backlog': ['클라우드 수주 잔고'],
  'metric-name.commercial_rpo': ['상업용 수주 잔고'],
  'metric-name.cloud_revenue_increment': ['extra cloud revenue', '클라우드 추가 매출'],
  'metric-name.revenue_guidance': ['매출 전망'],
  'metric-name.valuation': ['기업 가치'],
};

/** The other words for the text under a message key; none for most. */
export const aliasesOf = (key: string): readonly string[] => ALIASES[key] ?? [];
