import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, realpathSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { basename, dirname, join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { makeFolder } from '../../util/make-folder.ts';
import { MEMORY } from '../database-url.ts';
import { ownerOnly } from '../owner-only.ts';
import { isLockedError, openingFault } from '../sqlite-faults.ts';
import { StoreError } from '../store-error.ts';

/** Time for a bot that is stopping to release the lock. */
const LOCK_WAIT_MS = 2_000;

/** Keeps the lock's connection reachable: garbage collection would close it and release the lock. */
const openLocks = new Set<DatabaseSync>();

/** The file itself, by whatever links it is named. */
const realPath = (path: string): string =>
  existsSync(path) ? realpathSync(path) : join(realpathSync(dirname(path)), basename(path));

const takenFault = (path: string, cause?: unknown): StoreError =>
  new StoreError(
    `another Slidewatch is already using the database ${path}; stop that one, or give this one a DATABASE_URL of its own`,
    { cause },
  );

/** An operating system lock on an empty file next to the database. */
const lockFile = (real: string, path: string): (() => void) => {
  let lock: DatabaseSync | undefined;
  try {
    ownerOnly(`${real}.lock`);
    lock = new DatabaseSync(`${real}.lock`, { timeout: LOCK_WAIT_MS });
    lock.exec('BEGIN EXCLUSIVE');
  } catch (error) {
    lock?.close();
    throw isLockedError(error) ? takenFault(path, error) : openingFault(error, path);
  }
  const held = lock;
  openLocks.add(held);
  return () => {
    openLocks.delete(held);
    held.close();
  };
};

/**
 * A name that only one process can have, which ends with it and which nobody can delete as a file: Linux's abstract sockets.
 * Elsewhere there is none.
 */
const lockName = async (real: string, path: string): Promise<() => void> => {
  if (process.platform !== 'linux') return () => undefined;
  const server: Server = createServer((socket) => socket.destroy());
  server.listen(`\0slidewatch-${createHash('sha256').update(real).digest('hex')}`);
  try {
    await once(server, 'listening');
  } catch (error) {
    throw takenFault(path, error);
  }
  server.unref();
  return () => server.close();
};

/**
 * `lockDatabase` for a file, whatever links it is named by, and even if the lock's file is deleted meanwhile.
 * @throws StoreError if another process holds it.
 */
export const lockSqlite = async (path: string): Promise<() => void> => {
  if (path === MEMORY) return () => undefined;
  let real: string;
  try {
    makeFolder(dirname(path));
    real = realPath(path);
  } catch (error) {
    throw openingFault(error, path);
  }
  const releaseFile = lockFile(real, path);
  try {
    const releaseName = await lockName(real, path);
    return () => {
      releaseName();
      releaseFile();
    };
  } catch (error) {
    releaseFile();
    throw error;
  }
};
