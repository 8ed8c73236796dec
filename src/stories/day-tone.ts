import { isDown } from '../market/compare.ts';
import type { Micros } from '../market/money.ts';
import type { PriceUnit } from '../market/watchlist.ts';
import { TONE_NAMES, type Tone } from './tone.ts';

/** Colour of a day's move. Never the only sign of it: the number stands beside it, and falls and rises point apart. */
export type DayTone = Tone | 'rise';

/**
 * The fall of a day from which it has a tone, in basis points: orange, red and dark red from the day levels of the
 * watchlist, amber from half of the first. An index moves less than a stock.
 */
const FROM: Readonly<Record<'stock' | 'index', Readonly<Record<Exclude<Tone, 'calm'>, number>>>> = {
  stock: { amber: 350, orange: 700, red: 1000, darkred: 1500 },
  index: { amber: 125, orange: 250, red: 400, darkred: 600 },
};

interface DayMove {
  readonly price: Micros;
  /** The close of the session before. */
  readonly previous: Micros;
  /** What the price is counted in: points say that it is an index. */
  readonly unit?: PriceUnit | undefined;
}

/** The tone of a day's move. `percent` is the change as it is shown: a move that is shown as 0 is calm. */
export const dayTone = ({ price, previous, unit }: DayMove, percent: number): DayTone => {
  if (percent > 0) return 'rise';
  const from = FROM[unit === 'points' ? 'index' : 'stock'];
  if (percent === 0) return 'calm';
  return TONE_NAMES.findLast((tone) => tone !== 'calm' && isDown(price, previous, from[tone])) ?? 'calm';
};
