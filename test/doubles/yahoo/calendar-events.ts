import { type Answer, json } from './answers.ts';

/** When a company reports next, as Yahoo would give it. */
export interface DoubleReport {
  /** Epoch milliseconds; two of them are the ends of a range. */
  readonly dates: readonly number[];
  readonly estimate?: boolean;
}

export const QUOTE_SUMMARY = '/v10/finance/quoteSummary/';

/** /v10/finance/quoteSummary/TICKER?modules=calendarEvents. */
export const calendarEventsAnswer = (reports: ReadonlyMap<string, DoubleReport>, ticker: string): Answer => {
  const report = reports.get(ticker);
  if (report === undefined)
    return json(404, {
      quoteSummary: {
        result: null,
        error: { code: 'Not Found', description: `Quote not found for symbol: ${ticker}` },
      },
    });
  const earnings = {
    earningsDate: report.dates.map((at) => Math.floor(at / 1000)),
    earningsCallDate: [],
    isEarningsDateEstimate: report.estimate ?? false,
  };
  return json(200, { quoteSummary: { result: [{ calendarEvents: { maxAge: 1, earnings } }], error: null } });
};
