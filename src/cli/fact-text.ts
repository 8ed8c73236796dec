import type { Fact } from '../facts/fact.ts';
import { rangeText } from '../facts/guidance.ts';

/** "13,873", "29%", "8 points", "37–40B"; amounts in millions of USD, ranges in billions. */
export const amountText = (fact: Fact): string => {
  const { value, unit } = fact;
  if (value === undefined) return rangeText(fact);
  const number = value.toLocaleString('en', { maximumFractionDigits: 1 });
  return unit === 'USD_M' ? number : `${number}${unit === 'pct' ? '%' : ' points'}`;
};

/** "2024-07-30 16:03", "2024-07-23 by 16:30": New York. */
export const publishedText = ({ published, time, knownBy }: Fact): string =>
  [published, time ?? (knownBy === undefined ? [] : `by ${knownBy}`)].flat().join(' ');

export const sourceText = ({ source }: Fact): string => `${source.title}${source.secondary ? ' (secondary)' : ''}`;
