import { copyFileSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { openStore } from '../../../src/store/store.ts';
import { plainLines, startBot } from '../../cli/bot-process.ts';
import { temporaryFolder } from '../../market/temporary.ts';
import { addSplits, READ_AT_START, rootPages, sessions } from '../inspect.ts';

const makeDatabase = async (rows = 0): Promise<string> => {
  const path = join(temporaryFolder(), 'bot.db');
  const store = await openStore(`sqlite:${path}`);
  if (rows > 0) await addSplits(store.db, ...Array.from({ length: rows }, (_, n) => `2024-06-10 ${n}`));
  await store.close();
  return path;
};

/** A copy in a folder of its own with pages, from 1, of nothing but this byte. */
const withBlank = (path: string, pages: readonly number[], pageSize: number, byte = 0): string => {
  const copy = join(temporaryFolder(), 'bot.db');
  copyFileSync(path, copy);
  const bytes = readFileSync(copy);
  for (const page of pages) bytes.fill(byte, (page - 1) * pageSize, page * pageSize);
  writeFileSync(copy, bytes);
  return copy;
};

const damaged = (path: string): string =>
  `the database ${path} is damaged; move it aside and restore a backup, or start with a new database`;

const faultOfOpening = (path: string): Promise<string> =>
  openStore(`sqlite:${path}`).then(
    async (store) => {
      await store.close();
      return 'none';
    },
    (error: Error) => `${error.name}: ${error.message}`,
  );

test('a damaged first page of any table is told when the database is opened, and the file stays as it was', async () => {
  const path = await makeDatabase();
  const { roots, pageSize } = rootPages(path);
  const store = await openStore(`sqlite:${path}`);
  const tables = (await store.db.introspection.getTables({ withInternalKyselyTables: true })).map(({ name }) => name);
  await store.close();
  expect(tables.length).toBeGreaterThan(30);
  for (const table of tables)
    for (const byte of [0, 0xff]) {
      const copy = withBlank(path, [roots.get(table) ?? 0], pageSize, byte);
      const before = readFileSync(copy);
      expect(await faultOfOpening(copy), table).toBe(`StoreError: ${damaged(copy)}`);
      expect(readFileSync(copy).equals(before), table).toBe(true);
      expect(readdirSync(dirname(copy))).toEqual(['bot.db']);
    }
});

test('a damaged page further down is told by the query that reads it, in and outside of a transaction', async () => {
  const path = await makeDatabase(3_000);
  const { roots, pageSize } = rootPages(path);
  const last = readFileSync(path).length / pageSize;
  const used = new Set(roots.values());
  const below = Array.from({ length: last }, (_, nth) => nth + 1).filter((page) => page > 2 && !used.has(page));
  const copy = withBlank(path, below.slice(5), pageSize);
  const heard: string[] = [];
  const store = await openStore(`sqlite:${copy}`, { onDamaged: ({ message }) => heard.push(message) });
  await expect(sessions(store)).rejects.toThrow(damaged(copy));
  await expect(store.transaction((trx) => sessions({ db: trx }))).rejects.toThrow(damaged(copy));
  expect(heard).toEqual([damaged(copy), damaged(copy)]);
  await store.close();
});

test('the bot ends with that line alone and exit code 1, by a table at the opening and by an index later', async () => {
  const path = await makeDatabase();
  const { roots, pageSize } = rootPages(path);
  for (const name of READ_AT_START) {
    const copy = withBlank(path, [roots.get(name) ?? 0], pageSize);
    const bot = startBot({ DATABASE_URL: `sqlite:${copy}` });
    expect(await bot.ended, name).toBe(1);
    expect(plainLines(bot), name).toEqual([damaged(copy)]);
  }
}, 60_000);
