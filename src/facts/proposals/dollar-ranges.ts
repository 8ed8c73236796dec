import type { DollarRange } from './proposal.ts';

/** A range in a text, and where it stands there. */
export interface PlacedRange extends DollarRange {
  readonly from: number;
  readonly to: number;
}

const UNITS: Readonly<Record<string, number>> = { billion: 1e9, bn: 1e9, b: 1e9, million: 1e6, mn: 1e6, m: 1e6 };

const NUMBER = String.raw`\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?`;
const UNIT = 'billion|million|bn|mn|b|m';
const TO = String.raw`\s*(?:-|–|—|to|and|through)\s*`;
const MORE = 'exceed(?:ing|s)?|more than|over|at least|greater than|above|in excess of|upwards? of|a minimum of';
const LESS = 'up to|no more than|not more than|at most|below|less than|under|a maximum of';

const RANGE = new RegExp(
  String.raw`(?:\b(?<more>${MORE})\s+)?(?:\b(?<less>${LESS})\s+)?(?:approximately|about|around|roughly|nearly|~)?\s*` +
    String.raw`(?:US)?\$\s?(?<a>${NUMBER})(?:\s?(?<ua>${UNIT})\b)?` +
    String.raw`(?:${TO}(?:approximately |about )?(?:US)?\$?\s?(?<b>${NUMBER})\s?(?<ub>${UNIT})\b)?` +
    String.raw`(?:,?\s*(?:plus or minus|plus\/minus|\+\/-|±)\s*(?:(?<pct>\d+(?:\.\d+)?)\s?(?:%|percent)|(?:US)?\$\s?(?<c>${NUMBER})\s?(?<uc>${UNIT})\b))?`,
  'gi',
);

/** Dollars, exact to the digit shown; undefined without a unit, or with one that is not known. */
const dollars = (number: string, unit: string | undefined): number | undefined => {
  const times = UNITS[unit?.toLowerCase() ?? ''];
  return times === undefined ? undefined : Math.round(Number(number.replaceAll(',', '')) * times);
};

const around = (middle: number, spread: number): DollarRange => ({
  low: Math.round(middle - spread),
  high: Math.round(middle + spread),
});

const rangeOf = (groups: Readonly<Record<string, string | undefined>>): DollarRange | undefined => {
  const { more, less, a = '', ua, b, ub, pct, c, uc } = groups;
  // "$66-72 billion": the first takes the unit of the second.
  const first = dollars(a, ua ?? ub);
  if (first === undefined || first === 0) return undefined;
  if (b !== undefined) {
    const second = dollars(b, ub);
    if (second === undefined || second < first || second > first * 10 || pct !== undefined) return undefined;
    return more || less ? undefined : { low: first, high: second };
  }
  if (pct !== undefined) return around(first, (first * Number(pct)) / 100);
  if (c !== undefined) {
    const spread = dollars(c, uc);
    return spread === undefined || spread >= first ? undefined : around(first, spread);
  }
  if (more) return { low: first };
  return less ? { high: first } : { low: first, high: first };
};

/**
 * The ranges of dollars in a text, in order: "$66-72 billion", "between $37 billion and $40 billion", "$54.0 billion, plus
 * or minus 2%", "to exceed $10.00 billion", "approximately $75 billion". An amount without billion or million is none.
 */
export const dollarRanges = (text: string): readonly PlacedRange[] =>
  [...text.matchAll(RANGE)].flatMap((match): PlacedRange[] => {
    const range = rangeOf(match.groups ?? {});
    return range ? [{ ...range, from: match.index, to: match.index + match[0].length }] : [];
  });
