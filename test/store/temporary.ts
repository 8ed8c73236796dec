import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { SqliteOptions } from '../../src/store/sqlite.ts';
import { openStore, type Store } from '../../src/store/store.ts';

/** Where files live in memory, if there is such a place: for tests that open one file hundreds of times. */
export const quickFolder = (): string => (existsSync('/dev/shm') ? '/dev/shm' : tmpdir());

/** The path of a database that does not exist yet, in a folder that is gone when the test is over. */
export const databasePath = (inside = tmpdir()): string => {
  const folder = mkdtempSync(join(inside, 'slidewatch-store-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return join(folder, 'slidewatch.db');
};

/** A store that is closed when the test is over; in memory unless a path is given. */
export const openTestStore = async (path = ':memory:', options?: SqliteOptions): Promise<Store> => {
  const store = await openStore(`sqlite:${path}`, options);
  onTestFinished(() => store.close());
  return store;
};

/** A split to write, told apart by its session. */
export const split = (session: string) => ({ symbol: 'NVDA', session, numerator: 10, denominator: 1 });

/** The sessions of the splits on file. */
export const sessions = async ({ db }: Store): Promise<string[]> => {
  const rows = await db.selectFrom('splits').select('session').orderBy('session').execute();
  return rows.map(({ session }) => session);
};
