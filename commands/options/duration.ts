import { formatNumber } from '../../src/i18n/numbers.ts';
import { normalise } from '../normalise.ts';

const HOUR = 60;
const DAY = 24 * HOUR;
const WEEK = 7 * DAY;
/** Minutes that a duration has at most. */
const MAX_MINUTES = 30 * DAY;

/** Whole minutes of a unit, by everything it is called. */
const UNITS: ReadonlyMap<string, number> = new Map(
  (
    [
      ['m min mins minute minutes 분', 1],
      ['h hr hrs hour hours 시간', HOUR],
      ['d day days 일', DAY],
      ['w week weeks 주 주일', WEEK],
    ] as const
  ).flatMap(([names, minutes]) => names.split(' ').map((name) => [name, minutes] as const)),
);

const SESSION = new Set(['session', 'next session', '거래일', '다음 거래일']);
const PARTS = /^(?:\d{1,5}(?:\.\d{1,2})?\s*[a-z가-힣]+\s*)+$/u;
const PART = /(\d{1,5}(?:\.\d{1,2})?)\s*([a-z가-힣]+)/gu;

/** How long, in whole minutes from 1 to 30 days: `1h`, `90 min`, `1h 30m`, `3일`; or `session`. Undefined for anything else. */
export const readDuration = (typed: string): string | undefined => {
  const text = normalise(typed);
  if (SESSION.has(text)) return 'session';
  if (!PARTS.test(text)) return undefined;
  let minutes = 0;
  for (const [, count, unit = ''] of text.matchAll(PART)) {
    const each = UNITS.get(unit.replace(/동안$/u, ''));
    if (each === undefined) return undefined;
    minutes += Number(count) * each;
  }
  const whole = Math.round(minutes);
  return whole >= 1 && whole <= MAX_MINUTES ? String(whole) : undefined;
};

/** Those that are offered before anything is typed. */
const USUAL = ['1h', 'session', '4h', '1d', '3d', '7d', '30m', '30d'] as const;

/** Durations to offer for what is typed so far: after a number, that number of each unit. */
export const durationsFor = (typed: string): readonly string[] => {
  const [, count] = /^(\d{1,4})\s*[a-z가-힣]*$/u.exec(normalise(typed)) ?? [];
  const own = count === undefined ? [] : ['h', 'm', 'd'].map((unit) => `${Number(count)}${unit}`);
  return [...new Set([...own, ...USUAL])].filter((each) => readDuration(each) !== undefined);
};

const NAMES = { m: 'minute', h: 'hour', d: 'day' } as const;

/** "1 hour", "3일": the words for one of `durationsFor`, `session` excepted. */
export const durationWords = (language: string, duration: string): string => {
  const [, count = '', unit = 'm'] = /^(\d+)([mhd])$/.exec(duration) ?? [];
  const options = { style: 'unit', unit: NAMES[unit as keyof typeof NAMES], unitDisplay: 'long' } as const;
  return formatNumber(language, Number(count), options);
};
