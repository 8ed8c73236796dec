import type { Micros } from '../market/money.ts';
import type { Translator } from './catalogue.ts';
import { formatNumber } from './numbers.ts';

const HUNDRED_PERCENT = 100n;

/**
 * Change from `base` to `price` in percent, rounded half away from zero to `decimals` places. Computed in whole
 * micro-units, so that 6.998 rounds as 6.998 and a tie as a tie. Never -0. Throws RangeError if `base` is not positive.
 */
export const changePercent = (price: Micros, base: Micros, decimals = 1): number => {
  if (!(base > 0)) throw new RangeError(`Expected a base above 0, got ${base}`);
  const scale = 10n ** BigInt(decimals);
  const change = (BigInt(price) - BigInt(base)) * HUNDRED_PERCENT * scale;
  const size = change < 0n ? -change : change;
  const rounded = Number((2n * size + BigInt(base)) / (2n * BigInt(base))) / Number(scale);
  return change < 0n && rounded !== 0 ? -rounded : rounded;
};

const withSign = (
  words: Translator,
  percent: number,
  decimals: number,
  signDisplay: 'exceptZero' | 'negative',
): string =>
  words.say('format.percent', {
    number: formatNumber(words.language, percent, {
      minimumFractionDigits: decimals,
      maximumFractionDigits: decimals,
      signDisplay,
    }),
  });

/** A change with its sign: "−7.0%", "+91%". One decimal for moves, none for a change on the year. */
export const formatChange = (words: Translator, percent: number, decimals = 1): string =>
  withSign(words, percent, decimals, 'exceptZero');

/** The same for a column whose head has the percent sign: "−7.0". */
export const formatChangeInTable = (words: Translator, percent: number, decimals = 1): string =>
  formatNumber(words.language, percent, {
    minimumFractionDigits: decimals,
    maximumFractionDigits: decimals,
    signDisplay: 'exceptZero',
  });

/** A share or a depth, without a plus sign: "23.5%", "45%". */
export const formatPercent = (words: Translator, percent: number, decimals = 1): string =>
  withSign(words, percent, decimals, 'negative');

/** A level in basis points, with as many decimals as it needs: 2000 is "20%", 250 is "2.5%". */
export const formatLevel = (words: Translator, basisPoints: number): string =>
  words.say('format.percent', {
    number: formatNumber(words.language, basisPoints / 100, { maximumFractionDigits: 2 }),
  });

/** How far `price` is below `peak`, without a sign: "23.5%". */
export const depthBelow = (words: Translator, price: Micros, peak: Micros): string =>
  formatPercent(words, Math.abs(changePercent(price, peak)));

/** A percentage in whole percent, rounded like the text of a card. Never -0. */
export const wholePercent = (percent: number): number => {
  const size = Math.round(Math.abs(percent));
  return percent < 0 && size !== 0 ? -size : size;
};
