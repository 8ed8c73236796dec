import { DOLLARS_PER_MILLION } from '../facts/fact.ts';
import { fromMicros, type Micros } from '../market/money.ts';
import type { PriceUnit } from '../market/watchlist.ts';
import type { Translator } from './catalogue.ts';
import { formatNumber, numberFormat } from './numbers.ts';

const MYRIAD = 10_000;
const HIGHEST_MYRIAD_POWER = 3;
const SIGNIFICANT_DIGITS = 3;
const MARKET_VALUE_DIGITS = 4;
const DOLLARS_PER_BILLION = 1_000_000_000;
const MILLIONS_PER_BILLION = 1_000;
const DOLLARS_PER_MICRO_BILLION = 1_000;

interface Digits {
  readonly minimumSignificantDigits?: number;
  readonly maximumSignificantDigits: number;
}

const compactWord = (language: string, value: number): string | undefined =>
  numberFormat(language, { notation: 'compact' })
    .formatToParts(value)
    .find((part) => part.type === 'compact')?.value;

const myriadLanguages = new Map<string, boolean>();

/** Whether the language counts by ten thousands, as Korean, Japanese and Chinese do: Intl then has a word for 10^8. */
const countsByMyriads = (language: string): boolean => {
  const counts =
    myriadLanguages.get(language) ??
    numberFormat(language, { notation: 'compact' })
      .formatToParts(MYRIAD ** 2)
      .some((part) => part.type === 'integer' && part.value === '1');
  myriadLanguages.set(language, counts);
  return counts;
};

/** 1_200_000_000_000 is, in Japanese, "1兆 2,000億": each power of ten thousand with its word, without zero parts. `value` is 0 or more. */
const byMyriads = (language: string, value: number, digits = SIGNIFICANT_DIGITS): string => {
  let rest = Number(value.toPrecision(digits));
  const parts: string[] = [];
  for (let power = HIGHEST_MYRIAD_POWER; power > 0; power--) {
    const unit = MYRIAD ** power;
    const whole = Math.floor(rest / unit);
    if (whole === 0) continue;
    parts.push(`${formatNumber(language, whole, {})}${compactWord(language, unit) ?? ''}`);
    rest -= whole * unit;
  }
  if (rest > 0 || parts.length === 0) parts.push(formatNumber(language, rest, { maximumFractionDigits: 0 }));
  return parts.join(' ');
};

/** The minus precedes the whole amount: "−$4.2 billion". */
const inWords = (words: Translator, dollars: number, digits: Digits): string => {
  const size = Math.abs(dollars);
  const text = words.say('format.usd_large', {
    amount: countsByMyriads(words.language)
      ? byMyriads(words.language, size, digits.maximumSignificantDigits)
      : formatNumber(words.language, size, { notation: 'compact', compactDisplay: 'long', ...digits }),
  });
  return `${dollars < 0 ? '\u2212' : ''}${text}`;
};

/** A large amount of US dollars in a sentence, to three digits: "$784 billion". */
export const formatUsdInWords = (words: Translator, dollars: number): string =>
  inWords(words, dollars, { maximumSignificantDigits: SIGNIFICANT_DIGITS });

/** The same, from billions of US dollars. */
export const formatUsdBillionsInWords = (words: Translator, billions: number): string =>
  formatUsdInWords(words, billions * DOLLARS_PER_BILLION);

/** A market value to four digits, so that small changes show: "$16.97 trillion". */
const formatMarketValue = (words: Translator, dollars: number): string =>
  inWords(words, dollars, {
    minimumSignificantDigits: MARKET_VALUE_DIGITS,
    maximumSignificantDigits: MARKET_VALUE_DIGITS,
  });

/**
 * A reported amount of US dollars in a row of facts, to three digits: "$13.9B". `round` is for amounts that
 * the source itself rounds: "$37B", not "$37.0B".
 */
export const formatUsdShort = (words: Translator, dollars: number, round = false): string => {
  if (countsByMyriads(words.language)) return formatUsdInWords(words, dollars);
  return formatNumber(words.language, dollars, {
    ...shortUsd,
    minimumSignificantDigits: round || dollars === 0 ? 1 : SIGNIFICANT_DIGITS,
  });
};

const shortUsd: Intl.NumberFormatOptions = {
  notation: 'compact',
  style: 'currency',
  currency: 'USD',
  maximumSignificantDigits: SIGNIFICANT_DIGITS,
};

const TABLE_UNITS = {
  myriads: { dollars: MYRIAD ** 2, decimals: 0 },
  thousands: { dollars: DOLLARS_PER_BILLION, decimals: 1 },
};

/**
 * Millions of US dollars without a unit, for a column whose head has it: billions, "13.9"; in a language that counts by
 * ten thousands, hundreds of millions, "139".
 */
export const formatUsdInTable = (words: Translator, millions: number): string => {
  const { dollars, decimals } = TABLE_UNITS[countsByMyriads(words.language) ? 'myriads' : 'thousands'];
  return formatNumber(words.language, (millions * DOLLARS_PER_MILLION) / dollars, {
    minimumFractionDigits: decimals,
    maximumFractionDigits: decimals,
  });
};

/** A market value in micro-billions of US dollars, without its currency: "14.08T", in Korean "14.08조". */
export const formatTrillions = (words: Translator, value: Micros, digits = MARKET_VALUE_DIGITS): string =>
  formatNumber(words.language, value * DOLLARS_PER_MICRO_BILLION, {
    notation: 'compact',
    minimumSignificantDigits: digits,
    maximumSignificantDigits: digits,
  });

const WHOLE_FROM = 10_000;

/** A price for a narrow column, without its unit: "103.73", "16,200" from 10,000; a market value as "14.08T". */
export const formatPriceInTable = (words: Translator, price: Micros, unit: PriceUnit): string => {
  if (unit === 'usd-billions') return formatTrillions(words, price);
  const decimals = fromMicros(price) < WHOLE_FROM ? 2 : 0;
  return formatNumber(words.language, fromMicros(price), {
    minimumFractionDigits: decimals,
    maximumFractionDigits: decimals,
  });
};

/** The same, from millions of US dollars. */
export const formatUsdMillions = (words: Translator, millions: number, round = false): string =>
  formatUsdShort(words, millions * DOLLARS_PER_MILLION, round);

/** The same, from a market value in micro-billions of US dollars. */
export const formatMarketValueShort = (words: Translator, value: Micros): string =>
  formatUsdShort(words, value * DOLLARS_PER_MICRO_BILLION);

/** "$37–40B"; both ends in US dollars. */
export const formatUsdRange = (words: Translator, low: number, high: number): string =>
  countsByMyriads(words.language)
    ? words.say('format.usd_large', {
        amount: `${byMyriads(words.language, low)}\u2013${byMyriads(words.language, high)}`,
      })
    : numberFormat(words.language, shortUsd).formatRange(low, high);

/** Below this price, two decimals would say little or nothing. */
const SMALL_PRICE = 0.1;

/** Two, or as many as two significant digits need. */
const decimalsOf = (price: number): number =>
  price > 0 && price < SMALL_PRICE ? 1 - Math.floor(Math.log10(price)) : 2;

/** A price without its unit: "103.73", "17,342.41", "0.0005"; a market value in words. */
export const formatFigure = (words: Translator, price: Micros, unit: PriceUnit): string =>
  unit === 'usd-billions'
    ? formatMarketValue(words, fromMicros(price) * DOLLARS_PER_BILLION)
    : formatNumber(words.language, fromMicros(price), {
        minimumFractionDigits: 2,
        maximumFractionDigits: decimalsOf(fromMicros(price)),
      });

/** A price with its unit: "$103.73"; an index has none. */
export const formatPrice = (words: Translator, price: Micros, unit: PriceUnit): string => {
  const amount = formatFigure(words, price, unit);
  return unit === 'usd' ? words.say('format.usd', { amount }) : amount;
};

/** An amount in millions of US dollars as a picture shows it in every language, with the digits that a card gives it: "$13.9B". */
export const usdMark = (millions: number, round = false): string =>
  numberFormat('en', {
    ...shortUsd,
    minimumSignificantDigits: round || millions === 0 ? 1 : SIGNIFICANT_DIGITS,
  }).format(millions * DOLLARS_PER_MILLION);

/** "$37–40B"; both ends in millions of US dollars. */
export const usdRangeMark = (low: number, high: number): string =>
  low === high
    ? usdMark(low, true)
    : numberFormat('en', shortUsd).formatRange(low * DOLLARS_PER_MILLION, high * DOLLARS_PER_MILLION);

/** From this many billions on, a column's sum has no decimals. */
const WHOLE_BILLIONS_FROM = 10;

const billionsWith = (millions: number, decimals: number): string =>
  numberFormat('en', { minimumFractionDigits: decimals, maximumFractionDigits: decimals }).format(
    millions / MILLIONS_PER_BILLION,
  );

/** Billions over a column: "34", "2.3". */
export const billionsMark = (millions: number): string =>
  billionsWith(millions, millions / MILLIONS_PER_BILLION < WHOLE_BILLIONS_FROM ? 1 : 0);

/** Over so many columns or fewer there is room for a decimal of each. */
const ROOMY_COLUMNS = 8;

/** Sums over the columns of one picture, all in one unit and with as many decimals: "9.7" and "13.9" billions, "369" and "977" millions. */
export const columnMarks = (
  millions: readonly number[],
): { readonly unit: 'B' | 'M'; readonly marks: readonly string[] } => {
  const [least, most] = [Math.min(...millions), Math.max(0, ...millions)];
  if (most < MILLIONS_PER_BILLION)
    return {
      unit: 'M',
      marks: millions.map((value) => numberFormat('en', { maximumFractionDigits: 0 }).format(value)),
    };
  const ofWhole = WHOLE_BILLIONS_FROM * MILLIONS_PER_BILLION;
  const decimals = most < ofWhole || (least < ofWhole && millions.length <= ROOMY_COLUMNS) ? 1 : 0;
  return { unit: 'B', marks: millions.map((value) => billionsWith(value, decimals)) };
};
