import { onTestFinished, vi } from 'vitest';
import type { Io } from '../../src/cli/command-line.ts';
import { run } from '../../src/cli/run.ts';
import { ownVariables, VARIABLES } from './environment.ts';

export interface Ended {
  readonly code: Io['exitCode'];
  readonly out: string;
  readonly err: string;
}

let hasOwnEnvironment = false;

/** Until the test is over, Slidewatch has these variables, by default with a database of its own, and no others. */
export const withEnv = (env: Readonly<Record<string, string>>): void => {
  for (const name of VARIABLES) vi.stubEnv(name, undefined);
  for (const [name, value] of Object.entries({ ...ownVariables(), ...env })) vi.stubEnv(name, value);
  hasOwnEnvironment = true;
  onTestFinished(() => {
    vi.unstubAllEnvs();
    hasOwnEnvironment = false;
  });
};

/** Runs a command as its process would, in this one: in the environment of `withEnv`, or an empty one. */
export const slidewatch = async (...argv: readonly string[]): Promise<Ended> => {
  let out = '';
  let err = '';
  const io: Io = {
    exitCode: 0,
    stdout: { write: (text) => (out += text) },
    stderr: { write: (text) => (err += text) },
  };
  if (!hasOwnEnvironment) withEnv({});
  await run(argv, io);
  return { code: io.exitCode, out, err };
};
