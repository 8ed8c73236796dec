import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect, test } from 'vitest';
import { lockSqlite } from '../../../src/store/sqlite.ts';
import { root } from '../../../src/util/read-config.ts';
import { databasePath, openTestStore } from '../temporary.ts';

/** Locks the database in another process; returns what that prints. */
const lockElsewhere = async (path: string): Promise<string> => {
  const program = `import('./src/store/sqlite.ts').then(({ lockSqlite }) => {
    try { lockSqlite(process.argv[1]); console.log('mine'); process.kill(process.pid, 'SIGKILL'); }
    catch (error) { console.log(error.name + ': ' + error.message); }
  })`;
  const args = ['-e', program, path];
  const { stdout } = await promisify(execFile)(process.execPath, args, { cwd: root }).catch((ended) => ended);
  return stdout.trim();
};

test('a second bot on a database is refused in one line, and a killed one leaves no lock behind', async () => {
  const path = databasePath();
  expect(await lockElsewhere(path)).toBe('mine');
  const release = lockSqlite(path);
  expect(await lockElsewhere(path)).toBe(
    `StoreError: another Slidewatch is already using the database ${path}; stop that one, or give this one a DATABASE_URL of its own`,
  );
  await openTestStore(`sqlite:${path}`);
  release();
  expect(await lockElsewhere(path)).toBe('mine');
});

test('the lock survives garbage collection', async () => {
  const path = databasePath();
  lockSqlite(path);
  setFlagsFromString('--expose-gc');
  (runInNewContext('gc') as () => void)();
  expect(await lockElsewhere(path)).toContain('another Slidewatch is already using');
});
