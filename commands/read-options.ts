import { languageName } from '../src/i18n/language-name.ts';
import type { Watchlist } from '../src/market/watchlist.ts';
import { CARD_KINDS } from '../src/stories/card-kinds.ts';
import type { Command, Option, OptionKind } from './command.ts';
import { exampleOf } from './examples.ts';
import { byName, companyNames, shownName, symbolNames } from './names.ts';
import { nearest } from './nearest.ts';
import { quotable } from './normalise.ts';
import { choiceOf } from './options/choice.ts';
import { readDate } from './options/date.ts';
import { readKind } from './options/read-kind.ts';
import { zonesLike } from './options/time-zones.ts';
import { either, type Problem, type ProblemContext, problem, unknownName } from './problems.ts';

/** Longer than any value; what stands beyond is not read. */
const MAX_OPTION_LENGTH = 100;

interface Reading extends ProblemContext {
  readonly watchlist: Watchlist;
  /** New York's day, YYYY-MM-DD. */
  readonly today: string;
}

type Read = { readonly value: string } | Problem;

const readName = (reading: Reading, what: 'symbol' | 'company', typed: string): Read => {
  const { watchlist, catalogue, language } = reading;
  const all = (what === 'symbol' ? symbolNames : companyNames)(watchlist, catalogue);
  const value = byName(all, typed);
  if (value !== undefined) return { value };
  const { found, likely } = nearest(typed, all);
  return unknownName(reading, what, typed, {
    likely,
    names: found.map(({ id }) => shownName(catalogue, language, id, watchlist)),
  });
};

const readChoice = (reading: Reading, { name, choices = [] }: Option, typed: string): Read => {
  const value = choiceOf(reading.catalogue, choices, typed);
  if (value !== undefined) return { value };
  return problem(reading, 'ask.unknown.choice', { option: name, typed: quotable(typed), values: choices.join(', ') });
};

const readDay = (reading: Reading, typed: string): Read => {
  const value = readDate(typed);
  if (value === undefined) return problem(reading, 'ask.no-day', { typed: quotable(typed) });
  return value > reading.today ? problem(reading, 'ask.future-day', { day: value, today: reading.today }) : { value };
};

/** The three zones that are most like it, and what may be typed anyway. */
const noTimeZone = (reading: Reading, typed: string): Problem => {
  const { found, likely } = nearest(typed, zonesLike(reading.catalogue, typed));
  return problem(reading, likely ? 'ask.no.time-zone-near' : 'ask.no.time-zone', {
    typed: quotable(typed),
    ...(likely && {
      names: either(
        reading.language,
        found.map(({ id }) => id),
      ),
    }),
  });
};

/** Where a text is of a kind that is not understood: one sentence with examples. */
const unread = (reading: Reading, kind: OptionKind, typed: string): Problem => {
  const { catalogue, language, platform } = reading;
  if (kind === 'time-zone') return noTimeZone(reading, typed);
  const key = [`ask.no.${kind}-${platform}`, `ask.no.${kind}`].find((each) => catalogue.in(language).knows(each));
  return problem(reading, key ?? 'ask.failed', {
    typed: quotable(typed),
    ...(kind === 'kinds' && { values: CARD_KINDS.join(', ') }),
    ...(kind === 'language' && { values: catalogue.languages.map(languageName).join(', ') }),
  });
};

const readOne = (reading: Reading, option: Option, typed: string): Read => {
  const { kind, choices = [] } = option;
  if (kind === 'symbol' || kind === 'company') return readName(reading, kind, typed);
  if (kind === 'choice') return readChoice(reading, option, typed);
  if (kind === 'day') return readDay(reading, typed);
  if (kind === 'text') return { value: typed.slice(0, MAX_OPTION_LENGTH) };
  if (kind === 'ticker') {
    const watched = byName(symbolNames(reading.watchlist, reading.catalogue), typed);
    if (watched !== undefined) return { value: watched };
  }
  const value =
    typed.length > MAX_OPTION_LENGTH
      ? undefined
      : (choiceOf(reading.catalogue, choices, typed) ?? readKind(reading, kind, typed));
  return value === undefined ? unread(reading, kind, typed) : { value };
};

/** A platform may hand over anything. */
const textOf = (value: unknown): string =>
  typeof value === 'string' ? value.slice(0, 2 * MAX_OPTION_LENGTH).trim() : '';

/**
 * The options as a command takes them: symbols and companies by their ids, choices by their values, days as YYYY-MM-DD.
 * What is empty or unknown to the command is left out. A problem where one cannot be understood or is missing.
 */
export const readOptions = (
  reading: Reading,
  command: Command,
  typed: Readonly<Record<string, string>>,
): { readonly options: Readonly<Record<string, string>> } | Problem => {
  const options: Record<string, string> = {};
  for (const option of command.options) {
    const text = Object.hasOwn(typed, option.name) ? textOf(typed[option.name]) : '';
    if (text === '' && option.required !== true) continue;
    if (text === '') {
      const example = exampleOf(command.name, reading.platform);
      return problem(reading, 'ask.missing', { option: option.name, example });
    }
    const read = readOne(reading, option, text);
    if ('kind' in read) return read;
    options[option.name] = read.value;
  }
  return { options };
};
