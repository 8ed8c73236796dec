import { StoreError } from './store-error.ts';

/** Result code of a locked database. */
const BUSY_CODE = 5;
/** Those of a file with a page that cannot be read, and of one whose first page is not SQLite's. */
const DAMAGE_CODES: readonly (number | undefined)[] = [11, 26];

/** What is wrong and what to do, by SQLite's primary result code (https://sqlite.org/rescode.html). */
const FAULTS: Readonly<Record<number, string>> = {
  [BUSY_CODE]: 'is locked by another process; stop the other Slidewatch or wait for the backup to finish',
  8: 'is not writable; give the user running Slidewatch write permission on the file and its folder',
  10: 'could not be read or written; free up space if the disk is full, or check it for errors',
  11: 'is damaged; move it aside and restore a backup, or start with a new database',
  13: 'could not be written: the disk is full; free up space and restart',
  14: 'cannot be opened; check that its folder exists and is writable',
  26: 'is not a SQLite database; point DATABASE_URL at another file, or move this one aside',
};

const resultCode = (error: unknown): number | undefined => {
  if (!(error instanceof Error)) return undefined;
  const code = (error as Error & { errcode?: unknown }).errcode;
  return typeof code === 'number' ? code & 0xff : undefined;
};

/** Whether SQLite reports that another connection holds the lock. */
export const isLockedError = (error: unknown): boolean => resultCode(error) === BUSY_CODE;

/** Whether SQLite reports that the file is damaged: nothing that it says can be relied on any more. */
export const isDamageError = (error: unknown): boolean => DAMAGE_CODES.includes(resultCode(error));

/** The StoreError for an error that SQLite reports about the file at `path`; undefined for any other error. */
export const sqliteFault = (error: unknown, path: string): StoreError | undefined => {
  if (error instanceof StoreError) return error;
  const code = resultCode(error);
  const fault = code === undefined ? undefined : FAULTS[code];
  return fault === undefined ? undefined : new StoreError(`the database ${path} ${fault}`, { cause: error });
};

/** The StoreError for an error of opening the file or making its folder; any other error is returned as it is. */
export const openingFault = (error: unknown, path: string): unknown => {
  const fault = sqliteFault(error, path);
  if (fault) return fault;
  if (error instanceof Error && 'syscall' in error)
    return new StoreError(`the database ${path} cannot be opened (${error.message}); check the path in DATABASE_URL`, {
      cause: error,
    });
  return error;
};
