import type { Catalogue } from '../src/cards/catalogue.ts';
import type { Call } from './call.ts';
import type { Command, Option } from './command.ts';
import { commandByName } from './command-names.ts';
import { fold } from './fold.ts';

/** Longer than any question; the rest is not read. */
const LONGEST = 1000;

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

const isChoiceOf = (option: Option, value: string): boolean =>
  option.choices?.some((choice) => fold(choice) === fold(value)) === true;

/** The option that a bare word fills: the next free one, or, past a choice that it is not, a later choice that it is. */
const placeOf = (free: readonly Option[], value: string): Option | undefined => {
  const [next] = free;
  if (next?.kind !== 'choice' || isChoiceOf(next, value)) return next;
  return free.find((option) => isChoiceOf(option, value)) ?? next;
};

const optionsOf = (pieces: readonly Piece[], command: Command): Record<string, string> => {
  const options: Record<string, string> = {};
  for (const { key, value } of pieces) if (key !== undefined) options[key] = value;
  let last: string | undefined;
  for (const { key, value } of pieces) {
    if (key !== undefined) continue;
    const place = placeOf(
      command.options.filter(({ name }) => !Object.hasOwn(options, name)),
      value,
    );
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
 * With a catalogue, commands are also known by their names in its languages.
 */
export const parseLine = (line: string, commands: readonly Command[], catalogue?: Catalogue): Call => {
  const text = line.slice(0, LONGEST).trim().replace(/^\//, '');
  if (text === '') return { name: 'help', options: {} };
  const [first = '', second = ''] = text.split(/\s+/);
  for (const typed of [`${first} ${second}`.trim(), first]) {
    const command = commandByName(commands, typed, catalogue);
    if (!command) continue;
    const rest = text.slice(first.length).trimStart();
    const left = typed === first ? rest : rest.slice(second.length);
    return { name: command.name, options: optionsOf(piecesOf(left, command.options), command) };
  }
  return { name: first, options: {} };
};
