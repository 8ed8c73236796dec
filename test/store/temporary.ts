import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { SqliteOptions } from '../../src/store/sqlite.ts';
import { openStore, type Store } from '../../src/store/store.ts';

/** A folder in memory if the system has one: for tests that open a file hundreds of times. */
export const quickFolder = (): string => (existsSync('/dev/shm') ? '/dev/shm' : tmpdir());

/** Path of a new database, in a folder that is deleted at the end of the test. */
export const databasePath = (inside = tmpdir()): string => {
  const folder = mkdtempSync(join(inside, 'slidewatch-store-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return join(folder, 'slidewatch.db');
};

/** Opens a store that is closed at the end of the test; default: in memory. */
export const openTestStore = async (path = ':memory:', options?: SqliteOptions): Promise<Store> => {
  const store = await openStore(`sqlite:${path}`, options);
  onTestFinished(() => store.close());
  return store;
};

/** A row for `splits`; the session identifies it. */
export const split = (session: string) => ({ symbol: 'NVDA', session, numerator: 10, denominator: 1 });

/** The sessions of all stored splits. */
export const sessions = async ({ db }: Store): Promise<string[]> => {
  const rows = await db.selectFrom('splits').select('session').orderBy('session').execute();
  return rows.map(({ session }) => session);
};
