import type { SymbolView } from '../../src/board/board-view.ts';
import { relatedFigures } from '../../src/facts/related-figures.ts';
import { toMicros } from '../../src/market/money.ts';
import type { Closes } from '../../src/slides/series.ts';
import { day, drawdown } from '../cards/stories.ts';
import { companies, ledger } from '../facts/samples.ts';
import { NOW, quotes } from './board-view.ts';

const DAY_MS = 86_400_000;

/** Closes on weekdays up to a day, made of decimal prices. */
export const closesUpTo = (last: string, prices: readonly number[]): Closes => {
  const sessions: string[] = [];
  for (let at = Date.parse(last); sessions.length < prices.length; at -= DAY_MS)
    if (![0, 6].includes(new Date(at).getUTCDay())) sessions.push(new Date(at).toISOString().slice(0, 10));
  return { sessions: sessions.reverse(), closes: prices.map(toMicros) };
};

/** Ten years that rise to ten times their beginning, with a fall of a third every other year, and then that of NVDA to 30 July 2024. */
const decade = Array.from({ length: 2_500 }, (_, at) => {
  const trend = 12 * 10 ** (at / 2_500);
  const inCycle = (at % 500) / 500;
  return trend * (inCycle > 0.7 && inCycle < 0.9 ? 0.65 : 1);
});

const [nvidia] = quotes;
if (!nvidia) throw new Error('Expected a quote');

/** Nvidia's close of 30 July 2024. */
export const AT = {
  symbol: 'NVDA',
  session: '2024-07-30',
  close: 103.73,
  previous: 111.59,
  peak: { price: 135.58, session: '2024-06-18', sessions: 28 },
} as const;

export const nvidiaReading: SymbolView = {
  quote: nvidia,
  closes: closesUpTo('2024-07-30', [...decade, 135.58, 120.1, 111.59, 103.73]),
  alerts: [day(AT, 7), drawdown(AT, 252, 20)],
  beside: relatedFigures(ledger, companies, 'NVDA', NOW),
  today: '2024-07-30',
};
