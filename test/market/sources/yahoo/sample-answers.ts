import type { FundamentalsQuarter } from '../../../../src/market/source.ts';
import { type Answer, json } from '../../../doubles/yahoo/answers.ts';
import { type DoubleQuarter, fundamentalsAnswer } from '../../../doubles/yahoo/fundamentals.ts';

/** Stand-ins for the recorded answers, with the same figures and only the keys that matter. */

const entry = (symbol: string, price: number, time: number, delay = 0) => ({
  symbol,
  quoteType: 'EQUITY',
  marketState: 'CLOSED',
  regularMarketPrice: price,
  regularMarketTime: time,
  exchangeDataDelayedBy: delay,
  currency: 'USD',
  exchangeTimezoneName: 'America/New_York',
});

const quotes = (...result: unknown[]): Answer => json(200, { quoteResponse: { result, error: null } });

export const quoteAapl = quotes(entry('AAPL', 244.6, 1_739_566_800));
export const quoteAaplBaba = quotes(entry('AAPL', 244.6, 1_739_566_800), {
  ...entry('BABA', 124.73, 1_739_566_802),
  longName: 'Alibaba Group Holding Limited',
  displayName: 'Alibaba Group Holding',
});
export const quoteIndex = quotes({
  ...entry('^VXAPL', 23.77, 1_739_566_922, 15),
  quoteType: 'INDEX',
  longName: 'CBOE EQUITY VIXON APPLE',
});
export const quoteQqq = quotes({
  ...entry('QQQ', 538.15, 1_739_566_801),
  quoteType: 'ETF',
  longName: 'Invesco QQQ Trust',
  shortName: 'Invesco QQQ Trust, Series 1',
});
export const quoteOfNothing = quotes();

const chart = (result: Record<string, unknown>): Answer => json(200, { chart: { result: [result], error: null } });

const columns = (close: number, open = close, high = close, low = close, volume = 1) => ({
  open: [open],
  high: [high],
  low: [low],
  close: [close],
  volume: [volume],
});

const SESSION = columns(164.32000732421875, 164.97999572753906, 166.69000244140625, 162.14999389648438, 91_162_800);

export const chartAapl = chart({
  meta: { symbol: 'AAPL' },
  timestamp: [1_645_540_200],
  indicators: { quote: [SESSION] },
});

export const chartWithoutTimes = chart({ meta: { symbol: 'TSLA' }, indicators: { quote: [{}] } });

export const chartWithColumnsButNoTimes = chart({ meta: { symbol: 'AAPL' }, indicators: { quote: [SESSION] } });

const split = (date: number, numerator: number) => ({
  splits: { [date]: { date, numerator, denominator: 1, splitRatio: `${numerator}:1` } },
});

export const chartSplitAapl = chart({
  meta: { symbol: 'AAPL' },
  timestamp: [1_598_880_600],
  events: split(1_598_880_600, 4),
  indicators: { quote: [columns(129.0399932861328)] },
});

export const chartSplitNvda = chart({
  meta: { symbol: 'NVDA' },
  timestamp: [1_612_189_800],
  events: split(1_626_787_800, 4),
  indicators: { quote: [columns(13.237000465393066)] },
});

/** Apple's calendar year 2024 as Yahoo gave it on 2025-02-21, in our words. */
export const appleQuarters: readonly FundamentalsQuarter[] = [
  { end: '2024-03-31', capex: 1996, operatingCashFlow: 22690, revenue: 90753, researchAndDevelopment: 7903 },
  { end: '2024-06-30', capex: 2151, operatingCashFlow: 28858, revenue: 85777, researchAndDevelopment: 8006 },
  { end: '2024-09-30', capex: 2908, operatingCashFlow: 26811, revenue: 94930, researchAndDevelopment: 7765 },
  { end: '2024-12-31', capex: 2940, operatingCashFlow: 29935, revenue: 124300, researchAndDevelopment: 8268 },
];

const dollars = (millions = 0): number => millions * 1_000_000;

/** The same in Yahoo's words. */
export const appleRows: readonly DoubleQuarter[] = appleQuarters.map((quarter) => ({
  end: quarter.end,
  lines: {
    CapitalExpenditure: -dollars(quarter.capex),
    OperatingCashFlow: dollars(quarter.operatingCashFlow),
    TotalRevenue: dollars(quarter.revenue),
    ResearchAndDevelopment: dollars(quarter.researchAndDevelopment),
  },
}));

const statement = (...lines: string[]): Answer =>
  fundamentalsAnswer(
    new Map([['AAPL', appleRows]]),
    'AAPL',
    new URLSearchParams({ period1: '1704067200', period2: '1735689600', type: lines.join(',') }),
  );

export const cashFlowAapl = statement(
  'quarterlyCapitalExpenditure',
  'quarterlyOperatingCashFlow',
  'quarterlyPurchaseOfBusiness',
);
export const financialsAapl = statement('quarterlyResearchAndDevelopment', 'quarterlyTotalRevenue');

const events = (earnings: Record<string, unknown>): Answer =>
  json(200, { quoteSummary: { result: [{ calendarEvents: { maxAge: 1, earnings } }], error: null } });

export const eventsAapl = events({
  earningsDate: [1_746_010_740, 1_746_446_400],
  earningsCallDate: [1_738_274_400],
  isEarningsDateEstimate: true,
});
export const eventsGoog = events({
  earningsDate: [1_745_438_400, 1_745_870_400],
  earningsCallDate: [1_738_704_600],
  isEarningsDateEstimate: true,
});
export const eventsNamed = events({ earningsDate: [1_745_438_400], isEarningsDateEstimate: false });
export const eventsOdd = events({ earningsDate: 'soon' });
export const eventsNone = events({ earningsDate: [] });
