import { MAX_MINUTES, MIN_MINUTES } from '../../src/channels/settings-schema.ts';
import type { Catalogue } from '../../src/i18n/catalogue.ts';
import { formatNumber } from '../../src/i18n/numbers.ts';
import { normaliseText } from '../../src/util/normalise-text.ts';
import { oneOf, perCatalogue } from './per-catalogue.ts';

const HOUR_MINUTES = 60;
const DAY_MINUTES = 24 * HOUR_MINUTES;
const WEEK_MINUTES = 7 * DAY_MINUTES;
/** Of a duration. */
const LONGEST_MINUTES = 30 * DAY_MINUTES;

const NUMBER = '\\d{1,5}(?:\\.\\d{1,2})?';

const formsOf = perCatalogue(({ typed: { duration } }) => {
  const units: ReadonlyMap<string, number> = new Map([
    ...duration.minute.map((name) => [name, 1] as const),
    ...duration.hour.map((name) => [name, HOUR_MINUTES] as const),
    ...duration.day.map((name) => [name, DAY_MINUTES] as const),
    ...duration.week.map((name) => [name, WEEK_MINUTES] as const),
  ]);
  return {
    /** Minutes of a unit, by each of its names. */
    units,
    whole: new RegExp(`^(?:${NUMBER}\\s*\\p{L}+\\s*)+$`, 'u'),
    part: new RegExp(`(${NUMBER})\\s*(\\p{L}+)`, 'gu'),
    ending: new RegExp(`${oneOf(duration.for)}$`, 'u'),
  };
});

/**
 * Whole minutes, from 1 minute to 30 days: `1h`, `90 min`, `1h 30m`, `3 days`; or `session`. Undefined for anything else.
 */
export const readDuration = (catalogue: Catalogue, typed: string): string | undefined => {
  const { units, whole, part, ending } = formsOf(catalogue);
  const text = normaliseText(typed);
  if (catalogue.typed.value.session.includes(text)) return 'session';
  if (!whole.test(text)) return undefined;
  let minutes = 0;
  for (const [, count, unit = ''] of text.matchAll(part)) {
    const each = units.get(unit.replace(ending, ''));
    if (each === undefined) return undefined;
    minutes += Number(count) * each;
  }
  const rounded = Math.round(minutes);
  return rounded >= 1 && rounded <= LONGEST_MINUTES ? String(rounded) : undefined;
};

/** 5 to 120 minutes, as a duration or a bare number of minutes: `30min`, `1h`, `45`. Undefined for anything else. */
export const readMinutes = (catalogue: Catalogue, typed: string): string | undefined => {
  const text = normaliseText(typed);
  const minutes = /^\d{1,3}$/.test(text) ? text.replace(/^0+(?=\d)/, '') : readDuration(catalogue, typed);
  return Number(minutes) >= MIN_MINUTES && Number(minutes) <= MAX_MINUTES ? minutes : undefined;
};

export const SUGGESTED_MINUTES: readonly string[] = ['15min', '30min', '1h', '2h'];

/** Suggestions before anything is typed. */
const SUGGESTED_DURATIONS = ['1h', 'session', '4h', '1d', '3d', '7d', '30m', '30d'] as const;

/** Suggestions for a partly typed duration: after a number, that number of each unit. */
export const suggestedDurations = (catalogue: Catalogue, typed: string): readonly string[] => {
  const [, count] = /^(\d{1,4})\s*\p{L}*$/u.exec(normaliseText(typed)) ?? [];
  const own = count === undefined ? [] : ['h', 'm', 'd'].map((unit) => `${Number(count)}${unit}`);
  return [...new Set([...own, ...SUGGESTED_DURATIONS])].filter((each) => readDuration(catalogue, each) !== undefined);
};

const UNIT_NAMES = { m: 'minute', h: 'hour', d: 'day' } as const;

/** "1 hour": the label of a suggestion other than `session`. */
export const durationLabel = (language: string, duration: string): string => {
  const [, count = '', unit = 'm'] = /^(\d+)([mhd])$/.exec(duration) ?? [];
  const options = { style: 'unit', unit: UNIT_NAMES[unit as keyof typeof UNIT_NAMES], unitDisplay: 'long' } as const;
  return formatNumber(language, Number(count), options);
};
