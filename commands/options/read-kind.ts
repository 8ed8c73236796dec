import type { Catalogue } from '../../src/i18n/catalogue.ts';
import type { Option, OptionKind } from '../command.ts';
import { choiceOf } from './choice.ts';
import { readHours, readTime } from './clock-time.ts';
import { readDay } from './day.ts';
import { readDays } from './days.ts';
import { readDuration, readMinutes } from './duration.ts';
import { looksLikeRole, readRole, readTicker } from './identifiers.ts';
import { readKinds } from './kinds.ts';
import { readLanguage } from './languages.ts';
import { readLevels, readPercent, readRises } from './levels.ts';
import { readPrice } from './price.ts';
import { readTimeZone } from './time-zones.ts';

interface ReadContext {
  readonly catalogue: Catalogue;
  readonly platform: string;
}

/**
 * The registry of readers: the value of a typed text, for kinds with a form of their own. Undefined if it is not
 * understood.
 */
export const readKind = ({ catalogue, platform }: ReadContext, kind: OptionKind, typed: string): string | undefined => {
  switch (kind) {
    case 'time-zone':
      return readTimeZone(catalogue, typed);
    case 'duration':
      return readDuration(catalogue, typed);
    case 'time':
      return readTime(catalogue, typed);
    case 'role':
      return readRole(catalogue, typed, platform);
    case 'ticker':
      return readTicker(typed);
    case 'language':
      return readLanguage(catalogue, typed);
    case 'levels':
      return readLevels(catalogue, typed);
    case 'rises':
      return readRises(catalogue, typed);
    case 'percent':
      return readPercent(catalogue, typed);
    case 'minutes':
      return readMinutes(catalogue, typed);
    case 'price':
      return readPrice(catalogue, typed);
    case 'hours':
      return readHours(catalogue, typed);
    case 'kinds':
      return readKinds(catalogue, typed);
    case 'days':
      return readDays(catalogue, typed);
    case 'day':
      return readDay(catalogue, typed);
    default:
      return undefined;
  }
};

/** Kinds whose values are recognisable by their form. */
const RECOGNISABLE_KINDS: ReadonlySet<OptionKind> = new Set([
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

/** Whether a text is a value of the option, by its form; undefined for kinds that take any text. */
export const acceptsValue = (catalogue: Catalogue, option: Option, typed: string): boolean | undefined => {
  const { kind, choices = [] } = option;
  if (kind !== 'choice' && kind !== 'role' && !RECOGNISABLE_KINDS.has(kind)) return undefined;
  if (choiceOf(catalogue, choices, typed) !== undefined) return true;
  if (kind === 'role') return looksLikeRole(catalogue, typed);
  return readKind({ catalogue, platform: '' }, kind, typed) !== undefined;
};
