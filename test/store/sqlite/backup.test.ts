import { existsSync, readdirSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, test } from 'vitest';
import { readMark, writeMark } from '../../../src/store/meta.ts';
import { backUp } from '../../../src/store/sqlite/backup.ts';
import { addMovableStories } from '../inspect.ts';
import { databasePath, openTestStore } from '../temporary.ts';

const faultOf = (url: string, to: string): Promise<string> => backUp(url, to).then(String, (error) => `${error}`);

test('a copy of a database in use has all that was committed, and is for its owner alone', async () => {
  const path = databasePath();
  const store = await openTestStore(`sqlite:${path}`);
  await writeMark(store.db, 'a', 1);
  await backUp(`sqlite:${path}`, `${path}.copy`);
  // Opening it would change its mode.
  if (process.platform !== 'win32') expect(statSync(`${path}.copy`).mode & 0o777).toBe(0o600);
  await writeMark(store.db, 'a', 2);
  const copy = await openTestStore(`sqlite:${path}.copy`);
  expect(await readMark(copy.db, 'a')).toBe(1);
  expect(readdirSync(dirname(path)).filter((name) => name.includes('unfinished'))).toEqual([]);
});

test('a copy gives none of the ids that the bot goes on giving: messages are known by them', async () => {
  const path = databasePath();
  const store = await openTestStore(`sqlite:${path}`);
  await addMovableStories(store.db, 7);
  await backUp(`sqlite:${path}`, `${path}.copy`);
  const copy = await openTestStore(`sqlite:${path}.copy`);
  expect(await addMovableStories(store.db, 1)).toEqual([8]);
  expect(await addMovableStories(copy.db, 1)).toEqual([1_000_008]);
});

test('a file that is there is left alone, and so is a folder that cannot be written', async () => {
  const path = databasePath();
  await openTestStore(`sqlite:${path}`);
  writeFileSync(`${path}.copy`, 'something else');
  expect(await faultOf(`sqlite:${path}`, `${path}.copy`)).toBe(
    `StoreError: ${path}.copy is there already; name a new file`,
  );
  expect(await faultOf(`sqlite:${path}`, `${path}.no/copy`)).toMatch(
    /^StoreError: the backup .* could not be written|^StoreError: the database .* cannot be opened/,
  );
});

test('no database, a PostgreSQL database and a damaged one are told in one line each', async () => {
  const path = databasePath();
  expect(await faultOf(`sqlite:${path}`, `${path}.copy`)).toBe(
    `StoreError: there is no database ${path} yet; start the bot once`,
  );
  expect(await faultOf('postgres://me:secret@host/db', `${path}.copy`)).toBe(
    'StoreError: a PostgreSQL database is backed up with pg_dump --format=custom',
  );
  const database = new DatabaseSync(path);
  database.exec(
    'CREATE TABLE t (x); INSERT INTO t SELECT randomblob(4000) FROM (VALUES (1),(2),(3),(4),(5),(6),(7),(8),(9))',
  );
  database.close();
  truncateSync(path, statSync(path).size - 8_192);
  expect(await faultOf(`sqlite:${path}`, `${path}.copy`)).toMatch(/^StoreError: the database .* is damaged/);
  expect(existsSync(`${path}.copy`)).toBe(false);
});
