import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect, test } from 'vitest';
import { lockDatabase } from '../../src/store/sqlite.ts';
import { root } from '../../src/util/read-config.ts';
import { databasePath, openTestStore } from './temporary.ts';

/** Locks the database in another process; returns what that prints. */
const lockElsewhere = async (path: string): Promise<string> => {
  const program = `import('./src/store/sqlite.ts').then(({ lockDatabase }) => {
    try { lockDatabase(process.argv[1]); console.log('mine'); process.kill(process.pid, 'SIGKILL'); }
    catch (error) { console.log(error.name + ': ' + error.message); }
  })`;
  const args = ['-e', program, `sqlite:${path}`];
  const { stdout } = await promisify(execFile)(process.execPath, args, { cwd: root }).catch((ended) => ended);
  return stdout.trim();
};

test('a second bot on a database is refused in one line, and a killed one leaves no lock behind', async () => {
  const path = databasePath();
  expect(await lockElsewhere(path)).toBe('mine');
  const release = lockDatabase(`sqlite:${path}`);
  expect(await lockElsewhere(path)).toBe(
    `StoreError: another Slidewatch is already using the database ${path}; stop that one, or give this one a DATABASE_URL of its own`,
  );
  await openTestStore(path);
  release();
  expect(await lockElsewhere(path)).toBe('mine');
});

test('the lock survives garbage collection', async () => {
  const path = databasePath();
  lockDatabase(`sqlite:${path}`);
  setFlagsFromString('--expose-gc');
  (runInNewContext('gc') as () => void)();
  expect(await lockElsewhere(path)).toContain('another Slidewatch is already using');
});
