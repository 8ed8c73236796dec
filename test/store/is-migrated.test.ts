import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { isMigrated } from '../../src/store/is-migrated.ts';
import { migrations } from '../../src/store/migrations.ts';
import { openStore } from '../../src/store/store.ts';
import { root } from '../../src/util/read-config.ts';
import { oldDatabase } from './old-database.ts';
import { databasePath } from './temporary.ts';

const names = Object.keys(migrations);
const last = names.at(-1) ?? '';

test('every file of a migration is one that runs, under the name of the file', () => {
  const files = readdirSync(join(root, 'src/store/migrations')).sort();
  expect(files).toEqual(names.map((name) => `${name}.ts`));
});

test('a database that has had every migration is migrated, and none that lacks one or has another', async () => {
  const store = await openStore(`sqlite:${databasePath()}`);
  expect(await isMigrated(store.db, store.faultOf)).toBe(true);
  await sql`insert into kysely_migration (name, timestamp) values ('9999-later', '2030-01-01')`.execute(store.db);
  expect(await isMigrated(store.db, store.faultOf)).toBe(false);
  await sql`delete from kysely_migration where name in ('9999-later', ${last})`.execute(store.db);
  expect(await isMigrated(store.db, store.faultOf)).toBe(false);
  await store.close();
});

test('a database that lacks one migration has it after it is opened', async () => {
  const path = await oldDatabase(names.at(-2) ?? '', []);
  const store = await openStore(`sqlite:${path}`);
  expect(await isMigrated(store.db, store.faultOf)).toBe(true);
  await store.close();
});
