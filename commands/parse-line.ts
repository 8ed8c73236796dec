import type { Call } from '../src/cards/call.ts';
import type { Catalogue } from '../src/i18n/catalogue.ts';
import type { Command, Option, OptionKind } from './command.ts';
import { commandByName } from './command-names.ts';
import { isOffWord } from './options/choice.ts';
import { acceptsValue } from './options/read-kind.ts';

/** A question that was typed, and an option that it names twice or without a value: such a line is not answered. */
export interface TypedLine extends Call {
  readonly fault?: { readonly kind: 'twice' | 'missing'; readonly option: string };
}

/** Longer than any question; the rest is ignored. */
const MAX_LINE_LENGTH = 1000;

/** `key=value` or `key:value` with a quoted value, quoted text, or a word; curly quotes are what phones type. */
const TOKEN = /([\w-]+[=:])?["“”]([^"“”]*)["“”]|\S+/gu;
const KEY_AND_VALUE = /^([\w-]+)[=:](.*)$/su;

interface Token {
  /** Name of the option, if one was typed. */
  readonly key?: string;
  readonly value: string;
}

const tokensOf = (line: string, options: readonly Option[]): Token[] =>
  [...line.matchAll(TOKEN)].map(([whole, typedKey, quoted]) => {
    const [, name = '', value = ''] = KEY_AND_VALUE.exec(typedKey ?? whole) ?? [];
    const key = options.find((option) => option.name === name.toLowerCase())?.name;
    return key === undefined ? { value: quoted ?? whole } : { key, value: quoted ?? value };
  });

/**
 * Takes an option's name before a value for its key, `role none`, unless the name may be a value itself. A choice's name at
 * the end has no value yet: `setup stop`.
 */
const withSpelledKeys = (tokens: readonly Token[], options: readonly Option[], accepts: Accepts): Token[] => {
  const keyed: Token[] = [];
  const rest = [...tokens];
  for (let token = rest.shift(); token; token = rest.shift()) {
    const { key, value } = token;
    const name = value.toLowerCase();
    const [next] = rest;
    const named = key === undefined ? options.find((option) => option.name === name) : undefined;
    const isLast = next === undefined && named?.kind !== 'choice';
    if (!named || isLast || next?.key !== undefined || options.some((option) => accepts(option, value))) {
      keyed.push(token);
      continue;
    }
    rest.shift();
    keyed.push({ key: name, value: next?.value ?? '' });
  }
  return keyed;
};

/** The most words of one value without quotes: `new york`, `90 min`. */
const MAX_VALUE_WORDS = 8;

/** Whether a text is a value of an option, by its form; undefined for options that take any text. */
type Accepts = (option: Option, value: string) => boolean | undefined;

interface OpenOptions {
  /** Options without a value so far, in the command's order. */
  readonly open: readonly Option[];
  readonly accepts: Accepts;
}

/**
 * The option for a value without a key: the next open one, unless only a later one accepts the value. What none accepts is
 * rarely meant for a choice, whose few words people know: `alerts set nvda 0` is about the levels, not the window.
 */
const optionFor = ({ open, accepts }: OpenOptions, value: string): Option | undefined => {
  const [next] = open;
  if (!next || accepts(next, value)) return next;
  const accepting = open.find((option) => accepts(option, value));
  return accepting ?? (next.kind === 'choice' ? open.find(({ kind }) => kind !== 'choice') : undefined) ?? next;
};

/** How many of the next words are one value of an open option, by its form; at least 1. */
const valueLength = ({ open, accepts }: OpenOptions, words: readonly string[]): number => {
  for (let count = Math.min(MAX_VALUE_WORDS, words.length); count > 1; count -= 1) {
    const joined = words.slice(0, count).join(' ');
    // Numbers without a comma between them may be values of different options: `20 15,25`.
    const mayJoin = (kind: OptionKind): boolean =>
      kind !== 'choice' && (kind !== 'levels' || !/[^,]\s+[^,]/.test(joined));
    if (open.some((option) => mayJoin(option.kind) && accepts(option, joined))) return count;
  }
  return 1;
};

/** Joins values with a key and the words after them if only the whole is a value: `time-zone:new york`. */
const joinKeyedValues = (tokens: readonly Token[], { options }: Command, accepts: Accepts): Token[] => {
  const joined: Token[] = [];
  const rest = [...tokens];
  for (let token = rest.shift(); token; token = rest.shift()) {
    const { key, value } = token;
    const option = options.find(({ name }) => name === key);
    if (!option || accepts(option, value) !== false) {
      joined.push(token);
      continue;
    }
    const end = rest.findIndex((next) => next.key !== undefined);
    const bare = rest.slice(0, end === -1 ? MAX_VALUE_WORDS : Math.min(end, MAX_VALUE_WORDS)).map((next) => next.value);
    const words = [value, ...bare];
    const count = valueLength({ open: [option], accepts }, words);
    rest.splice(0, count - 1);
    joined.push({ ...token, value: words.slice(0, count).join(' ') });
  }
  return joined;
};

/** What keeps a line from being answered: nobody means that the last value counts, or that none means all. */
const faultOf = (tokens: readonly Token[], { options }: Command): TypedLine['fault'] => {
  const seen = new Set<string>();
  for (const { key, value } of tokens) {
    if (key === undefined) continue;
    if (seen.has(key)) return { kind: 'twice', option: key };
    seen.add(key);
    // A choice without a value is answered with what there is to choose.
    const isChoice = options.some(({ name, kind }) => name === key && kind === 'choice');
    if (value.trim() === '' && !isChoice) return { kind: 'missing', option: key };
  }
  return undefined;
};

const optionsOf = (
  line: string,
  command: Command,
  { accepts, catalogue }: { readonly accepts: Accepts; readonly catalogue: Catalogue },
): Omit<TypedLine, 'name'> => {
  const [first] = command.options;
  // `alerts set none`: several options take it, so the first one does, of which the command asks what is meant.
  if (first?.choices?.includes('off') && isOffWord(catalogue, line)) return { options: { [first.name]: line.trim() } };
  const typed = withSpelledKeys(tokensOf(line, command.options), command.options, accepts);
  const tokens = joinKeyedValues(typed, command, accepts);
  const fault = faultOf(tokens, command);
  const options: Record<string, string> = {};
  for (const { key, value } of tokens) if (key !== undefined) options[key] = value;
  const words = tokens.flatMap(({ key, value }) => (key === undefined ? [value] : []));
  let last: string | undefined;
  while (words.length > 0) {
    const openOptions = { open: command.options.filter(({ name }) => !Object.hasOwn(options, name)), accepts };
    const value = words.splice(0, valueLength(openOptions, words)).join(' ');
    const option = optionFor(openOptions, value);
    // "quote the nasdaq": words beyond the options are part of the last value.
    if (option) options[option.name] = value;
    else if (last !== undefined) options[last] = `${options[last]} ${value}`;
    last = option?.name ?? last;
  }
  return { options, ...(fault && { fault }) };
};

/**
 * Parses a line such as `chart nvda 6m`, `bill as-of=2024-07-31` or `alerts set role none`: options in their order, or by name. Commands have
 * their own names and those of the catalogue's languages. An empty line is `help`. An unknown name is kept as typed, so
 * that asking it answers with the nearest commands.
 */
export const parseLine = (line: string, commands: readonly Command[], catalogue: Catalogue): TypedLine => {
  const text = line.slice(0, MAX_LINE_LENGTH).trim().replace(/^\//, '');
  if (text === '') return { name: 'help', options: {} };
  const [first = '', second = ''] = text.split(/\s+/);
  for (const typed of [`${first} ${second}`.trim(), first]) {
    const command = commandByName(commands, typed, catalogue);
    if (!command) continue;
    const afterFirst = text.slice(first.length).trimStart();
    const rest = typed === first ? afterFirst : afterFirst.slice(second.length);
    return {
      name: command.name,
      ...optionsOf(rest, command, {
        catalogue,
        accepts: (option, value) => acceptsValue(catalogue, option, value),
      }),
    };
  }
  return { name: first, options: {} };
};
