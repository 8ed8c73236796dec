import type { Command } from './command.ts';

/** Everything that can be asked, in the order of the help. */
export const commands: readonly Command[] = [];
