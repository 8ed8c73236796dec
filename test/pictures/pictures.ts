import type { ChartSpec } from '../../src/stories/chart-spec.ts';
import { barsOf, move, pictureOf, pricesOf, seriesFrom, theBill } from '../charts/specs.ts';
import type { NamedCard } from './cards.ts';

type Of<Kind extends ChartSpec['kind']> = Extract<ChartSpec, { kind: Kind }>;

/** Pictures by the kind of chart and a name. */
export type Pictures = { readonly [Kind in ChartSpec['kind']]: ReadonlyMap<string, Of<Kind>> };

/** A walk that ends at `last`, of `count` closes around a price. */
const around = (price: number, count: number, last = price) =>
  seriesFrom('2023-08-01', [
    ...Array.from({ length: count }, (_, at) => price * (1 + 0.08 * Math.sin(at / 9) + 0.03 * Math.sin(at / 2))),
    last,
  ]);

const slide = (symbol: string, price: number, last: number, count = 200) => {
  const points = around(price, count, last);
  const peak = points.reduce((highest, point) => (point.close > highest.close ? point : highest));
  return pictureOf({ kind: 'slide', symbol, points, peak, window: 252, level: 20 }, { bill: theBill });
};

const TICKERS = ['NVDA', 'TSLA', 'META', 'GOOGL', 'MSFT', 'AMZN', 'AAPL', 'BRK.B', 'F', 'WWWWWWWWWWWW'];
const bar = (at: number) => move(`${TICKERS[at % 10]}${at < 10 ? '' : at}`, Math.round((14 - at) * -8) / 10);

/** What no recorded day has: many bars, prices of any size, a fall of nine tenths, a record of one close. */
const EXTREMES: { readonly [Kind in ChartSpec['kind']]?: Readonly<Record<string, Of<Kind>>> } = {
  slide: {
    'a fall of 90%': slide('NVDA', 130, 13.2),
    'a price of 0.0005': slide('F', 0.0006, 0.0005),
    'a price of 742,319': slide('BRK.A', 880_000, 742_319),
    'a short record': slide('NVDA', 130, 104, 3),
  },
  price: {
    'a price of 0.0005': pricesOf('F', around(0.0006, 200, 0.0005)),
    'a price of 742,319': pricesOf('BRK.A', around(700_000, 200, 742_319)),
    'equal closes': pricesOf('NVDA', seriesFrom('2024-06-03', Array<number>(40).fill(100))),
  },
  bars: {
    '30 bars': barsOf(
      Array.from({ length: 30 }, (_, at) => bar(at)),
      [move('IXIC', -3.6), move('MAG7', -4.6)],
    ),
    'two bars': barsOf([{ ...move('NVDA', -90.4), tone: 'darkred' }, move('AAPL', -0.1)]),
  },
};

/** The pictures of cards, and the extremes. A picture that several cards have is there once. */
export const everyPicture = (cards: readonly NamedCard[]): Pictures => {
  const of = <Kind extends ChartSpec['kind']>(kind: Kind): ReadonlyMap<string, Of<Kind>> => {
    const drawn = new Set<string>();
    const found = new Map<string, Of<Kind>>(Object.entries(EXTREMES[kind] ?? {}) as [string, Of<Kind>][]);
    for (const { name, card } of cards) {
      const chart = card.picture?.chart;
      if (chart?.kind !== kind || drawn.has(JSON.stringify(chart))) continue;
      drawn.add(JSON.stringify(chart));
      found.set(name, chart as Of<Kind>);
    }
    return found;
  };
  return {
    slide: of('slide'),
    multiples: of('multiples'),
    bars: of('bars'),
    compare: of('compare'),
    price: of('price'),
    bill: of('bill'),
    return: of('return'),
  };
};
