import { readFileSync } from 'node:fs';
import type { TestContext } from 'vitest';
import type { Answer } from '../../../doubles/yahoo/answers.ts';
import { sharedOrSkip, sharedPath } from '../../../shared.ts';

const FOLDER = 'data/yahoo';

/** Whether Yahoo's recorded answers exist. Otherwise small samples of the same shape are used. */
export const haveRecorded = sharedPath(FOLDER) !== undefined;

interface Recording {
  readonly response: {
    readonly status: number;
    readonly headers: Readonly<Record<string, string>>;
    readonly body: unknown;
  };
}

const read = (path: string): Answer => {
  const { response }: Recording = JSON.parse(readFileSync(path, 'utf8'));
  const { status, headers, body } = response;
  return { status, headers, body: typeof body === 'string' ? body : JSON.stringify(body) };
};

/** A recorded answer of Yahoo. Skips the test if it is not there. */
export const recorded = (context: TestContext, file: string): Answer =>
  read(sharedOrSkip(context, `${FOLDER}/${file}`));

/** The recorded answer, or a small one of the same shape. */
export const recordedOr = (file: string, small: Answer): Answer => {
  const path = sharedPath(`${FOLDER}/${file}`);
  return path === undefined ? small : read(path);
};
