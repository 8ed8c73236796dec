import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Answer } from '../../../doubles/yahoo/answers.ts';

const FOLDER = join(import.meta.dirname, '../../../../../shared/data/yahoo');

/** True where Yahoo's recorded answers are at hand. Without them, small ones written after them stand in. */
export const haveRecorded = existsSync(FOLDER);

interface Recording {
  readonly response: {
    readonly status: number;
    readonly headers: Readonly<Record<string, string>>;
    readonly body: unknown;
  };
}

/** A recorded answer of Yahoo, to be served as it was. */
export const recorded = (file: string): Answer => {
  const { response }: Recording = JSON.parse(readFileSync(join(FOLDER, file), 'utf8'));
  const { status, headers, body } = response;
  return { status, headers, body: typeof body === 'string' ? body : JSON.stringify(body) };
};

/** The recorded answer, or a small one of the same shape. */
export const recordedOr = (file: string, small: Answer): Answer => (haveRecorded ? recorded(file) : small);
