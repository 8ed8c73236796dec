import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Answer } from '../../../doubles/yahoo/answers.ts';

const FOLDER = join(import.meta.dirname, '../../../../../shared/data/yahoo');

/** Whether Yahoo's recorded answers exist. Otherwise small samples of the same shape are used. */
export const haveRecorded = existsSync(FOLDER);

interface Recording {
  readonly response: {
    readonly status: number;
    readonly headers: Readonly<Record<string, string>>;
    readonly body: unknown;
  };
}

/** A recorded answer of Yahoo. */
export const recorded = (file: string): Answer => {
  const { response }: Recording = JSON.parse(readFileSync(join(FOLDER, file), 'utf8'));
  const { status, headers, body } = response;
  return { status, headers, body: typeof body === 'string' ? body : JSON.stringify(body) };
};

/** The recorded answer, or a small one of the same shape. */
export const recordedOr = (file: string, small: Answer): Answer => (haveRecorded ? recorded(file) : small);
