import { Client, type ClientConfig, types } from 'pg';
import { DATABASE_URL_FORM } from '../database-url.ts';
import { StoreError } from '../store-error.ts';

/** int8 and numeric: ids, times, prices and counts, all of which a double holds. pg would make text of them. */
const NUMBERS: ReadonlySet<number> = new Set([20, 1700]);

const getTypeParser = ((oid: number, format?: 'text' | 'binary') =>
  NUMBERS.has(oid) ? Number : types.getTypeParser(oid, format ?? 'text')) as typeof types.getTypeParser;

/** libpq's modes; pg means verify-full by all of them unless it is told otherwise. */
const LIBPQ_MODE = /[?&]sslmode=(prefer|require|verify-ca)(&|$)/;

const CONNECT_TIMEOUT_MS = 10_000;
const KEEP_ALIVE_AFTER_MS = 10_000;
const DEFAULT_PORT = 5432;

export interface PostgresConfig {
  /** `DATABASE on HOST`, for messages. */
  readonly name: string;
  readonly client: ClientConfig;
}

/** What pg needs to connect. @throws StoreError for a URL that it cannot read. */
export const postgresConfig = (url: string): PostgresConfig => {
  const libpq = LIBPQ_MODE.test(url) && !url.includes('uselibpqcompat=');
  const client: ClientConfig = {
    connectionString: libpq ? `${url}&uselibpqcompat=true` : url,
    application_name: 'slidewatch',
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    keepAlive: true,
    keepAliveInitialDelayMillis: KEEP_ALIVE_AFTER_MS,
    types: { getTypeParser },
  };
  try {
    const { database, host, port } = new Client(client);
    return { name: `${database} on ${host}${port === DEFAULT_PORT ? '' : `:${port}`}`, client };
  } catch (error) {
    // Errors of the URL repeat it, and it has a password; those of a file name the file.
    const file = error instanceof Error && 'path' in error ? `cannot read ${String(error.path)}, which it names` : '';
    throw new StoreError(`DATABASE_URL: ${file || DATABASE_URL_FORM}`);
  }
};
