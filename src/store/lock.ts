import type { Logger } from '../telemetry/log.ts';
import { isPostgresUrl, sqlitePath } from './database-url.ts';
import { lockSqlite } from './sqlite/lock.ts';
import type { StoreError } from './store-error.ts';

export interface LockOptions {
  readonly log: Logger;
  /** How long a PostgreSQL server that is away is waited for. Default: for ever. */
  readonly waitMs?: number;
  /** Called if the lock was lost, and another bot has taken it since: this one must not go on. */
  readonly onLost: (fault: StoreError) => void;
}

/**
 * Takes the single-instance lock of a database until the process ends: two bots on one database would each post every
 * alert. A killed process does not leave it behind, and readers of the database do not need it. A PostgreSQL server that
 * is away is waited for. Returns a function that releases it.
 * @throws StoreError if another process holds it.
 */
export const lockDatabase = async (url: string, options: LockOptions): Promise<() => void> => {
  if (!isPostgresUrl(url)) return lockSqlite(sqlitePath(url));
  const { lockPostgres } = await import('./postgres/lock.ts');
  return lockPostgres(url, options);
};
