import type { Bar } from '../../../src/market/bar.ts';
import { isDown } from '../../../src/market/compare.ts';
import { parseBars } from '../../../src/market/csv.ts';
import type { Kind } from '../../../src/market/watchlist.ts';
import { sharedPath } from '../../shared.ts';
import { summer } from '../../slides/samples.ts';
import { PAST, SESSIONS } from './week.ts';

/** Real closes of one symbol, and where in them a drawn week may begin. */
export interface Series {
  readonly kind: Kind;
  readonly bars: readonly Bar[];
  /** Index of the last first session. */
  readonly last: number;
  /** Indexes of sessions that fell by 4%, an index by 2%. */
  readonly falls: readonly number[];
}

export const SYMBOLS = ['AAPL', 'AMZN', 'GOOGL', 'META', 'MSFT', 'NVDA', 'TSLA', 'IXIC', 'GSPC'] as const;
const INDICES: readonly string[] = ['IXIC', 'GSPC'];

/** Without the recorded data, the closes that ship with the product. */
export const seriesOf = (symbol: string): Series => {
  const path = sharedPath(`data/daily/${symbol}.csv`);
  const bars = path === undefined ? summer(symbol) : parseBars(path);
  const kind = INDICES.includes(symbol) ? 'index' : 'stock';
  const last = bars.length - SESSIONS.length;
  const falls = bars.flatMap(({ close }, at) => {
    const before = bars[at - 1]?.close ?? 0;
    return at >= PAST && at <= last && isDown(close, before, kind === 'index' ? 200 : 400) ? [at] : [];
  });
  return { kind, bars, last, falls };
};

/** The long histories of the recorded data; without them, the closes that ship with the product. */
export const allSeries = (): Series[] => SYMBOLS.map(seriesOf);
