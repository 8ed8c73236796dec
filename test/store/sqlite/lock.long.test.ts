import { execFile } from 'node:child_process';
import { rmSync, statSync, symlinkSync } from 'node:fs';
import { promisify } from 'node:util';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect, test } from 'vitest';
import { lockSqlite } from '../../../src/store/sqlite/lock.ts';
import { root } from '../../../src/util/read-config.ts';
import { databasePath, openTestStore } from '../temporary.ts';

/** Locks the database in another process; returns what that prints. */
const lockElsewhere = async (path: string): Promise<string> => {
  const program = `import('./src/store/sqlite/lock.ts').then(async ({ lockSqlite }) => {
    try { await lockSqlite(process.argv[1]); console.log('mine'); process.kill(process.pid, 'SIGKILL'); }
    catch (error) { console.log(error.name + ': ' + error.message); }
  })`;
  const args = ['-e', program, path];
  const { stdout } = await promisify(execFile)(process.execPath, args, { cwd: root }).catch((ended) => ended);
  return stdout.trim();
};

test('a second bot on a database is refused in one line, and a killed one leaves no lock behind', async () => {
  const path = databasePath();
  expect(await lockElsewhere(path)).toBe('mine');
  const release = await lockSqlite(path);
  expect(await lockElsewhere(path)).toBe(
    `StoreError: another Slidewatch is already using the database ${path}; stop that one, or give this one a DATABASE_URL of its own`,
  );
  await openTestStore(`sqlite:${path}`);
  release();
  expect(await lockElsewhere(path)).toBe('mine');
});

test('the lock survives garbage collection', async () => {
  const path = databasePath();
  await lockSqlite(path);
  setFlagsFromString('--expose-gc');
  (runInNewContext('gc') as () => void)();
  expect(await lockElsewhere(path)).toContain('another Slidewatch is already using');
});

test('a link to the database is the same database', async () => {
  const path = databasePath();
  await openTestStore(`sqlite:${path}`);
  symlinkSync(path, `${path}-link`);
  await lockSqlite(path);
  expect(await lockElsewhere(`${path}-link`)).toContain('another Slidewatch is already using');
});

test.runIf(process.platform === 'linux')('a deleted lock file frees no lock', async () => {
  const path = databasePath();
  const release = await lockSqlite(path);
  rmSync(`${path}.lock`);
  expect(await lockElsewhere(path)).toContain('another Slidewatch is already using');
  release();
  expect(await lockElsewhere(path)).toBe('mine');
});

test.skipIf(process.platform === 'win32')('the database, its lock and its log are for their owner alone', async () => {
  const path = databasePath();
  await lockSqlite(path);
  await openTestStore(`sqlite:${path}`);
  for (const file of [path, `${path}.lock`, `${path}-wal`]) expect(statSync(file).mode & 0o777).toBe(0o600);
});
