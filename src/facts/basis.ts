interface BasisWords {
  /** What the figure counts. */
  readonly en: string;
  readonly ko: string;
  /** The same in a few words for a card; only if the figure would be misread without it. */
  readonly brief?: { readonly en: string; readonly ko: string };
}

/**
 * The accounting definition of a figure. Only figures on the same basis may be compared: a changed definition (a
 * segment redrawn, a backlog widened) is a new basis, so that no growth is computed across the change.
 */
export const BASES = {
  cash_ppe: {
    en: 'cash paid for property and equipment, from the cash flow statement',
    ko: '현금흐름표의 유형자산 취득액',
    brief: { en: 'cash', ko: '현금 기준' },
  },
  cash_ppe_gross_productive: {
    en: 'cash paid for property and equipment before incentives and sale proceeds are taken off',
    ko: '보조금과 매각 대금을 빼기 전의 유형자산 취득 현금',
    brief: { en: 'cash, gross', ko: '현금 총액 기준' },
  },
  cash_ppe_and_intangibles: {
    en: 'cash paid for property, equipment and intangible assets',
    ko: '유형·무형자산 취득 현금',
    brief: { en: 'cash, incl. intangibles', ko: '무형자산 포함 현금 기준' },
  },
  cash_ppe_net: {
    en: 'cash paid for property and equipment less incentives and sale proceeds, the basis Amazon guides on',
    ko: '보조금과 매각 대금을 뺀 유형자산 취득 현금(아마존 가이던스 기준)',
    brief: { en: 'cash, net', ko: '현금 순액 기준' },
  },
  cash_ppe_net_and_equipment_leases: {
    en: 'cash capex net of incentives and proceeds plus equipment under finance leases, as given on the call',
    ko: '보조금·매각 대금을 뺀 현금 설비투자와 설비 금융리스의 합(실적 설명회 수치)',
    brief: { en: 'net, incl. equipment leases', ko: '설비 리스 포함 순액' },
  },
  company_capex: {
    en: 'capital expenditure of the whole company as it reports it; the AI part is not disclosed',
    ko: '회사가 발표한 전사 설비투자(AI 비중은 미공개)',
    brief: { en: 'whole company', ko: '전사 기준' },
  },
  incl_finance_leases: {
    en: 'capital expenditure including assets taken on finance leases, as management reports it',
    ko: '금융리스 자산을 포함한 경영진 발표 설비투자',
    brief: { en: 'incl. finance leases', ko: '금융리스 포함' },
  },
  incl_finance_leases_from_fy27: {
    en: 'capital expenditure including finance leases, with the building lives of fiscal 2027, which count more leases as operating',
    ko: '금융리스 포함 설비투자(건물 내용연수를 늘린 2027 회계연도 기준, 운용리스로 분류되는 비중이 늘어남)',
    brief: { en: 'incl. finance leases, FY2027 rules', ko: '금융리스 포함, FY2027 기준' },
  },
  incl_finance_lease_principal: {
    en: 'cash paid for property and equipment plus principal repaid on finance leases, the basis Meta guides on',
    ko: '유형자산 취득 현금과 금융리스 원금 상환액의 합(메타 가이던스 기준)',
    brief: { en: 'incl. finance lease principal', ko: '금융리스 원금 포함' },
  },
  cash_flow_statement: { en: 'a line of the cash flow statement', ko: '현금흐름표 항목' },
  income_statement: { en: 'a line of the income statement', ko: '손익계산서 항목' },
  total_revenue: { en: 'revenue of the whole company', ko: '전사 매출' },
  segment_revenue: { en: 'revenue of the reported cloud segment', ko: '공시된 클라우드 부문 매출' },
  intelligent_cloud_to_fy24: {
    en: 'Intelligent Cloud segment as first reported, before the segments were redrawn in August 2024',
    ko: '2024년 8월 부문 개편 전 최초 공시 기준 인텔리전트 클라우드 부문',
    brief: { en: 'Intelligent Cloud', ko: '인텔리전트 클라우드' },
  },
  intelligent_cloud_from_fy25: {
    en: 'Intelligent Cloud segment as first reported, after the segments were redrawn in August 2024',
    ko: '2024년 8월 부문 개편 후 최초 공시 기준 인텔리전트 클라우드 부문',
    brief: { en: 'Intelligent Cloud', ko: '인텔리전트 클라우드' },
  },
  market_platform_revenue: { en: 'revenue of one of the company’s market platforms', ko: '시장 플랫폼별 매출' },
  product_line_revenue: { en: 'revenue of one line of business', ko: '사업별 매출' },
  related_party_revenue: {
    en: 'revenue that Microsoft books from its arrangements with OpenAI',
    ko: '마이크로소프트가 오픈AI와의 계약에서 인식한 매출',
    brief: { en: 'booked by Microsoft', ko: '마이크로소프트 인식분' },
  },
  growth_as_reported: {
    en: 'change from the same quarter a year earlier, in reported currency',
    ko: '전년 동기 대비 증감률(보고 통화 기준)',
  },
  growth_contribution: { en: 'percentage points of a growth rate', ko: '성장률에 기여한 퍼센트포인트' },
  run_rate: {
    en: 'a recent period annualised, by the company’s own definition, unaudited',
    ko: '최근 실적을 연간으로 환산한 회사 정의 수치(감사 전)',
    brief: { en: 'annualised', ko: '연환산' },
  },
  performance_obligations: {
    en: 'AWS remaining performance obligations: contracts signed, not yet delivered',
    ko: 'AWS 수주잔고(미이행 계약)',
  },
  cloud_backlog_to_2025: {
    en: 'Google Cloud backlog by the definition used through 2025',
    ko: '2025년까지의 정의에 따른 구글 클라우드 수주잔고',
  },
  cloud_backlog_from_2026: {
    en: 'Google Cloud backlog by the wider definition used from 2026',
    ko: '2026년부터 넓어진 정의에 따른 구글 클라우드 수주잔고',
  },
  commercial_obligations: {
    en: 'commercial contracts signed, not yet delivered, all of Microsoft',
    ko: '마이크로소프트 전체 상업용 수주잔고',
  },
  company_free_cash_flow: {
    en: 'operating cash flow less capital expenditure, as the company reports it',
    ko: '회사가 발표한 잉여현금흐름(영업현금흐름 − 설비투자)',
  },
  five_years_rounded: {
    en: 'research and development over five years, rounded by management',
    ko: '경영진이 밝힌 5년간 연구개발비 합계(어림수)',
    brief: { en: 'five years', ko: '5년 합계' },
  },
  best_guess: {
    en: 'the chief executive’s own guess in a public post, not company guidance',
    ko: '최고경영자가 소셜미디어에 밝힌 추측(회사 가이던스 아님)',
    brief: { en: 'Musk’s guess', ko: '머스크 추측' },
  },
  announcement: {
    en: 'a sum announced for one project, without a schedule',
    ko: '일정 없이 발표한 단일 프로젝트 투자액',
    brief: { en: 'announced', ko: '발표액' },
  },
  press_estimate: {
    en: 'a press estimate based on internal figures',
    ko: '내부 자료에 근거한 언론 추정',
    brief: { en: 'press estimate', ko: '언론 추정' },
  },
  share_sale: {
    en: 'value of the whole company at the price paid for existing shares',
    ko: '구주 매각 가격 기준 기업가치',
    brief: { en: 'share sale', ko: '구주 매각' },
  },
  post_money: {
    en: 'value of the whole company after a funding round, including the new money',
    ko: '신규 투자금을 포함한 투자 유치 후 기업가치(포스트머니)',
    brief: { en: 'post-money', ko: '투자 유치 후' },
  },
  round_total: { en: 'total committed in one funding round', ko: '한 차례 투자 유치의 약정 총액' },
  committed_to_date: {
    en: 'invested or committed since the first investment, as reported',
    ko: '첫 투자 이후 집행·약정 누적 금액(보도 기준)',
    brief: { en: 'to date', ko: '누적' },
  },
  analyst_cumulative: {
    en: 'an analyst’s estimate of additional spending, summed over several years',
    ko: '수년간 추가 지출 합계에 대한 애널리스트 추정',
    brief: { en: 'estimate, cumulative', ko: '누적 추정치' },
  },
  analyst_annual: {
    en: 'an analyst’s estimate for one year',
    ko: '한 해에 대한 애널리스트 추정',
    brief: { en: 'estimate', ko: '추정치' },
  },
} as const satisfies Record<string, BasisWords>;

export type Basis = keyof typeof BASES;

export const BASIS_IDS = Object.keys(BASES) as [Basis, ...Basis[]];

/** The basis in a few words for a card; undefined if it need not be said. */
export const briefBasis = (basis: Basis): { readonly en: string; readonly ko: string } | undefined => {
  const words: BasisWords = BASES[basis];
  return words.brief;
};

/**
 * Bases that count as "cash" in a sum over companies. Amazon's gross purchases are the line of its cash flow statement
 * that matches the other companies' purchases of property and equipment.
 */
export const CASH_BASES: readonly Basis[] = ['cash_ppe', 'cash_ppe_gross_productive'];
