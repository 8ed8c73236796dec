import type { Catalogue } from '../../src/i18n/catalogue.ts';
import type { Option, OptionKind } from '../command.ts';
import { choiceOf } from './choice.ts';
import { readTime } from './clock-time.ts';
import { readDate } from './date.ts';
import { readDays } from './days.ts';
import { readDuration } from './duration.ts';
import { readHours } from './hours.ts';
import { readKinds } from './kinds.ts';
import { readLanguage } from './languages.ts';
import { readLevels, readPercent } from './levels.ts';
import { looksLikeRole, readRole } from './role.ts';
import { readTicker } from './ticker.ts';
import { readTimeZone } from './time-zones.ts';

interface Where {
  readonly catalogue: Catalogue;
  readonly platform: string;
}

/** What is typed as a value of a kind that has a form of its own; undefined where it is not understood. */
export const readKind = ({ catalogue, platform }: Where, kind: OptionKind, typed: string): string | undefined => {
  switch (kind) {
    case 'time-zone':
      return readTimeZone(catalogue, typed);
    case 'duration':
      return readDuration(typed);
    case 'time':
      return readTime(typed);
    case 'role':
      return readRole(typed, platform);
    case 'ticker':
      return readTicker(typed);
    case 'language':
      return readLanguage(catalogue, typed);
    case 'levels':
      return readLevels(typed);
    case 'percent':
      return readPercent(typed);
    case 'hours':
      return readHours(typed);
    case 'kinds':
      return readKinds(catalogue, typed);
    case 'days':
      return readDays(typed);
    case 'day':
      return readDate(typed);
    default:
      return undefined;
  }
};

/** Kinds whose values can be told from other words by their form. */
const TELLING: ReadonlySet<OptionKind> = new Set([
  'day',
  'time-zone',
  'duration',
  'time',
  'language',
  'levels',
  'hours',
  'kinds',
  'days',
]);

/** Whether a bare word can be told to be a value of the option; undefined where any word might be one. */
export const fits = (catalogue: Catalogue, option: Option, typed: string): boolean | undefined => {
  const { kind, choices = [] } = option;
  if (kind !== 'choice' && kind !== 'role' && !TELLING.has(kind)) return undefined;
  if (choiceOf(catalogue, choices, typed) !== undefined) return true;
  if (kind === 'role') return looksLikeRole(typed);
  return readKind({ catalogue, platform: '' }, kind, typed) !== undefined;
};
