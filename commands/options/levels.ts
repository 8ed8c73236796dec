import { normaliseText } from '../../src/util/normalise-text.ts';
import { DEFAULT_WORDS, OFF_WORDS } from './choice.ts';

const LEVEL_WORDS: ReadonlyMap<string, 'off' | 'default'> = new Map([
  ...OFF_WORDS.map((word) => [word, 'off'] as const),
  ...DEFAULT_WORDS.map((word) => [word, 'default'] as const),
]);

/** More than anybody needs: the watchlist has eight. */
const MAX_LEVELS = 12;
const BASIS_POINTS_PER_PERCENT = 100;
/** A level is below 100%, which would be the whole price. */
const WHOLE_BASIS_POINTS = 100 * BASIS_POINTS_PER_PERCENT;

/**
 * One number of percent with at most two decimals, in basis points; undefined for anything else and for 100 and more.
 */
const readDepth = (typed: string): number | undefined => {
  const [, number] = /^[-−]?\s*(\d{1,2}(?:\.\d{1,2})?)\s*(?:%|퍼센트|percent)?$/u.exec(normaliseText(typed)) ?? [];
  const points = Math.round(Number(number) * BASIS_POINTS_PER_PERCENT);
  return number !== undefined && points < WHOLE_BASIS_POINTS ? points : undefined;
};

/** One depth in basis points; 0 means any depth. */
export const readPercent = (typed: string): string | undefined => {
  const points = readDepth(typed);
  return points === undefined ? undefined : String(points);
};

/**
 * `10,20,30` in ascending basis points, each once: `1000,2000,3000`; or `off`, or `default`. Undefined for anything
 * else.
 */
export const readLevels = (typed: string): string | undefined => {
  const text = normaliseText(typed);
  const word = LEVEL_WORDS.get(text);
  if (word !== undefined) return word;
  const levels = text
    .replaceAll(/\s*(?:%|퍼센트)/gu, ' ')
    .split(/[\s,;/·]+/u)
    .filter((part) => part !== '')
    .map(readDepth);
  if (levels.length === 0 || levels.length > MAX_LEVELS) return undefined;
  if (!levels.every((level) => level !== undefined && level > 0)) return undefined;
  return [...new Set(levels)].sort((a = 0, b = 0) => a - b).join(',');
};

export const SUGGESTED_LEVELS: readonly string[] = [
  '10,20,30,40,50',
  '20,30,40',
  '5,10,15,20',
  '15,25',
  '7,10,15',
  '2.5,4,6',
  'off',
  'default',
];
