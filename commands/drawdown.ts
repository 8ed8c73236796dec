import { drawdownButton, kindButtons, windowButtons } from '../src/cards/buttons.ts';
import { type DrawdownReading, drawdownCard } from '../src/cards/drawdown-card.ts';
import { drawdownTableCard } from '../src/cards/drawdown-table-card.ts';
import type { PriceReading } from '../src/cards/price-reading.ts';
import { fromMicros } from '../src/market/money.ts';
import { baseRates } from '../src/slides/base-rates.ts';
import { deepestOf, depthPercentile } from '../src/slides/past-depths.ts';
import { fallsOf, worstFalls } from '../src/slides/past-falls.ts';
import { ALL_TIME, closesWithNow, peakWithin } from '../src/slides/price-position.ts';
import { underwaterChart } from './chart-points.ts';
import type { Answer, Command, Question } from './command.ts';
import type { CommandContext } from './command-context.ts';
import { answerForSymbol, readMarket, readSome } from './read-symbol.ts';

const DRAWDOWN_WINDOWS = ['20', '252', 'all'] as const;
const DEFAULT_DRAWDOWN_WINDOW = '252';
/** The picture on the card; the buttons offer the others. */
const CARD_CHART = { kind: 'underwater', range: '1y' } as const;

const WORST_FALLS_SHOWN = 5;
/** A picture shows at least half a year. */
const MIN_SESSIONS_SHOWN = 126;

const sessionsOf = (window: string): number => (window === 'all' ? ALL_TIME : Number(window));

/** The drawdown of the latest price within a window of sessions, compared with the symbol's history. */
const readDrawdown = (reading: PriceReading, window: number): DrawdownReading => {
  const { standing } = reading;
  const { before, price, session } = standing;
  const closes = closesWithNow(standing);
  const peak = peakWithin(standing, window);
  const allTimePeak = peakWithin(standing, ALL_TIME);
  const percentile = depthPercentile(before, window, price, peak.price);
  const rates = baseRates(closes, price, allTimePeak.price);
  return {
    ...reading,
    window,
    peak,
    trough: deepestOf(closes, ALL_TIME, peak.sessions + 1) ?? { session, price, peak: peak.price },
    ...(percentile !== undefined && { depthPercentile: percentile }),
    allTimePeak,
    ...(rates && { baseRates: rates }),
    worst: worstFalls(fallsOf(closes), WORST_FALLS_SHOWN),
    chart: underwaterChart(
      reading,
      window,
      { session: peak.session, close: fromMicros(peak.price) },
      Math.max(window, MIN_SESSIONS_SHOWN),
    ),
  };
};

const answerForAll = async (question: Question, context: CommandContext): Promise<Answer> => {
  const words = context.catalogue.in(question.language);
  const market = await readMarket(context, question.now);
  const read = readSome(context, market, question, [...context.watchlist.symbols.values()]);
  if (read.kind === 'problem') return read;
  const card = drawdownTableCard(words, read.readings, read.withoutPrice, market.surroundings);
  const actions = (card.sections[0]?.table?.narrow?.rows ?? [])
    .map(([symbol = '']) => symbol)
    .filter((symbol) => read.readings.some(({ watched }) => watched.symbol === symbol))
    .map((symbol) => drawdownButton(symbol, symbol));
  return { kind: 'card', card: { ...card, actions } };
};

/** Depth below the peak, the rise needed to recover, and what followed earlier falls; or a table of all symbols. */
export const drawdown: Command = {
  name: 'drawdown',
  options: [
    { name: 'symbol', kind: 'symbol', anyTicker: true },
    { name: 'window', kind: 'choice', choices: DRAWDOWN_WINDOWS },
  ],
  standalone: true,
  run: async (question, context) => {
    const { symbol, window = DEFAULT_DRAWDOWN_WINDOW } = question.options;
    if (symbol === undefined) return answerForAll(question, context);
    return answerForSymbol(question, context, symbol, ({ words, market, reading }) => ({
      ...drawdownCard(words, readDrawdown(reading, sessionsOf(window)), market.surroundings),
      actions: [...windowButtons(words, symbol, DRAWDOWN_WINDOWS, window), ...kindButtons(words, symbol, CARD_CHART)],
    }));
  },
};
