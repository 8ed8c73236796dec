import { expect, test } from 'vitest';
import { sortOf } from '../../src/board/page/quote-sort.ts';
import { quoteTable } from '../../src/board/page/quote-table.ts';
import { buildCard } from '../../src/cards/story-cards.ts';
import { chartSvg } from '../../src/charts/svg.ts';
import { themes } from '../../src/charts/theme.ts';
import { toMicros } from '../../src/market/money.ts';
import type { ChartSpec } from '../../src/stories/chart-spec.ts';
import { TONE_NAMES, type Tone, toneBelow } from '../../src/stories/tone.ts';
import { catalogue, drawdown, storyAt } from '../cards/stories.ts';
import { texts } from '../charts/read-svg.ts';
import { pictureOf, pricesOf } from '../charts/specs.ts';
import { NOW } from './board-view.ts';

const SESSION = '2024-07-30';
const words = catalogue.in('en');

/** The tone in which a chart writes a fall's percent. */
const toneIn = (spec: ChartSpec): Tone | undefined => {
  const percent = texts(chartSvg(spec)).find(({ text }) => /^−\d+\.\d%$/.test(text));
  const fill = percent?.attributes.fill;
  return TONE_NAMES.find((tone) => themes.dark[tone] === fill || themes.dark.text[tone] === fill);
};

const cardTone = (base: number, price: number): Tone => {
  const at = { symbol: 'NVDA', session: SESSION, close: price, previous: price } as const;
  const peak = { price: base, session: '2024-07-10', sessions: 14 };
  return buildCard([storyAt({ ...at, peak }, { alerts: [drawdown({ ...at, peak }, 252, 5)] })], 'en', catalogue).tone;
};

const TABLE = { sort: sortOf(undefined, undefined), addressOf: () => '/', now: NOW };

const boardTones = (base: number, price: number): string[] => {
  const line = {
    symbol: 'NVDA',
    name: { en: 'Nvidia', ko: '엔비디아' },
    unit: 'usd',
    price: toMicros(price),
    at: NOW,
  } as const;
  const row = quoteTable([{ ...line, previous: toMicros(base), peak: toMicros(base) }], TABLE, words).toString();
  // A day has tones of its own.
  return [...row.slice(row.indexOf('depth-cell')).matchAll(/tone-(\w+)/g)].map(([, tone = '']) => tone);
};

const chartTones = (base: number, price: number): (Tone | undefined)[] => {
  const [peak, now] = [
    { session: '2024-07-10', close: base },
    { session: SESSION, close: price },
  ];
  const points = [peak, now];
  const sessions = points.map(({ session }) => session);
  const tone = toneBelow(toMicros(price), [toMicros(base)]);
  const percent = (price / base - 1) * 100;
  return [
    toneIn(pictureOf({ kind: 'slide', symbol: 'NVDA', points, peak, window: 252 })),
    toneIn(pricesOf('NVDA', points)),
    toneIn({
      kind: 'multiples',
      sessions,
      panes: [{ symbol: 'NVDA', depths: [0, percent], latest: { percent, tone } }],
    }),
  ];
};

/** 19.96% is written as 20.0%. The others are exactly 20% and 5%; quotients of their doubles are on either side of it. */
test.each([
  [10_000, 8_004, 'orange'],
  [10_000, 8_000, 'red'],
  [135.55, 108.44, 'red'],
  [111.1, 88.88, 'red'],
  [0.35, 0.28, 'red'],
  [17.6, 16.72, 'amber'],
] as const)(
  'a fall from %d to %d is %s on the card, in the board’s row and bar, and in every chart of depths',
  (base, price, tone) => {
    expect(cardTone(base, price)).toBe(tone);
    expect(boardTones(base, price)).toEqual([tone, tone]);
    expect(chartTones(base, price)).toEqual([tone, tone, tone]);
  },
);
