import { DOLLARS_PER_MILLION, type Fact } from '../facts/fact.ts';
import { kindOf } from '../facts/metric.ts';
import { formatUsdInTable, formatUsdMillions, formatUsdRange } from '../i18n/amounts.ts';
import type { Translator } from '../i18n/catalogue.ts';
import { formatNumber } from '../i18n/numbers.ts';
import { formatPercent } from '../i18n/percent.ts';

/** Whether sources round such a figure: "$37B", not "$37.0B". */
const isRound = (fact: Fact): boolean =>
  kindOf(fact.metric) === 'guidance' || kindOf(fact.metric) === 'estimate' || fact.metric === 'ai_run_rate';

const decimalsOf = (value: number): number => (Number.isInteger(value) ? 0 : 1);

const inUnit = (words: Translator, fact: Fact, value: number): string => {
  if (fact.unit === 'USD_M') return formatUsdMillions(words, value, isRound(fact));
  if (fact.unit === 'pct') return formatPercent(words, value, decimalsOf(value));
  return formatNumber(words.language, value, { maximumFractionDigits: 1 });
};

const range = (words: Translator, fact: Fact, low: number, high: number): string =>
  fact.unit === 'USD_M'
    ? formatUsdRange(words, low * DOLLARS_PER_MILLION, high * DOLLARS_PER_MILLION)
    : `${inUnit(words, fact, low)}\u2013${inUnit(words, fact, high)}`;

/** The figure with its unit: "$13.2B", "$37–40B", "more than $24B"; undefined if the fact has none. */
export const formatFactAmount = (words: Translator, fact: Fact): string | undefined => {
  const { value, low, high } = fact;
  if (value !== undefined) return inUnit(words, fact, value);
  if (low !== undefined && high !== undefined) {
    return low === high ? inUnit(words, fact, low) : range(words, fact, low, high);
  }
  if (low !== undefined) return words.say('fact.more_than', { amount: inUnit(words, fact, low) });
  if (high !== undefined) return words.say('fact.at_most', { amount: inUnit(words, fact, high) });
  return undefined;
};

/** The figure for a column whose head has the unit: "13.9", "10.0–13.0"; undefined if the fact has none. */
export const factCell = (words: Translator, fact: Fact): string | undefined => {
  const { value, low, high, unit } = fact;
  if (unit !== 'USD_M') return formatFactAmount(words, fact);
  const cell = (amount: number): string => formatUsdInTable(words, amount);
  if (value !== undefined) return cell(value);
  if (low !== undefined && high !== undefined) return low === high ? cell(low) : `${cell(low)}\u2013${cell(high)}`;
  if (low !== undefined) return `>${cell(low)}`;
  return high === undefined ? undefined : `\u2264${cell(high)}`;
};
