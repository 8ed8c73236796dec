import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inject, onTestFinished } from 'vitest';
import type { StoreOptions } from '../../src/store/engine.ts';
import { openStore, type Store } from '../../src/store/store.ts';
import { cloneDatabase } from './postgres/clone-database.ts';
import { quickFolder } from './quick-folder.ts';

/**
 * Every test of the store runs on SQLite (`npm test`) and on PostgreSQL (`npm run test:postgres`): this file alone knows
 * which. Tests of what only one of them has are in sqlite/ and in postgres/, and run there.
 */
const postgres = inject('postgres');

/** Path of a new SQLite database, in a folder that is deleted at the end of the test. */
export const databasePath = (inside = tmpdir()): string => {
  const folder = mkdtempSync(join(inside, 'slidewatch-store-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return join(folder, 'slidewatch.db');
};

/**
 * URL of a new database that lasts until the end of the test, however often it is opened. `often`: hundreds of times;
 * `empty`: without tables.
 */
export const newDatabase = async ({ often = false, empty = false } = {}): Promise<string> =>
  postgres
    ? (await cloneDatabase(postgres, { empty })).url
    : `sqlite:${databasePath(often ? quickFolder() : undefined)}`;

/** URL of a new database for one opening. */
export const onceDatabase = async (): Promise<string> =>
  postgres ? (await cloneDatabase(postgres)).url : 'sqlite::memory:';

/** Opens a store that is closed at the end of the test; default: on a database of its own, which is gone then. */
export const openTestStore = async (url?: string, options?: StoreOptions): Promise<Store> => {
  const clone = url === undefined && postgres ? await cloneDatabase(postgres) : undefined;
  const store = await openStore(url ?? clone?.url ?? 'sqlite::memory:', options);
  const close = async (): Promise<void> => {
    await store.close();
    await clone?.drop();
  };
  onTestFinished(close);
  return { ...store, close };
};
