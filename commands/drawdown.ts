import { drawdownButton, kindButtons, windowButtons } from '../src/cards/buttons.ts';
import { type DrawdownReading, drawdownCard } from '../src/cards/drawdown-card.ts';
import { drawdownTableCard } from '../src/cards/drawdown-table-card.ts';
import type { PriceReading } from '../src/cards/price-reading.ts';
import { fromMicros } from '../src/market/money.ts';
import { baseRates } from '../src/slides/base-rates.ts';
import { deeperThan } from '../src/slides/deeper-than.ts';
import { deepestOf } from '../src/slides/deepest.ts';
import { fallsOf, worstFalls } from '../src/slides/past-falls.ts';
import { ALL_TIME, closesWithNow, peakWithin } from '../src/slides/price-position.ts';
import type { Answer, Command, Question } from './command.ts';
import type { CommandContext } from './command-context.ts';
import { readAll, readScene, readSymbol } from './read-symbol.ts';
import { underwaterOf } from './underwater-of.ts';

const WINDOWS = ['20', '252', 'all'] as const;
const USUAL = '252';
/** The picture on the card; the buttons offer the others. */
const SHOWN = { kind: 'underwater', range: '1y' } as const;

/** Falls that the list of the worst holds. */
const WORST_FALLS_SHOWN = 5;
/** Sessions that a picture shows at least: half a year. */
const MIN_SESSIONS_SHOWN = 126;

const sessionsOf = (window: string): number => (window === 'all' ? ALL_TIME : Number(window));

/** All that a record says about the depth of its newest price. */
export const readDrawdown = (reading: PriceReading, window: number): DrawdownReading => {
  const { standing } = reading;
  const { before, price, session } = standing;
  const closes = closesWithNow(standing);
  const peak = peakWithin(standing, window);
  const allTimePeak = peakWithin(standing, ALL_TIME);
  const share = deeperThan(before, window, price, peak.price);
  const rates = baseRates(closes, price, allTimePeak.price);
  return {
    ...reading,
    window,
    peak,
    trough: deepestOf(closes, ALL_TIME, peak.sessions + 1) ?? { session, price, peak: peak.price },
    ...(share !== undefined && { deeperThan: share }),
    allTimePeak,
    ...(rates && { baseRates: rates }),
    worst: worstFalls(fallsOf(closes), WORST_FALLS_SHOWN),
    chart: underwaterOf(
      reading,
      window,
      { session: peak.session, close: fromMicros(peak.price) },
      Math.max(window, MIN_SESSIONS_SHOWN),
    ),
  };
};

const answerAll = async (question: Question, context: CommandContext): Promise<Answer> => {
  const words = context.catalogue.in(question.language);
  const scene = await readScene(context, question.now);
  const read = readAll(context, scene, question);
  if (read.kind === 'problem') return read;
  const card = drawdownTableCard(words, read.readings, read.silent, scene.around);
  const actions = (card.sections[0]?.table?.rows ?? [])
    .map(([symbol = '']) => symbol)
    .filter((symbol) => read.readings.some(({ watched }) => watched.symbol === symbol))
    .map((symbol) => drawdownButton(symbol, symbol));
  return { kind: 'card', card: { ...card, actions } };
};

/** How deep below its peak, what it takes to recover, how often before and what came next; or all symbols in a table. */
export const drawdown: Command = {
  name: 'drawdown',
  options: [
    { name: 'symbol', kind: 'symbol' },
    { name: 'window', kind: 'choice', choices: WINDOWS },
  ],
  ownOnSlack: true,
  run: async (question, context) => {
    const { symbol, window = USUAL } = question.options;
    if (symbol === undefined) return answerAll(question, context);
    const words = context.catalogue.in(question.language);
    const scene = await readScene(context, question.now);
    const read = readSymbol(context, scene, question, symbol);
    if (read.kind === 'problem') return read;
    const card = drawdownCard(words, readDrawdown(read.reading, sessionsOf(window)), scene.around);
    const actions = [...windowButtons(words, symbol, WINDOWS, window), ...kindButtons(words, symbol, SHOWN)];
    return { kind: 'card', card: { ...card, actions } };
  },
};
