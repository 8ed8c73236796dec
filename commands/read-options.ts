import type { Watchlist } from '../src/market/watchlist.ts';
import type { Command, Option } from './command.ts';
import { valueLabel } from './complete.ts';
import { exampleOf } from './examples.ts';
import { fold, quotable } from './fold.ts';
import { byName, companyNames, shownName, symbolNames } from './names.ts';
import { nearest } from './nearest.ts';
import { type Asked, type Problem, problem, unknownName } from './problems.ts';

/** Longer than any value; what stands beyond is not read. */
const LONGEST = 100;

interface Reading extends Asked {
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
    names: found.map(({ id }) => shownName(catalogue, language, id)),
  });
};

const readChoice = (reading: Reading, { name, choices = [] }: Option, typed: string): Read => {
  const { catalogue } = reading;
  const wanted = fold(typed);
  const value = choices.find((choice) =>
    [choice, ...catalogue.languages.map((language) => valueLabel(catalogue, language, choice))].some(
      (known) => fold(known) === wanted,
    ),
  );
  if (value !== undefined) return { value };
  return problem(reading, 'ask.unknown.choice', { option: name, typed: quotable(typed), values: choices.join(', ') });
};

const DAY = /^(\d{4})\s*[-./년]\s*(\d{1,2})\s*[-./월]\s*(\d{1,2})\s*[일.]?$/u;

const readDay = (reading: Reading, typed: string): Read => {
  const [, year = '', month = '', day = ''] = DAY.exec(typed) ?? [];
  const value = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  try {
    Temporal.PlainDate.from(value, { overflow: 'reject' });
  } catch {
    return problem(reading, 'ask.no-day', { typed: quotable(typed) });
  }
  return value > reading.today ? problem(reading, 'ask.future-day', { day: value, today: reading.today }) : { value };
};

const readOne = (reading: Reading, option: Option, typed: string): Read => {
  if (option.kind === 'symbol' || option.kind === 'company') return readName(reading, option.kind, typed);
  if (option.kind === 'choice') return readChoice(reading, option, typed);
  return option.kind === 'day' ? readDay(reading, typed) : { value: typed };
};

/** A platform may hand over anything. */
const textOf = (value: unknown): string => (typeof value === 'string' ? value.slice(0, LONGEST).trim() : '');

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
