import type { PublishedQuarters } from '../facts/published-quarters.ts';
import { formatNumber } from '../i18n/numbers.ts';
import { changePercent } from '../i18n/percent.ts';
import type { SessionDate } from '../market/calendar.ts';
import { fromMicros, type Micros } from '../market/money.ts';
import type { PriceUnit } from '../market/watchlist.ts';
import type { Depth } from '../slides/past-depths.ts';
import type { ChartBill, Point, PriceChart, SlideChart, SlideSeries } from '../stories/chart-spec.ts';

/** Figures in pictures are written the same in every language: 17,342.41, −23.5%, $44.3B. */
const PICTURES = 'en';

const DOLLARS_PER_MICRO_BILLION = 1_000;
const DOLLARS_PER_MILLION = 1_000_000;
const MILLIONS_PER_BILLION = 1_000;
const MARKET_VALUE_DIGITS = 4;
/** Amounts of the bill have as many digits as on a card. */
const BILL_DIGITS = 3;
/** From here on a price beside the axis has no decimals, and none has thousands. */
const WHOLE_FROM = 1_000;
const COMPACT_FROM = 1_000_000;
/** Below, two decimals would say nothing. */
const SMALL_BELOW = 0.1;
/** Percent from which a change has no decimals, as in the titles of cards. */
const WHOLE_PERCENT_FROM = 1_000;

/** A change with its sign: −23.5%, +1,234%, 0.0%. */
export const percentMark = (percent: number, decimals = 1): string =>
  `${formatNumber(PICTURES, percent, {
    minimumFractionDigits: decimals,
    maximumFractionDigits: decimals,
    signDisplay: 'exceptZero',
  })}%`;

const plainMark = (price: number, wholeFrom: number): string => {
  if (price >= COMPACT_FROM)
    return formatNumber(PICTURES, price, {
      notation: 'compact',
      minimumFractionDigits: 2,
      maximumFractionDigits: 2,
    });
  if (price < SMALL_BELOW) return formatNumber(PICTURES, price, { maximumSignificantDigits: 2 });
  const decimals = price >= wholeFrom ? 0 : 2;
  return formatNumber(PICTURES, price, { minimumFractionDigits: decimals, maximumFractionDigits: decimals });
};

/** A price as its card says it, without currency; a market value with its power: 103.73, 17,342.41, 14.13T. */
export const priceMark = (price: Micros, unit: PriceUnit): string =>
  unit === 'usd-billions'
    ? formatNumber(PICTURES, price * DOLLARS_PER_MICRO_BILLION, {
        notation: 'compact',
        minimumSignificantDigits: MARKET_VALUE_DIGITS,
        maximumSignificantDigits: MARKET_VALUE_DIGITS,
      })
    : plainMark(fromMicros(price), COMPACT_FROM);

/** The same where there is little room: 17,342. */
const shortPriceMark = (price: Micros, unit: PriceUnit): string =>
  unit === 'usd-billions' ? priceMark(price, unit) : plainMark(fromMicros(price), WHOLE_FROM);

/** What a picture shows depths in: a number of sessions, or the whole record. */
const windowMark = (window: number): string => (Number.isFinite(window) ? `${window}D` : 'MAX');

interface Told {
  readonly unit: PriceUnit;
  readonly price: Micros;
  /** The peak that the card names, of this many sessions (ALL_TIME for the record); of a rise, the low. */
  readonly peak: Micros;
  readonly window: number;
  /** The close of the session before. */
  readonly previous?: Micros | undefined;
  /** The lowest close of the fall that the card names; its session is not the last. */
  readonly lowest?: Depth | undefined;
  /** Whether the fall is over, so that the change is that since its lowest close. */
  readonly over?: boolean;
  readonly bill?: ChartBill | undefined;
  /** Of a rise: the close that is `peak`. */
  readonly low?: Point;
}

/** The picture of a series with the figures of its card. */
export const slidePicture = (series: SlideSeries, told: Told): SlideChart => {
  const { unit, price, peak, window, previous, lowest, over = false, bill, low } = told;
  return {
    ...series,
    figures: {
      unit,
      price: priceMark(price, unit),
      shortPrice: shortPriceMark(price, unit),
      depth: percentMark((low ? Math.max : Math.min)(0, changePercent(price, peak))),
      window: windowMark(window),
      peak: priceMark(peak, unit),
      ...(previous !== undefined && previous > 0 && { day: percentMark(changePercent(price, previous)) }),
      ...(lowest && {
        lowest: {
          session: lowest.session,
          price: priceMark(lowest.price, unit),
          depth: percentMark(changePercent(lowest.price, lowest.peak)),
        },
        ...(over && { sinceLowest: percentMark(changePercent(price, lowest.price)) }),
      }),
    },
    ...(bill && { bill }),
    ...(low && { low }),
  };
};

/** The picture of closes with the figures of its card. */
export const pricePicture = (
  { symbol, points }: Pick<PriceChart, 'symbol' | 'points'>,
  told: {
    readonly unit: PriceUnit;
    readonly price: Micros;
    /** In percent, rounded. */
    readonly change: number;
    /** The first close. */
    readonly first: Micros;
    readonly high: { readonly price: Micros; readonly session: SessionDate };
    readonly low: { readonly price: Micros; readonly session: SessionDate };
  },
): PriceChart => {
  const { unit, price, change, first, high, low } = told;
  return {
    kind: 'price',
    symbol,
    points,
    figures: {
      unit,
      price: priceMark(price, unit),
      shortPrice: shortPriceMark(price, unit),
      change: percentMark(change, change < WHOLE_PERCENT_FROM ? 1 : 0),
      first: priceMark(first, unit),
      high: { session: high.session, price: priceMark(high.price, unit) },
      low: { session: low.session, price: priceMark(low.price, unit) },
    },
  };
};

const inBillions = (millions: number): string =>
  formatNumber(PICTURES, millions / MILLIONS_PER_BILLION, {
    minimumSignificantDigits: BILL_DIGITS,
    maximumSignificantDigits: BILL_DIGITS,
  });

const MONTHS_PER_QUARTER = 3;

/** The bill as the picture of a slide shows it, with the figures of the card's line. */
export const billOf = (published: PublishedQuarters | undefined): ChartBill | undefined => {
  const newest = published?.quarters.at(-1);
  if (!published || !newest) return undefined;
  const { companies, quarters } = published;
  return {
    companies,
    coverage: `${companies.length}/${companies.length}`,
    quarters: quarters.map(({ end, capex, published: from }) => ({
      from,
      quarter: `Q${Math.ceil(Number(end.slice(5, 7)) / MONTHS_PER_QUARTER)}`,
      amount: inBillions(capex),
      millions: capex,
    })),
    total: formatNumber(PICTURES, newest.capex * DOLLARS_PER_MILLION, {
      notation: 'compact',
      style: 'currency',
      currency: 'USD',
      minimumSignificantDigits: BILL_DIGITS,
      maximumSignificantDigits: BILL_DIGITS,
    }),
    ...(newest.yoyPercent !== undefined && { change: percentMark(newest.yoyPercent, 0) }),
  };
};
