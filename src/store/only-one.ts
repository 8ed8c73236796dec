import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { StoreError, storeFault } from './store-error.ts';

const BUSY = 5;
/** A bot that is being stopped has so long to let go. */
const WAIT_MS = 2_000;

/** A connection that nobody holds is closed with the garbage, and its lock is gone. */
const held = new Set<DatabaseSync>();

/**
 * Makes sure that no other bot runs on this database until the process ends: two would each tell what happens. The lock
 * is the operating system's, on an empty file beside the database, so that not even a killed process leaves it behind;
 * whoever only reads the database is not concerned. Returns a way to let go.
 * @throws StoreError where another one holds it.
 */
export const onlyOne = (url: string): (() => void) => {
  const path = url.replace(/^sqlite:/, '');
  if (path === ':memory:') return () => undefined;
  let lock: DatabaseSync | undefined;
  try {
    mkdirSync(dirname(path), { recursive: true });
    lock = new DatabaseSync(`${path}.lock`, { timeout: WAIT_MS });
    lock.exec('BEGIN EXCLUSIVE');
  } catch (error) {
    lock?.close();
    if (error instanceof Error && 'errcode' in error && error.errcode === BUSY)
      throw new StoreError(
        `another Slidewatch runs on the database ${path}; stop that one, or give this one a DATABASE_URL of its own`,
        { cause: error },
      );
    throw storeFault(error, path);
  }
  const own = lock;
  held.add(own);
  return () => {
    held.delete(own);
    own.close();
  };
};
