import { onTestFinished, vi } from 'vitest';
import type { Io } from '../../src/cli/command-line.ts';
import { run } from '../../src/cli/run.ts';

export interface Ended {
  readonly code: Io['exitCode'];
  readonly out: string;
  readonly err: string;
}

/** Runs a command as its process would, in this one. */
export const slidewatch = async (...argv: readonly string[]): Promise<Ended> => {
  let out = '';
  let err = '';
  const io: Io = {
    exitCode: 0,
    stdout: { write: (text) => (out += text) },
    stderr: { write: (text) => (err += text) },
  };
  await run(argv, io);
  return { code: io.exitCode, out, err };
};

/** Sets variables of the environment until the test is over. */
export const withEnv = (env: Readonly<Record<string, string>>): void => {
  for (const [name, value] of Object.entries(env)) vi.stubEnv(name, value);
  onTestFinished(() => void vi.unstubAllEnvs());
};
