import type { Catalogue } from '../../src/i18n/catalogue.ts';
import { normaliseText } from '../../src/util/normalise-text.ts';
import { perCatalogue } from './per-catalogue.ts';

const WEEK = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;
const WEEK_DAYS = WEEK.length;

const namesOf = perCatalogue(({ typed: { weekday } }) => ({
  /** From 1 (Monday) to 7. */
  days: new Map(WEEK.flatMap((day, index) => weekday[day].map((name) => [name, index + 1] as const))),
  groups: new Map<string, readonly number[]>([
    ...weekday.weekdays.map((name) => [name, [1, 2, 3, 4, 5]] as const),
    ...weekday.weekend.map((name) => [name, [6, 7]] as const),
  ]),
}));

/** The days from one to another, over Sunday if the second is earlier in the week: `fri-mon` is 5, 6, 7, 1. */
const dayRange = (first: number, last: number): number[] =>
  Array.from(
    { length: ((last - first + WEEK_DAYS) % WEEK_DAYS) + 1 },
    (_, step) => ((first - 1 + step) % WEEK_DAYS) + 1,
  );

const readPart = (catalogue: Catalogue, part: string): readonly number[] | undefined => {
  const { groups, days } = namesOf(catalogue);
  const group = groups.get(part);
  if (group) return group;
  const [first, last, ...more] = part.split(/\s*[-–—~]\s*/u).map((name) => days.get(name));
  if (first === undefined || more.length > 0) return undefined;
  if (!/[-–—~]/u.test(part)) return [first];
  return last === undefined ? undefined : dayRange(first, last);
};

/**
 * `mon-fri`, `mon,wed`, `weekdays` as ascending numbers from 1 (Monday) to 7; `every` for all. Undefined for
 * anything else.
 */
export const readDays = (catalogue: Catalogue, typed: string): string | undefined => {
  const { every, and } = catalogue.typed.weekday;
  const text = normaliseText(typed);
  if (every.includes(text)) return 'every';
  const parts = text
    .replaceAll(/\s*([-–—~])\s*/gu, '$1')
    .split(/[\s,;/·]+/u)
    .filter((part) => part !== '' && !and.includes(part))
    .map((part) => readPart(catalogue, part));
  if (parts.length === 0 || parts.includes(undefined)) return undefined;
  const days = [...new Set(parts.flatMap((part) => part ?? []))].sort((a, b) => a - b);
  return days.length === WEEK_DAYS ? 'every' : days.join(',');
};

export const SUGGESTED_DAY_LISTS: readonly string[] = ['every', 'mon-fri', 'tue-sat', 'mon,wed,fri', 'fri', 'mon'];
