import type { Catalogue } from '../../src/i18n/catalogue.ts';
import { MAX_RISE } from '../../src/market/compare.ts';
import { normaliseText } from '../../src/util/normalise-text.ts';
import { oneOf, perCatalogue } from './per-catalogue.ts';

/** A percent sign, or a word for it. */
const signOf = perCatalogue(({ typed }) => `(?:%|${oneOf(typed.value.percent)})`);

const formsOf = perCatalogue((catalogue) => ({
  depth: new RegExp(`^[-−]?\\s*(\\d{1,2}(?:\\.\\d{1,2})?)\\s*${signOf(catalogue)}?$`, 'u'),
  rise: new RegExp(`^[+]?\\s*(\\d{1,4}(?:\\.\\d{1,2})?)\\s*${signOf(catalogue)}?$`, 'u'),
  sign: new RegExp(`\\s*${signOf(catalogue)}`, 'gu'),
}));

/** More than anybody needs: the watchlist has eight. */
const MAX_LEVELS = 12;
const BASIS_POINTS_PER_PERCENT = 100;
/** A level is below 100%, which would be the whole price. */
const WHOLE_BASIS_POINTS = 100 * BASIS_POINTS_PER_PERCENT;

/**
 * One number of percent with at most two decimals, in basis points; undefined for anything else and for 100 and more.
 */
const readDepth = (catalogue: Catalogue, typed: string): number | undefined => {
  const [, number] = formsOf(catalogue).depth.exec(normaliseText(typed)) ?? [];
  const points = Math.round(Number(number) * BASIS_POINTS_PER_PERCENT);
  return number !== undefined && points < WHOLE_BASIS_POINTS ? points : undefined;
};

/** One depth in basis points; 0 means any depth. */
export const readPercent = (catalogue: Catalogue, typed: string): string | undefined => {
  const points = readDepth(catalogue, typed);
  return points === undefined ? undefined : String(points);
};

/** One rise, as `readDepth`; up to 1,000%. */
const readRise = (catalogue: Catalogue, typed: string): number | undefined => {
  const [, number] = formsOf(catalogue).rise.exec(normaliseText(typed)) ?? [];
  const points = Math.round(Number(number) * BASIS_POINTS_PER_PERCENT);
  return number !== undefined && points <= MAX_RISE ? points : undefined;
};

/** A list of what `readOne` reads. */
const readList = (catalogue: Catalogue, typed: string, readOne: typeof readDepth): string | undefined => {
  const text = normaliseText(typed);
  const word = (['off', 'default'] as const).find((each) => catalogue.typed.value[each].includes(text));
  if (word !== undefined) return word;
  const levels = text
    .replaceAll(formsOf(catalogue).sign, ' ')
    .split(/[\s,;/·]+/u)
    .filter((part) => part !== '')
    .map((part) => readOne(catalogue, part));
  if (levels.length === 0 || levels.length > MAX_LEVELS) return undefined;
  if (!levels.every((level) => level !== undefined && level > 0)) return undefined;
  return [...new Set(levels)].sort((a = 0, b = 0) => a - b).join(',');
};

/**
 * `10,20,30` in ascending basis points, each once: `1000,2000,3000`; or `off`, or `default`. Undefined for anything
 * else.
 */
export const readLevels = (catalogue: Catalogue, typed: string): string | undefined =>
  readList(catalogue, typed, readDepth);

/** Levels of rises, as `readLevels`: `20,50,100`. */
export const readRises = (catalogue: Catalogue, typed: string): string | undefined =>
  readList(catalogue, typed, readRise);

export const SUGGESTED_RISES: readonly string[] = [
  '20,50,100',
  '10,20,30',
  '30,60',
  '5,10',
  '7,10,15',
  'off',
  'default',
];

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
