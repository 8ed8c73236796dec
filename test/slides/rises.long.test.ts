import { expect, test } from 'vitest';
import type { Bar } from '../../src/market/bar.ts';
import { parseBars } from '../../src/market/csv.ts';
import type { Rules } from '../../src/market/watchlist.ts';
import { foldBars } from '../../src/slides/fold.ts';
import type { Observation } from '../../src/slides/machine.ts';
import { sharedOrSkip } from '../shared.ts';
import { createReference } from './reference.ts';
import { shipped } from './samples.ts';

const SYMBOLS = ['AAPL', 'AMZN', 'GOOGL', 'GSPC', 'IXIC', 'META', 'MSFT', 'NVDA', 'TSLA'];

const rules: Rules = {
  drawdown: [],
  day: [],
  rise: [500, 1_000, 2_000, 3_000, 5_000, 10_000, 20_000, 40_000],
  dayRise: [250, 500, 700, 1_000, 1_500],
};

const asCloses = (bars: readonly Bar[]): Observation[] =>
  bars.map(({ session, close: price }) => ({ symbol: 'REAL', session, price, tradeTime: 0, final: true }));

test.for(SYMBOLS)(
  'all closes of %s raise the rises of the reference, and the falls as without them',
  (symbol, context) => {
    const bars = parseBars(sharedOrSkip(context, `data/daily/${symbol}.csv`));
    const expected = asCloses(bars).flatMap(createReference(rules));
    expect(expected.filter(({ kind }) => kind === 'rise').length).toBeGreaterThan(10);
    expect(expected.filter(({ kind }) => kind === 'day-rise').length).toBeGreaterThan(20);
    expect(foldBars({ rules }, 'REAL', bars).alerts).toEqual(expected);

    const falls = symbol === 'IXIC' || symbol === 'GSPC' ? shipped.index : shipped.stock;
    const { rise, dayRise } = rules;
    const both = foldBars(
      { rules: { ...falls, ...(rise && { rise }), ...(dayRise && { dayRise }) } },
      'REAL',
      bars,
    ).alerts;
    expect(both.filter(({ kind }) => kind !== 'rise' && kind !== 'day-rise')).toEqual(
      foldBars({ rules: falls }, 'REAL', bars).alerts,
    );
  },
);
