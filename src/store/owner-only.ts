import { chmodSync, closeSync, openSync } from 'node:fs';

const OWNER_ONLY = 0o600;

/**
 * Makes a file that its owner alone may read, or makes one that is there so; SQLite's own files beside it follow. What cannot
 * be opened or changed is left to whoever opens it next, who can say why.
 */
export const ownerOnly = (path: string): void => {
  try {
    closeSync(openSync(path, 'a', OWNER_ONLY));
    chmodSync(path, OWNER_ONLY);
  } catch {
    // A folder, a file of another user, a file system without rights.
  }
};
