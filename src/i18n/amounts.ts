import { fromMicros, type Micros } from '../market/money.ts';
import type { PriceUnit } from '../market/watchlist.ts';
import type { Translator } from './catalogue.ts';
import { formatNumber, numberFormat } from './numbers.ts';

const MYRIAD = 10_000;
const HIGHEST_MYRIAD_POWER = 3;
const SIGNIFICANT_DIGITS = 3;
const VALUE_DIGITS = 4;

interface Digits {
  readonly minimumSignificantDigits?: number;
  readonly maximumSignificantDigits: number;
}

const compactWord = (language: string, value: number): string | undefined =>
  numberFormat(language, { notation: 'compact' })
    .formatToParts(value)
    .find((part) => part.type === 'compact')?.value;

/** Korean, Japanese and Chinese count large numbers by ten thousands: Intl has a word of its own for 10^8. */
const countsByMyriads = (language: string): boolean =>
  numberFormat(language, { notation: 'compact' })
    .formatToParts(MYRIAD ** 2)
    .some((part) => part.type === 'integer' && part.value === '1');

/** 1_200_000_000_000 is "1조 2,000억": each ten-thousandfold with its word, zero parts left out. From 0 up. */
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

/** The minus stands before the whole amount: "−$4.2 billion". */
const inWords = (words: Translator, dollars: number, digits: Digits): string => {
  const size = Math.abs(dollars);
  const text = words.say('format.usd_large', {
    amount: countsByMyriads(words.language)
      ? byMyriads(words.language, size, digits.maximumSignificantDigits)
      : formatNumber(words.language, size, { notation: 'compact', compactDisplay: 'long', ...digits }),
  });
  return `${dollars < 0 ? '\u2212' : ''}${text}`;
};

/** A large amount in a sentence, to three digits, from whole US dollars: "$784 billion", "7,840억 달러". */
export const formatUsdInWords = (words: Translator, dollars: number): string =>
  inWords(words, dollars, { maximumSignificantDigits: SIGNIFICANT_DIGITS });

/** A market value, to four digits: the difference of two is what counts. "$16.97 trillion". */
const formatMarketValue = (words: Translator, dollars: number): string =>
  inWords(words, dollars, { minimumSignificantDigits: VALUE_DIGITS, maximumSignificantDigits: VALUE_DIGITS });

/**
 * A reported amount in a line of facts, to three digits, from whole US dollars: "$13.9B", "139억 달러". `round` is for
 * amounts that the source itself gives round: "$37B", not "$37.0B".
 */
export const formatUsdShort = (words: Translator, dollars: number, round = false): string => {
  if (countsByMyriads(words.language)) return formatUsdInWords(words, dollars);
  return formatNumber(words.language, dollars, {
    ...shortUsd,
    minimumSignificantDigits: round ? 1 : SIGNIFICANT_DIGITS,
  });
};

const shortUsd: Intl.NumberFormatOptions = {
  notation: 'compact',
  style: 'currency',
  currency: 'USD',
  maximumSignificantDigits: SIGNIFICANT_DIGITS,
};

/** "$37–40B", "370억–400억 달러"; both ends in whole US dollars. */
export const formatUsdRange = (words: Translator, low: number, high: number): string =>
  countsByMyriads(words.language)
    ? words.say('format.usd_large', {
        amount: `${byMyriads(words.language, low)}\u2013${byMyriads(words.language, high)}`,
      })
    : numberFormat(words.language, shortUsd).formatRange(low, high);

const DOLLARS_PER_BILLION = 1_000_000_000;

/** The bare figure of a price: "103.73", "17,342.41"; a market value in words. */
export const formatFigure = (words: Translator, price: Micros, unit: PriceUnit): string =>
  unit === 'usd-billions'
    ? formatMarketValue(words, fromMicros(price) * DOLLARS_PER_BILLION)
    : formatNumber(words.language, fromMicros(price), { minimumFractionDigits: 2, maximumFractionDigits: 2 });

/** A price with its unit: "$103.73", "103.73달러"; an index has none. */
export const formatPrice = (words: Translator, price: Micros, unit: PriceUnit): string => {
  const amount = formatFigure(words, price, unit);
  return unit === 'usd' ? words.say('format.usd', { amount }) : amount;
};
