import type { Catalogue } from '../src/i18n/catalogue.ts';
import { normaliseText } from '../src/util/normalise-text.ts';
import type { Command } from './command.ts';
import { nearest } from './nearest.ts';
import { perCatalogue } from './options/per-catalogue.ts';
import { type Problem, type Reader, unknownName } from './problems.ts';
import { textsAndAliases } from './typed-texts.ts';

/** Prefix of a command's message keys: `command.facts-list` for `facts list`. */
export const commandKey = (name: string): string => `command.${name.replaceAll(' ', '-')}`;

/** A command's word in each language, and its aliases; none if the messages have no such command. */
const wordsFor = (name: string, catalogue: Catalogue): readonly string[] =>
  textsAndAliases(catalogue, `${commandKey(name)}.name`);

/** A command's names in the languages, the group before the subcommand: "facts list". */
const translations = (name: string, catalogue: Catalogue): readonly string[] => {
  const [group = '', sub] = name.split(' ');
  const groups = wordsFor(group, catalogue);
  if (sub === undefined) return groups;
  const subs = wordsFor(name, catalogue);
  return groups.flatMap((first) => subs.map((second) => `${first} ${second}`));
};

/** A command's own name, its names in the catalogue's languages, and their aliases. */
const commandNames = ({ name }: Command, catalogue: Catalogue): readonly string[] => [
  name,
  ...translations(name, catalogue),
];

const indexes = perCatalogue(() => new WeakMap<readonly Command[], ReadonlyMap<string, Command>>());

/** Commands by their names as compared; of two with the same name the first. */
const indexOf = (commands: readonly Command[], catalogue: Catalogue): ReadonlyMap<string, Command> =>
  new Map(
    commands
      .toReversed()
      .flatMap((command) => commandNames(command, catalogue).map((name) => [normaliseText(name), command] as const)),
  );

/** The command with this name in any language. */
export const commandByName = (
  commands: readonly Command[],
  typed: string,
  catalogue: Catalogue,
): Command | undefined => {
  const known = indexes(catalogue);
  const index = known.get(commands) ?? indexOf(commands, catalogue);
  known.set(commands, index);
  return index.get(normaliseText(typed));
};

/** A problem that lists the nearest commands. */
export const unknownCommand = (reader: Reader, typed: string, commands: readonly Command[]): Problem => {
  // `facts` alone is the group of several commands.
  const ofGroup = commands.filter(({ name }) => name.startsWith(`${normaliseText(typed)} `));
  const { found, likely } = nearest(
    typed,
    commands.map((command) => ({ id: command.name, names: commandNames(command, reader.catalogue) })),
  );
  const names = ofGroup.length > 0 ? ofGroup.map(({ name }) => name) : found.map(({ id }) => id);
  return unknownName(reader, 'command', typed, { likely: likely || ofGroup.length > 0, names });
};
