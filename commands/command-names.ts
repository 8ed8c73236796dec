import type { Catalogue } from '../src/i18n/catalogue.ts';
import type { Command } from './command.ts';
import { normalise } from './normalise.ts';

/** Where the messages keep a command's words: `facts list` is under `command.facts-list`. */
export const commandKey = (name: string): string => `command.${name.replaceAll(' ', '-')}`;

/** A command's name in each language, its subcommand's behind the group's: "facts list", "장부 목록". */
const translations = (name: string, catalogue: Catalogue): string[] => {
  const [group = '', sub] = name.split(' ');
  return catalogue.languages.flatMap((language) => {
    const words = catalogue.in(language);
    const keys = [commandKey(group), ...(sub === undefined ? [] : [commandKey(name)])].map((key) => `${key}.name`);
    return keys.every((key) => words.knows(key)) ? [keys.map((key) => words.say(key)).join(' ')] : [];
  });
};

/** Everything a command is called: its own name, and those of the catalogue's languages. */
export const commandNames = ({ name }: Command, catalogue?: Catalogue): readonly string[] => [
  name,
  ...(catalogue ? translations(name, catalogue) : []),
];

/** The command of that name, in any of its languages. */
export const commandByName = (
  commands: readonly Command[],
  typed: string,
  catalogue?: Catalogue,
): Command | undefined => {
  const wanted = normalise(typed);
  return commands.find((command) => commandNames(command, catalogue).some((name) => normalise(name) === wanted));
};
