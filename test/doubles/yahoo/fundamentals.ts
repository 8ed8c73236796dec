import { type Answer, json, refusal } from './answers.ts';

/** One quarter of a company as Yahoo would give it. */
export interface DoubleQuarter {
  /** `YYYY-MM-DD`, the end of a month. */
  readonly end: string;
  /**
   * Whole dollars by Yahoo's name of the line, without "quarterly": `{ CapitalExpenditure: -2_940_000_000 }`.
   * null makes a hole; a line left out has no cell for the quarter.
   */
  readonly lines: Readonly<Record<string, number | null>>;
  /** Keys that replace or join those of every cell; undefined takes one away. */
  readonly raw?: Readonly<Record<string, unknown>>;
}

export type Fundamentals = ReadonlyMap<string, readonly DoubleQuarter[]>;

export const FUNDAMENTALS = '/ws/fundamentals-timeseries/v1/finance/timeseries/';

/** Yahoo's numbers of the lines that we know them for. */
const DATA_IDS: Readonly<Record<string, number>> = {
  CapitalExpenditure: 26_005,
  OperatingCashFlow: 26_014,
  TotalRevenue: 20_100,
  ResearchAndDevelopment: 20_151,
};

const short = (dollars: number): string =>
  Math.abs(dollars) < 1e9 ? `${(dollars / 1e6).toFixed(2)}M` : `${(dollars / 1e9).toFixed(2)}B`;

const secondsOf = (day: string): number => Date.parse(day) / 1000;

const cellOf = ({ end, lines, raw }: DoubleQuarter, line: string): unknown => {
  const dollars = lines[line];
  if (dollars === null || dollars === undefined) return null;
  return {
    dataId: DATA_IDS[line] ?? 29_999,
    asOfDate: end,
    periodType: '3M',
    currencyCode: 'USD',
    reportedValue: { raw: dollars, fmt: short(dollars) },
    ...raw,
  };
};

/**
 * /ws/fundamentals-timeseries/…/TICKER: every line that is asked for, in whatever order, those without a figure between
 * `period1` and `period2` as a bare name. It asks for no crumb, and does not say how much it was asked for.
 */
export const fundamentalsAnswer = (fundamentals: Fundamentals, ticker: string, query: URLSearchParams): Answer => {
  const all = fundamentals.get(ticker);
  if (all === undefined) return refusal(404, 'finance', 'Not Found', 'HTTP 404 Not Found');
  const within = all.filter(
    ({ end }) => secondsOf(end) >= Number(query.get('period1')) && secondsOf(end) <= Number(query.get('period2')),
  );
  const result = (query.get('type') ?? '').split(',').map((type) => {
    const line = type.replace(/^quarterly/, '');
    const told = type === line ? [] : within.filter(({ lines }) => lines[line] !== undefined);
    return {
      meta: { symbol: [ticker], type: [type] },
      ...(told.length > 0 && {
        timestamp: told.map(({ end }) => secondsOf(end)),
        [type]: told.map((quarter) => cellOf(quarter, line)),
      }),
    };
  });
  return json(200, { timeseries: { result, error: null } });
};
