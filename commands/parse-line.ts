import type { Call } from '../src/cards/call.ts';
import type { Catalogue } from '../src/i18n/catalogue.ts';
import type { Command, Option, OptionKind } from './command.ts';
import { commandByName } from './command-names.ts';
import { fits } from './options/read-kind.ts';

/** Longer than any question; the rest is not read. */
const MAX_LINE_LENGTH = 1000;

/** `key=value` and `key:value` with a quoted value, quoted text, or a word; curly quotes are what phones type. */
const PIECE = /([\w-]+[=:])?["“”]([^"“”]*)["“”]|\S+/gu;
const SETTING = /^([\w-]+)[=:](.*)$/su;

interface Piece {
  readonly key?: string;
  readonly value: string;
}

const piecesOf = (line: string, options: readonly Option[]): Piece[] =>
  [...line.matchAll(PIECE)].map(([whole, setting, quoted]) => {
    const [, name = '', value = ''] = SETTING.exec(setting ?? whole) ?? [];
    const key = options.find((option) => option.name === name.toLowerCase())?.name;
    return key === undefined ? { value: quoted ?? whole } : { key, value: quoted ?? value };
  });

/** Most words of one value without quotes: `new york`, `90 min`. */
const MAX_NAME_WORDS = 8;

interface Placing {
  readonly free: readonly Option[];
  /** Whether a bare text can be told to be a value of an option; undefined where any might be. */
  readonly tells: (option: Option, value: string) => boolean | undefined;
}

/**
 * The option that a bare word fills: the next free one, unless it can be told to be none of its values, or a value of
 * a later one.
 */
const placeOf = ({ free, tells }: Placing, value: string): Option | undefined => {
  const [next] = free;
  if (!next || tells(next, value)) return next;
  return free.find((option) => tells(option, value)) ?? next;
};

/** How many of the next words are one value of a free option, by its form. */
const wordsOfOne = ({ free, tells }: Placing, words: readonly string[]): number => {
  for (let count = Math.min(MAX_NAME_WORDS, words.length); count > 1; count -= 1) {
    const joined = words.slice(0, count).join(' ');
    // Numbers without a comma between them may be values of different options: `20 15,25`.
    const isOne = (kind: OptionKind): boolean =>
      kind !== 'choice' && (kind !== 'levels' || !/[^,]\s+[^,]/.test(joined));
    if (free.some((option) => isOne(option.kind) && tells(option, joined))) return count;
  }
  return 1;
};

/** A named value goes on over the bare words after it where it is one only with them: `time-zone:new york`. */
const wholeValues = (pieces: readonly Piece[], { options }: Command, tells: Placing['tells']): Piece[] => {
  const whole: Piece[] = [];
  const left = [...pieces];
  for (let piece = left.shift(); piece; piece = left.shift()) {
    const { key, value } = piece;
    const option = options.find(({ name }) => name === key);
    if (!option || tells(option, value) !== false) {
      whole.push(piece);
      continue;
    }
    const end = left.findIndex((next) => next.key !== undefined);
    const bare = left.slice(0, end === -1 ? MAX_NAME_WORDS : Math.min(end, MAX_NAME_WORDS)).map((next) => next.value);
    const words = [value, ...bare];
    const count = wordsOfOne({ free: [option], tells }, words);
    left.splice(0, count - 1);
    whole.push({ ...piece, value: words.slice(0, count).join(' ') });
  }
  return whole;
};

const optionsOf = (typed: readonly Piece[], command: Command, tells: Placing['tells']): Record<string, string> => {
  const pieces = wholeValues(typed, command, tells);
  const options: Record<string, string> = {};
  for (const { key, value } of pieces) if (key !== undefined) options[key] = value;
  const words = pieces.flatMap(({ key, value }) => (key === undefined ? [value] : []));
  let last: string | undefined;
  while (words.length > 0) {
    const placing = { free: command.options.filter(({ name }) => !Object.hasOwn(options, name)), tells };
    const value = words.splice(0, wordsOfOne(placing, words)).join(' ');
    const place = placeOf(placing, value);
    // "quote the nasdaq": words beyond the options belong to the one before.
    if (place) options[place.name] = value;
    else if (last !== undefined) options[last] = `${options[last]} ${value}`;
    last = place?.name ?? last;
  }
  return options;
};

/**
 * One line such as `chart nvda 6m` or `bill as-of=2024-07-31` as a call: options in their order, or by name. An empty
 * line asks for help. A name that no command has is kept as typed: asking for it answers with the nearest ones.
 * Commands are also known by their names in the catalogue's languages.
 */
export const parseLine = (line: string, commands: readonly Command[], catalogue: Catalogue): Call => {
  const text = line.slice(0, MAX_LINE_LENGTH).trim().replace(/^\//, '');
  if (text === '') return { name: 'help', options: {} };
  const [first = '', second = ''] = text.split(/\s+/);
  for (const typed of [`${first} ${second}`.trim(), first]) {
    const command = commandByName(commands, typed, catalogue);
    if (!command) continue;
    const rest = text.slice(first.length).trimStart();
    const left = typed === first ? rest : rest.slice(second.length);
    return {
      name: command.name,
      options: optionsOf(piecesOf(left, command.options), command, (option, value) => fits(catalogue, option, value)),
    };
  }
  return { name: first, options: {} };
};
