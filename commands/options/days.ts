import { normaliseText } from '../../src/util/normalise-text.ts';

/** Names of Monday to Sunday. */
const DAY_NAMES = [
  'mon monday mondays 월 월요일',
  'tue tues tuesday tuesdays 화 화요일',
  'wed weds wednesday wednesdays 수 수요일',
  'thu thur thurs thursday thursdays 목 목요일',
  'fri friday fridays 금 금요일',
  'sat saturday saturdays 토 토요일',
  'sun sunday sundays 일 일요일',
];

const DAY_NUMBERS: ReadonlyMap<string, number> = new Map(
  DAY_NAMES.flatMap((names, index) => names.split(' ').map((name) => [name, index + 1] as const)),
);

const DAY_GROUPS: ReadonlyMap<string, readonly number[]> = new Map([
  ['weekdays', [1, 2, 3, 4, 5]],
  ['평일', [1, 2, 3, 4, 5]],
  ['주중', [1, 2, 3, 4, 5]],
  ['weekend', [6, 7]],
  ['weekends', [6, 7]],
  ['주말', [6, 7]],
]);

const EVERY_DAY_WORDS = new Set(['every', 'every day', 'every session', 'daily', 'all', '매일', '매 거래일', '전체']);
const WEEK_DAYS = 7;

/** The days from one to another, over Sunday if the second is earlier in the week: `fri-mon` is 5, 6, 7, 1. */
const dayRange = (first: number, last: number): number[] =>
  Array.from(
    { length: ((last - first + WEEK_DAYS) % WEEK_DAYS) + 1 },
    (_, step) => ((first - 1 + step) % WEEK_DAYS) + 1,
  );

const readPart = (part: string): readonly number[] | undefined => {
  const group = DAY_GROUPS.get(part);
  if (group) return group;
  const [first, last, ...more] = part.split(/\s*[-–—~]\s*/u).map((name) => DAY_NUMBERS.get(name));
  if (first === undefined || more.length > 0) return undefined;
  if (!/[-–—~]/u.test(part)) return [first];
  return last === undefined ? undefined : dayRange(first, last);
};

/**
 * `mon-fri`, `mon,wed`, `월-금`, `weekdays` as ascending numbers from 1 (Monday) to 7; `every` for all. Undefined for
 * anything else.
 */
export const readDays = (typed: string): string | undefined => {
  const text = normaliseText(typed);
  if (EVERY_DAY_WORDS.has(text)) return 'every';
  const parts = text
    .replaceAll(/\s*([-–—~])\s*/gu, '$1')
    .split(/(?:[\s,;/·]|\band\b)+/u)
    .filter((part) => part !== '')
    .map(readPart);
  if (parts.length === 0 || parts.includes(undefined)) return undefined;
  const days = [...new Set(parts.flatMap((part) => part ?? []))].sort((a, b) => a - b);
  return days.length === WEEK_DAYS ? 'every' : days.join(',');
};

export const SUGGESTED_DAY_LISTS: readonly string[] = ['every', 'mon-fri', 'tue-sat', 'mon,wed,fri', 'fri', 'mon'];
