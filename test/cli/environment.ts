import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../../src/util/read-config.ts';
import { temporaryFolder } from '../market/temporary.ts';

/** Every variable that Slidewatch reads. */
export const VARIABLES: readonly string[] = [
  ...readFileSync(join(root, '.env.example'), 'utf8').matchAll(/^(?:# )?([A-Z]+(?:_[A-Z]+)+|LANGUAGE)=/gm),
].map(([, name = '']) => name);

/**
 * Variables of a bot that knows nothing of the checkout's data/ or of the person's settings: a database of its own in a
 * folder that is deleted at the end of the test, any free port, and nobody where Yahoo should be.
 */
export const ownVariables = (): Record<string, string> => ({
  DATABASE_URL: `sqlite:${join(temporaryFolder(), 'slidewatch.db')}`,
  BOARD_PORT: '0',
  YAHOO_URL: 'http://127.0.0.1:9',
});

/**
 * The whole environment of such a bot as a process. Start `src/main.ts`: unlike `src/slidewatch.cjs` it reads no .env.
 */
export const ownEnvironment = (env: Readonly<Record<string, string>> = {}): Record<string, string> => ({
  PATH: process.env.PATH ?? '',
  SLIDEWATCH_CONFIG: process.env.SLIDEWATCH_CONFIG ?? '',
  ...ownVariables(),
  ...env,
});
