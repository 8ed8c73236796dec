import type { Companies } from '../src/facts/companies.ts';
import { languageName } from '../src/i18n/languages.ts';
import { either } from '../src/i18n/names.ts';
import type { Watchlist } from '../src/market/watchlist.ts';
import { CARD_KINDS } from '../src/stories/channel.ts';
import type { Command, Option, OptionKind } from './command.ts';
import { exampleOf } from './examples.ts';
import { byName, companyNames, shownName, symbolNames } from './names.ts';
import { nearest } from './nearest.ts';
import { choiceOf, isAllWord, isOffWord } from './options/choice.ts';
import { readDay } from './options/day.ts';
import { readTicker } from './options/identifiers.ts';
import { readKind } from './options/read-kind.ts';
import { MAX_SYMBOLS, splitSymbols } from './options/symbols.ts';
import { zoneCandidates } from './options/time-zones.ts';
import { type Problem, problem, quotable, type Reader, unknownName } from './problems.ts';

/** Longer than any value; the rest is ignored. */
const MAX_OPTION_LENGTH = 100;

interface OptionReader extends Reader {
  readonly watchlist: Watchlist;
  readonly companies: Companies;
  /** Today in New York, YYYY-MM-DD. */
  readonly today: string;
}

type OptionResult = { readonly value: string } | Problem;

const readCompany = (reader: OptionReader, typed: string): OptionResult => {
  const { watchlist, companies, catalogue, language } = reader;
  const all = companyNames(companies, catalogue);
  const value = byName(all, typed);
  if (value !== undefined) return { value };
  const { found, likely } = nearest(typed, all);
  return unknownName(reader, 'company', typed, {
    likely,
    names: found.map(({ id }) => shownName(catalogue, language, id, watchlist)),
  });
};

type SymbolReader = Reader & { readonly watchlist: Watchlist };

/** The watched symbols that are nearest to what was typed, as they are shown. `likely`: near enough to be meant. */
export const nearestSymbols = (
  { watchlist, catalogue, language }: SymbolReader,
  typed: string,
): { readonly names: readonly string[]; readonly likely: boolean } => {
  const { found, likely } = nearest(typed, symbolNames(watchlist, catalogue));
  return { likely, names: found.map(({ id }) => shownName(catalogue, language, id, watchlist)) };
};

/** "No symbol 'nvdia'", with the nearest of the watched ones. */
export const unknownSymbol = (reader: SymbolReader, typed: string): Problem =>
  unknownName(reader, 'symbol', typed, nearestSymbols(reader, typed));

const readSymbol = (reader: OptionReader, { anyTicker }: Option, typed: string): OptionResult => {
  const value = byName(symbolNames(reader.watchlist, reader.catalogue), typed) ?? (anyTicker && readTicker(typed));
  return value ? { value } : unknownSymbol(reader, typed);
};

/** The problem of a single name if none of them is known, or can be a ticker that nobody watches. */
const readSymbols = (reader: OptionReader, { anyTicker }: Option, typed: string): OptionResult => {
  const all = symbolNames(reader.watchlist, reader.catalogue);
  const ids = splitSymbols(typed, (name) => byName(all, name));
  if (ids.length > MAX_SYMBOLS)
    return problem(reader, 'ask.too-many-symbols', {
      limit: MAX_SYMBOLS,
      example: exampleOf('quote', reader.platform),
    });
  if (!ids.some((id) => reader.watchlist.symbols.has(id) || (anyTicker && readTicker(id))))
    return unknownSymbol(reader, typed);
  return { value: ids.join(',') };
};

const readChoice = (reader: OptionReader, { name, choices = [] }: Option, typed: string): OptionResult => {
  const value = choiceOf(reader.catalogue, choices, typed);
  if (value !== undefined) return { value };
  return problem(reader, 'ask.unknown.choice', { option: name, typed: quotable(typed), values: choices.join(', ') });
};

const readPastDay = (reader: OptionReader, typed: string): OptionResult => {
  const value = readDay(reader.catalogue, typed);
  if (value === undefined) return problem(reader, 'ask.no-day', { typed: quotable(typed) });
  return value > reader.today ? problem(reader, 'ask.future-day', { day: value, today: reader.today }) : { value };
};

/** The nearest zones if any is likely, and what else may be typed. */
const unknownTimeZone = (reader: OptionReader, typed: string): Problem => {
  const { found, likely } = nearest(typed, zoneCandidates(reader.catalogue, typed));
  return problem(reader, likely ? 'ask.no.time-zone-near' : 'ask.no.time-zone', {
    typed: quotable(typed),
    ...(likely && {
      names: either(
        reader.catalogue.in(reader.language),
        found.map(({ id }) => id),
      ),
    }),
  });
};

/** The problem of a value that its kind's reader does not understand: one sentence with examples. */
const notUnderstood = (reader: OptionReader, kind: OptionKind, typed: string): Problem => {
  const { catalogue, language, platform } = reader;
  if (kind === 'time-zone') return unknownTimeZone(reader, typed);
  const key = [`ask.no.${kind}-${platform}`, `ask.no.${kind}`].find((each) => catalogue.in(language).knows(each));
  return problem(reader, key ?? 'ask.failed', {
    typed: quotable(typed),
    ...(kind === 'kinds' && { values: CARD_KINDS.join(', ') }),
    ...(kind === 'language' && { values: catalogue.languages.map((it) => languageName(it)).join(', ') }),
  });
};

const readOption = (reader: OptionReader, option: Option, typed: string): OptionResult => {
  const { kind, choices = [] } = option;
  if (kind === 'symbol' && choices.includes('off') && isOffWord(reader.catalogue, typed)) return { value: 'off' };
  if (kind === 'symbol' && choices.includes('all') && isAllWord(reader.catalogue, typed)) return { value: 'all' };
  if (kind === 'symbol') return readSymbol(reader, option, typed);
  if (kind === 'company') return readCompany(reader, typed);
  if (kind === 'symbols') return readSymbols(reader, option, typed);
  if (kind === 'choice') return readChoice(reader, option, typed);
  if (kind === 'day') return readPastDay(reader, typed);
  if (kind === 'text') return { value: typed.slice(0, MAX_OPTION_LENGTH) };
  if (kind === 'ticker') {
    const watched = byName(symbolNames(reader.watchlist, reader.catalogue), typed);
    if (watched !== undefined) return { value: watched };
  }
  const value =
    typed.length > MAX_OPTION_LENGTH
      ? undefined
      : (choiceOf(reader.catalogue, choices, typed) ?? readKind(reader, kind, typed));
  return value === undefined ? notUnderstood(reader, kind, typed) : { value };
};

/**
 * Platforms may pass anything. Cut well above MAX_OPTION_LENGTH, so that too long values are still recognised as such.
 */
const textOf = (value: unknown): string =>
  typeof value === 'string' ? value.slice(0, 2 * MAX_OPTION_LENGTH).trim() : '';

/**
 * The options as a command takes them: symbols and companies as ids, choices as values, days as YYYY-MM-DD. Empty and
 * unknown options are left out. A problem if one is missing or cannot be understood, or if a choice or a symbol is named and not made.
 */
export const readOptions = (
  reader: OptionReader,
  command: Command,
  typed: Readonly<Record<string, string>>,
): { readonly options: Readonly<Record<string, string>> } | Problem => {
  const options: Record<string, string> = {};
  for (const option of command.options) {
    const given = Object.hasOwn(typed, option.name) ? typed[option.name] : undefined;
    const text = textOf(given);
    if (text === '' && option.kind === 'choice' && typeof given === 'string')
      return problem(reader, 'ask.no-choice', { option: option.name, values: (option.choices ?? []).join(', ') });
    // No symbol means all of them, which a value that was not typed to its end does not.
    const isCutShort = option.kind === 'symbol' && typeof given === 'string';
    if (text === '' && option.required !== true && !isCutShort) continue;
    if (text === '') {
      const example = exampleOf(command.name, reader.platform);
      return problem(reader, 'ask.missing', { option: option.name, example });
    }
    const read = readOption(reader, option, text);
    if ('kind' in read) return read;
    options[option.name] = read.value;
  }
  return { options };
};
