import { CHART_KINDS, type ChartKind, kindButtons, RANGES, type Range, rangeButtons } from '../src/cards/buttons.ts';
import type { Card } from '../src/cards/card.ts';
import { compareCard, priceChartCard, rangeChange, underwaterCard } from '../src/cards/chart-card.ts';
import type { PriceReading } from '../src/cards/price-reading.ts';
import type { SessionDate } from '../src/market/calendar.ts';
import { fromMicros, type Micros } from '../src/market/money.ts';
import { YEAR_SESSIONS } from '../src/slides/machine.ts';
import { deepestOf } from '../src/slides/past-depths.ts';
import { ALL_TIME, closesWithNow, peakWithin } from '../src/slides/price-position.ts';
import type { CompareChart } from '../src/stories/chart-spec.ts';
import { chartPoints, underwaterChart } from './chart-points.ts';
import type { Command } from './command.ts';
import type { CommandContext } from './command-context.ts';
import { answerForSymbol, readingOf, type SymbolReading } from './read-symbol.ts';

const RANGE_LENGTHS = {
  '1m': { months: 1 },
  '3m': { months: 3 },
  '6m': { months: 6 },
  '1y': { years: 1 },
  '5y': { years: 5 },
} as const;

/** The first day of a range that ends on `last`; for `all`, a day before any record. */
export const firstDay = (range: Range, last: SessionDate): SessionDate =>
  range === 'all' ? '0000-01-01' : Temporal.PlainDate.from(last).subtract(RANGE_LENGTHS[range]).toString();

/**
 * What depths of a range are measured from: the highest close of a year, beyond a year the highest so far. In a fall of
 * years the one of 252 sessions follows the price down.
 */
const depthWindow = (range: Range): number => (range === '5y' || range === 'all' ? ALL_TIME : YEAR_SESSIONS);

/** How many sessions of a reading are in a range; at least two if it has them, because one point is not a line. */
const sessionsIn = (reading: PriceReading, range: Range): number => {
  const { sessions } = closesWithNow(reading.standing);
  const from = firstDay(range, reading.standing.session);
  return Math.min(sessions.length, Math.max(2, sessions.filter((session) => session >= from).length));
};

/** The parts of the watched basket, and the chosen symbol. */
const comparedSymbols = (context: CommandContext, symbol: string): string[] => {
  const parts = [...context.watchlist.symbols.values()].find(({ sumOf }) => sumOf)?.sumOf ?? [];
  return [...new Set([...parts, symbol])];
};

interface ChartRequest extends SymbolReading {
  readonly context: CommandContext;
  readonly range: Range;
  /** Epoch milliseconds. */
  readonly now: number;
}

/** The closes of each symbol in percent of its close on the first session that all of them have. */
const comparison = ({ context, market, reading, range, now }: ChartRequest): CompareChart => {
  const { symbol } = reading.watched;
  const records = comparedSymbols(context, symbol).flatMap((each) => {
    const watched = context.watchlist.symbols.get(each);
    const found = watched && readingOf(context, market, watched, now);
    if (!found) return [];
    const { sessions, closes } = closesWithNow(found.standing);
    return [{ symbol: each, closes: new Map(sessions.map((session, at) => [session, closes[at] as Micros])) }];
  });
  const from = firstDay(range, reading.standing.session);
  const sessions = closesWithNow(reading.standing).sessions.filter(
    (session) => session >= from && records.every(({ closes }) => closes.has(session)),
  );
  return {
    kind: 'compare',
    symbol,
    range: range.toUpperCase(),
    sessions,
    lines: records.map(({ symbol: each, closes }) => {
      const base = closes.get(sessions[0] ?? '') ?? 1;
      const values = sessions.map((session) => ((closes.get(session) ?? base) / base) * 100);
      return { symbol: each, values, percent: rangeChange(closes.get(sessions.at(-1) ?? '') ?? base, base) };
    }),
  };
};

const cardFor: Readonly<Record<ChartKind, (request: ChartRequest) => Card>> = {
  price: ({ words, market, reading, range }) => {
    const points = chartPoints(reading, sessionsIn(reading, range));
    return priceChartCard(words, reading, points, market.surroundings);
  },
  underwater: ({ words, market, reading, range }) => {
    const shown = sessionsIn(reading, range);
    const window = depthWindow(range);
    const peak = peakWithin(reading.standing, window);
    const spec = underwaterChart(reading, window, { session: peak.session, close: fromMicros(peak.price) }, shown);
    const deepest = deepestOf(closesWithNow(reading.standing), window, shown) ?? {
      ...reading.standing,
      peak: reading.standing.price,
    };
    return underwaterCard(words, { ...reading, window, peak }, spec, deepest, market.surroundings);
  },
  compare: (request) => compareCard(request.words, request.reading, comparison(request), request.market.surroundings),
};

const oneOf = <T extends string>(values: readonly T[], typed: string | undefined, byDefault: T): T =>
  values.find((value) => value === typed) ?? byDefault;

/** A chart of the closes, of the distance below the peak, or of the Magnificent Seven compared. */
export const chart: Command = {
  name: 'chart',
  options: [
    { name: 'symbol', kind: 'symbol', required: true, anyTicker: true },
    { name: 'range', kind: 'choice', choices: RANGES },
    { name: 'kind', kind: 'choice', choices: CHART_KINDS },
  ],
  standalone: true,
  run: (question, context) => {
    const { options, now } = question;
    const range = oneOf(RANGES, options.range, '1y');
    const kind = oneOf(CHART_KINDS, options.kind, 'price');
    return answerForSymbol(question, context, options.symbol ?? '', (found) => {
      const { words, reading } = found;
      const { symbol } = reading.watched;
      const actions = [...rangeButtons(words, symbol, kind, range), ...kindButtons(words, symbol, { kind, range })];
      return { ...cardFor[kind]({ ...found, context, range, now }), actions };
    });
  },
};
