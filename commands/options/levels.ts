import { normalise } from '../normalise.ts';

const WORDS: ReadonlyMap<string, 'off' | 'default'> = new Map([
  ['off', 'off'],
  ['none', 'off'],
  ['끄기', 'off'],
  ['없음', 'off'],
  ['default', 'default'],
  ['reset', 'default'],
  ['기본', 'default'],
  ['기본값', 'default'],
]);

/** More than anybody needs: the watchlist has eight. */
const MAX_LEVELS = 12;
const BASIS_POINTS = 100;
/** A depth of 100 % is nothing left. */
const WHOLE_BASIS_POINTS = 100 * BASIS_POINTS;

/** One number of percent with at most two decimals, in basis points; undefined for anything else and for 100 and more. */
export const readDepth = (typed: string): number | undefined => {
  const [, number] = /^[-−]?\s*(\d{1,2}(?:\.\d{1,2})?)\s*(?:%|퍼센트|percent)?$/u.exec(normalise(typed)) ?? [];
  const points = Math.round(Number(number) * BASIS_POINTS);
  return number !== undefined && points < WHOLE_BASIS_POINTS ? points : undefined;
};

/** Basis points of one depth; 0 is every depth. */
export const readPercent = (typed: string): string | undefined => {
  const points = readDepth(typed);
  return points === undefined ? undefined : String(points);
};

/** `10,20,30` in ascending basis points, each once: `1000,2000,3000`; or `off`, or `default`. Undefined for anything else. */
export const readLevels = (typed: string): string | undefined => {
  const text = normalise(typed);
  const word = WORDS.get(text);
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

/** Those that are offered while levels are typed. */
export const LEVELS: readonly string[] = [
  '10,20,30,40,50',
  '20,30,40',
  '5,10,15,20',
  '15,25',
  '7,10,15',
  '2.5,4,6',
  'off',
  'default',
];
