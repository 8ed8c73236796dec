import { ExponentialBackoff, handleWhen, retry } from 'cockatiel';
import { PostgresDialect, sql } from 'kysely';
import type { Engine, StoreOptions } from './engine.ts';
import { checkDatabase } from './postgres/check.ts';
import { MigrationsCompiler } from './postgres/compiler.ts';
import { postgresConfig } from './postgres/config.ts';
import { createConnector } from './postgres/connector.ts';
import { isPassing, postgresFault } from './postgres/faults.ts';
import { postgresSequences } from './postgres/sequences.ts';
import { createSession } from './postgres/session.ts';

/** Tries of one transaction. */
const TRIES = 6;
const FIRST_WAIT_MS = 20;
const LONGEST_WAIT_MS = 1_000;

/** Opens and checks a connection, and gives it to `use`, which has to close it. @throws StoreError */
const opened = async (url: string, options: StoreOptions) => {
  const config = postgresConfig(url);
  const connector = createConnector(config, options);
  const client = await connector.connect();
  try {
    return { ...config, connector, first: client, ...(await checkDatabase(client, config.name)) };
  } catch (error) {
    await client.end();
    throw postgresFault(error, config.name) ?? error;
  }
};

/** Whether a bot has used this database before. @throws StoreError */
export const postgresExists = async (url: string): Promise<boolean> => {
  const { first, isEmpty } = await opened(url, {});
  await first.end();
  return !isEmpty;
};

/**
 * Opens a PostgreSQL database as a Kysely dialect, with one connection: transactions come one after the other, as on
 * SQLite. Conflicts, lost connections and restarts of the server are tried again.
 * @throws StoreError
 */
export const openPostgres = async (url: string, options: StoreOptions): Promise<Engine> => {
  const { name, connector, first } = await opened(url, options);
  const dialect = new PostgresDialect({ pool: createSession(connector, first) });
  dialect.createQueryCompiler = () => new MigrationsCompiler();
  const policy = retry(handleWhen(isPassing), {
    maxAttempts: TRIES - 1,
    backoff: new ExponentialBackoff({ initialDelay: FIRST_WAIT_MS, maxDelay: LONGEST_WAIT_MS }),
  });
  return {
    name,
    dialect,
    attempt: (transaction) => policy.execute(transaction),
    faultOf: (error) => postgresFault(error, name),
    sequences: postgresSequences,
    /** The queue's rows change several times within minutes: room for that in each page, and a vacuum well before a fifth of them is dead. */
    tune: async (db) => {
      await sql`alter table deliveries set (fillfactor = 80, autovacuum_vacuum_scale_factor = 0.02)`.execute(db);
    },
    // Autovacuum does it.
    vacuum: () => 0,
  };
};
