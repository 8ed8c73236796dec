import { CHART_KINDS, type ChartKind, kindButtons, RANGES, type Range, rangeButtons } from '../src/cards/buttons.ts';
import type { Card } from '../src/cards/card.ts';
import { compareCard, priceChartCard, underwaterCard } from '../src/cards/chart-card.ts';
import type { PriceReading } from '../src/cards/price-reading.ts';
import type { Translator } from '../src/i18n/catalogue.ts';
import type { SessionDate } from '../src/market/calendar.ts';
import { fromMicros, type Micros } from '../src/market/money.ts';
import { deepestOf } from '../src/slides/deepest.ts';
import { YEAR_SESSIONS } from '../src/slides/machine.ts';
import { closesWithNow, peakWithin } from '../src/slides/price-position.ts';
import type { CompareChart } from '../src/stories/chart-spec.ts';
import type { Command } from './command.ts';
import type { CommandContext } from './command-context.ts';
import { readingOf, readScene, readSymbol, type Scene } from './read-symbol.ts';
import { pointsOf, underwaterOf } from './underwater-of.ts';

const BACK = {
  '1m': { months: 1 },
  '3m': { months: 3 },
  '6m': { months: 6 },
  '1y': { years: 1 },
  '5y': { years: 5 },
} as const;

/** The first day of a range that ends on `last`: as many months earlier. Everything there is: before any record. */
export const firstDay = (range: Range, last: SessionDate): SessionDate =>
  range === 'all' ? '0000-01-01' : Temporal.PlainDate.from(last).subtract(BACK[range]).toString();

/** Sessions of `reading` in a range: two at least, where it has them, for one point is no line. */
const sessionsIn = (reading: PriceReading, range: Range): number => {
  const { sessions } = closesWithNow(reading.standing);
  const from = firstDay(range, reading.standing.session);
  return Math.min(sessions.length, Math.max(2, sessions.filter((session) => session >= from).length));
};

/** The parts of the sum that is watched, and the symbol asked for beside them. */
const compared = (context: CommandContext, symbol: string): string[] => {
  const seven = [...context.watchlist.symbols.values()].find(({ sumOf }) => sumOf)?.sumOf ?? [];
  return [...new Set([...seven, symbol])];
};

/** Each symbol's closes in percent of its own on the first session that all of them have. */
const comparison = (
  context: CommandContext,
  scene: Scene,
  reading: PriceReading,
  range: Range,
  now: number,
): CompareChart => {
  const { symbol } = reading.watched;
  const records = compared(context, symbol).flatMap((each) => {
    const watched = context.watchlist.symbols.get(each);
    const found = watched && readingOf(context, scene, watched, now);
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
    sessions,
    lines: records.map(({ symbol: each, closes }) => {
      const base = closes.get(sessions[0] ?? '') ?? 1;
      return { symbol: each, values: sessions.map((session) => ((closes.get(session) ?? base) / base) * 100) };
    }),
  };
};

interface Picture {
  readonly words: Translator;
  readonly context: CommandContext;
  readonly scene: Scene;
  readonly reading: PriceReading;
  readonly range: Range;
  readonly now: number;
}

const draw: Readonly<Record<ChartKind, (picture: Picture) => Card>> = {
  price: ({ words, scene, reading, range }) => {
    const points = pointsOf(reading, sessionsIn(reading, range));
    return priceChartCard(words, reading, { kind: 'price', symbol: reading.watched.symbol, points }, scene.around);
  },
  underwater: ({ words, scene, reading, range }) => {
    const shown = sessionsIn(reading, range);
    const { price, session } = peakWithin(reading.standing, YEAR_SESSIONS);
    const chart = underwaterOf(reading, YEAR_SESSIONS, { session, close: fromMicros(price) }, shown);
    const deepest = deepestOf(closesWithNow(reading.standing), YEAR_SESSIONS, shown) ?? {
      ...reading.standing,
      peak: reading.standing.price,
    };
    return underwaterCard(words, reading, chart, deepest, scene.around);
  },
  compare: ({ words, context, scene, reading, range, now }) =>
    compareCard(words, reading, comparison(context, scene, reading, range, now), scene.around),
};

const oneOf = <T extends string>(values: readonly T[], typed: string | undefined, usual: T): T =>
  values.find((value) => value === typed) ?? usual;

/** A picture: closes, how far below the peak, or the seven from one day on. */
export const chart: Command = {
  name: 'chart',
  options: [
    { name: 'symbol', kind: 'symbol', required: true },
    { name: 'range', kind: 'choice', choices: RANGES },
    { name: 'kind', kind: 'choice', choices: CHART_KINDS },
  ],
  ownOnSlack: true,
  run: async (question, context) => {
    const { options, language, now } = question;
    const words = context.catalogue.in(language);
    const scene = await readScene(context, now);
    const read = readSymbol(context, scene, question, options.symbol ?? '');
    if (read.kind === 'problem') return read;
    const { reading } = read;
    const range = oneOf(RANGES, options.range, '1y');
    const kind = oneOf(CHART_KINDS, options.kind, 'price');
    const { symbol } = reading.watched;
    const actions = [...rangeButtons(words, symbol, kind, range), ...kindButtons(words, symbol, { kind, range })];
    return { kind: 'card', card: { ...draw[kind]({ words, context, scene, reading, range, now }), actions } };
  },
};
