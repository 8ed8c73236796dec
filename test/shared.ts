import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { TestContext } from 'vitest';
import { root } from '../src/util/read-config.ts';

/**
 * The folder of recorded data that is not in the repository: vendors' answers, schemas, long histories. SLIDEWATCH_SHARED,
 * or `shared` beside the checkout.
 */
const folder = resolve(root, process.env.SLIDEWATCH_SHARED || join('..', 'shared'));

/** Path of a file or folder in it; undefined if that is not there. */
export const sharedPath = (name: string): string | undefined => {
  const path = join(folder, name);
  return existsSync(path) ? path : undefined;
};

/** Path of a file or folder in it. Skips the test, and says why, if that is not there. */
export const sharedOrSkip = ({ skip }: Pick<TestContext, 'skip'>, name: string): string =>
  sharedPath(name) ?? skip(`${join(folder, name)} is not there; set SLIDEWATCH_SHARED to the folder that has ${name}`);
