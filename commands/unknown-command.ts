import type { Command } from './command.ts';
import { nearest } from './nearest.ts';
import { normalise } from './normalise.ts';
import { type Problem, type ProblemContext, unknownName } from './problems.ts';

/** Nearest commands to a name that none has. */
export const unknownCommand = (
  asked: ProblemContext,
  typed: string,
  commands: readonly Command[],
  namesOf: (command: Command) => readonly string[],
): Problem => {
  // `facts` alone is the beginning of two.
  const begun = commands.filter(({ name }) => name.startsWith(`${normalise(typed)} `));
  const { found, likely } = nearest(
    typed,
    commands.map((command) => ({ id: command.name, names: namesOf(command) })),
  );
  const names = begun.length > 0 ? begun.map(({ name }) => name) : found.map(({ id }) => id);
  return unknownName(asked, 'command', typed, { likely: likely || begun.length > 0, names });
};
