/** The database cannot be used. The message is one line: which, what is wrong, what to do. The file is untouched. */
export class StoreError extends Error {
  override readonly name = 'StoreError';
}

/** What node:sqlite reports, by SQLite's primary result code. */
const faults: Readonly<Record<number, string>> = {
  5: 'is locked by another process; stop the other Slidewatch, or wait for its backup to end',
  8: 'may not be written; give the user who runs Slidewatch write permission on it and its folder',
  10: 'could not be read or written; check the disk',
  11: 'is damaged; move it away and restore a backup, or start afresh without it',
  13: 'could not be written: the disk is full; free some space and start again',
  14: 'cannot be opened; check that its folder exists and may be written',
  26: 'is not a SQLite database; point DATABASE_URL at another file, or move this one away',
};

const resultCode = (error: unknown): number | undefined => {
  if (!(error instanceof Error)) return undefined;
  const code = (error as Error & { errcode?: unknown }).errcode;
  return typeof code === 'number' ? code & 0xff : undefined;
};

/** The one line for what SQLite says of a file that it cannot work with; undefined for any other error. */
export const fileFault = (error: unknown, path: string): StoreError | undefined => {
  if (error instanceof StoreError) return error;
  const code = resultCode(error);
  const said = code === undefined ? undefined : faults[code];
  return said === undefined ? undefined : new StoreError(`the database ${path} ${said}`, { cause: error });
};

/** The one line for a fault of the database; anything else is handed back as it is. */
export const storeFault = (error: unknown, path: string): unknown => {
  const fault = fileFault(error, path);
  if (fault) return fault;
  if (error instanceof Error && 'syscall' in error)
    return new StoreError(`the database ${path} cannot be opened (${error.message}); check the path in DATABASE_URL`, {
      cause: error,
    });
  return error;
};
