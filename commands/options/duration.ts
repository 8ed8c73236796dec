import { formatNumber } from '../../src/i18n/numbers.ts';
import { normaliseText } from '../../src/util/normalise-text.ts';

const HOUR_MINUTES = 60;
const DAY_MINUTES = 24 * HOUR_MINUTES;
const WEEK_MINUTES = 7 * DAY_MINUTES;
const MAX_MINUTES = 30 * DAY_MINUTES;

/** Minutes of a unit, by each of its names. */
const UNIT_MINUTES: ReadonlyMap<string, number> = new Map(
  (
    [
      ['m min mins minute minutes 분', 1],
      ['h hr hrs hour hours 시간', HOUR_MINUTES],
      ['d day days 일', DAY_MINUTES],
      ['w week weeks 주 주일', WEEK_MINUTES],
    ] as const
  ).flatMap(([names, minutes]) => names.split(' ').map((name) => [name, minutes] as const)),
);

const SESSION_WORDS = new Set(['session', 'next session', '거래일', '다음 거래일']);
const DURATION = /^(?:\d{1,5}(?:\.\d{1,2})?\s*[a-z가-힣]+\s*)+$/u;
const DURATION_PART = /(\d{1,5}(?:\.\d{1,2})?)\s*([a-z가-힣]+)/gu;

/**
 * Whole minutes, from 1 minute to 30 days: `1h`, `90 min`, `1h 30m`, `3일`; or `session`. Undefined for anything else.
 */
export const readDuration = (typed: string): string | undefined => {
  const text = normaliseText(typed);
  if (SESSION_WORDS.has(text)) return 'session';
  if (!DURATION.test(text)) return undefined;
  let minutes = 0;
  for (const [, count, unit = ''] of text.matchAll(DURATION_PART)) {
    const each = UNIT_MINUTES.get(unit.replace(/동안$/u, ''));
    if (each === undefined) return undefined;
    minutes += Number(count) * each;
  }
  const whole = Math.round(minutes);
  return whole >= 1 && whole <= MAX_MINUTES ? String(whole) : undefined;
};

/** Suggestions before anything is typed. */
const SUGGESTED_DURATIONS = ['1h', 'session', '4h', '1d', '3d', '7d', '30m', '30d'] as const;

/** Suggestions for a partly typed duration: after a number, that number of each unit. */
export const suggestedDurations = (typed: string): readonly string[] => {
  const [, count] = /^(\d{1,4})\s*[a-z가-힣]*$/u.exec(normaliseText(typed)) ?? [];
  const own = count === undefined ? [] : ['h', 'm', 'd'].map((unit) => `${Number(count)}${unit}`);
  return [...new Set([...own, ...SUGGESTED_DURATIONS])].filter((each) => readDuration(each) !== undefined);
};

const UNIT_NAMES = { m: 'minute', h: 'hour', d: 'day' } as const;

/** "1 hour", "3일": the label of a suggestion other than `session`. */
export const durationLabel = (language: string, duration: string): string => {
  const [, count = '', unit = 'm'] = /^(\d+)([mhd])$/.exec(duration) ?? [];
  const options = { style: 'unit', unit: UNIT_NAMES[unit as keyof typeof UNIT_NAMES], unitDisplay: 'long' } as const;
  return formatNumber(language, Number(count), options);
};
