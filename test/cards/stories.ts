import { type Fact, factId } from '../../src/facts/fact.ts';
import type { RelatedFigures } from '../../src/facts/related-figures.ts';
import type { ShownFact } from '../../src/facts/shown-fact.ts';
import { loadCatalogue } from '../../src/i18n/catalogue.ts';
import { toMicros } from '../../src/market/money.ts';
import type {
  DayAlert,
  DayRiseAlert,
  DrawdownAlert,
  PriceAlert,
  RiseAlert,
  WithinAlert,
} from '../../src/stories/alert.ts';
import type { SlideStory } from '../../src/stories/slide-story.ts';

export const catalogue = loadCatalogue();

/** 16:00 in New York, in summer. */
export const closeOf = (session: string): number => Date.parse(`${session}T20:00:00Z`);

const NAMES = {
  AAPL: { en: 'Apple', ko: '애플' },
  MSFT: { en: 'Microsoft', ko: '마이크로소프트' },
  GOOGL: { en: 'Alphabet', ko: '알파벳' },
  AMZN: { en: 'Amazon', ko: '아마존' },
  META: { en: 'Meta', ko: '메타' },
  NVDA: { en: 'Nvidia', ko: '엔비디아' },
  TSLA: { en: 'Tesla', ko: '테슬라' },
  IXIC: { en: 'The Nasdaq', ko: '나스닥' },
  MAG7: { en: 'The Magnificent Seven', ko: '매그니피센트 7' },
  SPOT: { en: 'Spotify', ko: '스포티파이' },
} as const;

export type Name = keyof typeof NAMES;

export const nothing: RelatedFigures = { bill: [], return: [] };

type Given = Omit<Fact, 'id' | 'source'> & { readonly source?: Fact['source'] };

const release = { title: 'Release', url: 'https://example.com/release' };

export const fact = (given: Given): Fact => ({ source: release, ...given, id: factId(given) });

export const shown = (given: Given, more: { yoyPercent?: number; stale?: boolean } = {}): ShownFact => ({
  fact: fact(given),
  stale: false,
  ...more,
});

interface Close {
  readonly symbol: Name;
  readonly session: string;
  readonly close: number;
  readonly previous: number;
  readonly worstSince?: string | null;
  readonly peak?: { readonly price: number; readonly session: string; readonly sessions: number };
}

/** A story of a session's close; the alerts and everything else come from `more`. */
export const storyAt = (at: Close, more: Partial<SlideStory>): SlideStory => {
  const peak = at.peak ?? { price: at.previous, session: '2024-07-10', sessions: 10 };
  return {
    kind: 'slide',
    symbol: at.symbol,
    name: NAMES[at.symbol],
    unit: at.symbol === 'IXIC' ? 'points' : at.symbol === 'MAG7' ? 'usd-billions' : 'usd',
    alerts: [],
    price: toMicros(at.close),
    session: at.session,
    observedAt: closeOf(at.session),
    final: true,
    late: false,
    source: 'yahoo',
    delayMinutes: 0,
    day: {
      previous: toMicros(at.previous),
      recordFrom: '1971-02-05',
      ...(at.worstSince === undefined ? {} : { worstSince: at.worstSince }),
    },
    ...(at.peak === undefined
      ? {}
      : { peak: { price: toMicros(peak.price), session: peak.session, sessions: peak.sessions } }),
    market: [],
    together: ['AAPL', 'MSFT', 'GOOGL', 'AMZN', 'META', 'NVDA', 'TSLA', 'IXIC'],
    beside: nothing,
    chart: {
      kind: 'slide',
      symbol: at.symbol,
      points: [
        { session: peak.session, close: peak.price },
        { session: at.session, close: at.close },
      ],
      peak: { session: peak.session, close: peak.price },
      window: 252,
    },
    ...more,
  };
};

export const drawdown = (
  at: Close & { readonly peak: { readonly price: number; readonly session: string; readonly sessions: number } },
  window: number,
  level: number,
): DrawdownAlert => ({
  kind: 'drawdown',
  symbol: at.symbol,
  session: at.session,
  price: toMicros(at.close),
  window,
  level: level * 100,
  peak: toMicros(at.peak.price),
  peakSession: at.peak.session,
  sessions: at.peak.sessions,
});

/** A fall from a high; `minute` counts from 9:30 of a summer's day in New York. */
export const within = (at: Close, minutes: number, level: number, high: number, minute: number): WithinAlert => ({
  kind: 'within',
  symbol: at.symbol,
  session: at.session,
  price: toMicros(at.close),
  minutes,
  level: level * 100,
  high: toMicros(high),
  highTime: Date.parse(`${at.session}T13:30:00Z`) + minute * 60_000,
});

/** A price that was set the day before. */
export const setPrice = (at: Close, side: 'below' | 'above', price: number): PriceAlert => ({
  kind: 'price',
  symbol: at.symbol,
  session: at.session,
  price: toMicros(at.close),
  side,
  set: toMicros(price),
  day: '2024-07-29',
  level: toMicros(price),
  since: Date.parse('2024-07-29T15:00:00Z'),
});

export const day = (at: Close, level: number): DayAlert => ({
  kind: 'day',
  symbol: at.symbol,
  session: at.session,
  price: toMicros(at.close),
  level: level * 100,
  previous: toMicros(at.previous),
  worstSince: at.worstSince ?? null,
});

/** A rise above a low of 10 July, 14 sessions before. */
export const rise = (at: Close, level: number, low: number): RiseAlert => ({
  kind: 'rise',
  symbol: at.symbol,
  session: at.session,
  price: toMicros(at.close),
  window: 252,
  level: level * 100,
  low: toMicros(low),
  lowSession: '2024-07-10',
  sessions: 14,
});

export const dayRise = (at: Close, level: number, bestSince: string | null = null): DayRiseAlert => ({
  kind: 'day-rise',
  symbol: at.symbol,
  session: at.session,
  price: toMicros(at.close),
  level: level * 100,
  previous: toMicros(at.previous),
  bestSince,
});
