import type { Command } from './command.ts';
import { fold } from './fold.ts';
import { nearest } from './nearest.ts';
import { type Asked, type Problem, unknownName } from './problems.ts';

/** Nearest commands to a name that none has. */
export const unknownCommand = (
  asked: Asked,
  typed: string,
  commands: readonly Command[],
  namesOf: (command: Command) => readonly string[],
): Problem => {
  // `facts` alone is the beginning of two.
  const begun = commands.filter(({ name }) => name.startsWith(`${fold(typed)} `));
  const { found, likely } = nearest(
    typed,
    commands.map((command) => ({ id: command.name, names: namesOf(command) })),
  );
  const names = begun.length > 0 ? begun.map(({ name }) => name) : found.map(({ id }) => id);
  return unknownName(asked, 'command', typed, { likely: likely || begun.length > 0, names });
};
