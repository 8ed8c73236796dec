import { Socket } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import type { Client } from 'pg';
import type { LockOptions } from '../lock.ts';
import { StoreError } from '../store-error.ts';
import { postgresConfig } from './config.ts';
import { createConnector } from './connector.ts';
import { postgresFault } from './faults.ts';

/** Any number: the first half of the lock's key; the second is of the schema, so that each has a bot of its own. */
const LOCK_KEY = 1_934_386_533;
/** Time for a bot that is stopping to release the lock, and the time between tries. */
const LOCK_WAIT_MS = 2_000;
const TRY_INTERVAL_MS = 100;

/** True once the session holds the lock; false if another held it for `LOCK_WAIT_MS`. */
const take = async (client: Client): Promise<boolean> => {
  // The server finds out within a minute that this machine is gone, and releases the lock.
  await client.query(
    'set tcp_keepalives_idle = 30; set tcp_keepalives_interval = 10; set tcp_keepalives_count = 3; set idle_session_timeout = 0',
  );
  for (const deadline = performance.now() + LOCK_WAIT_MS; ; await wait(TRY_INTERVAL_MS)) {
    const { rows } = await client.query<{ taken: boolean }>(
      'select pg_try_advisory_lock($1::int, hashtext(current_schema())) as taken',
      [LOCK_KEY],
    );
    if (rows[0]?.taken === true) return true;
    if (performance.now() >= deadline) return false;
  }
};

/**
 * `lockDatabase` for PostgreSQL: an advisory lock of a session of its own. If that session is lost, another one takes the
 * lock again. @throws StoreError
 */
export const lockPostgres = async (
  url: string,
  { log, onLost, waitMs = Number.POSITIVE_INFINITY }: LockOptions,
): Promise<() => void> => {
  const config = postgresConfig(url);
  const { name } = config;
  const released = new AbortController();
  const options = { log, signal: released.signal, waitMs };
  const connector = createConnector(config, options);
  let holder: Client | undefined;
  let wasHeld = false;

  const holdOnce = async (): Promise<void> => {
    // Later on, the store's own connection has something to say.
    const client = await connector.connect({ quiet: wasHeld });
    client.on('end', () => {
      if (holder !== client) return;
      holder = undefined;
      hold().catch(onLost);
    });
    if (!(await take(client))) {
      await client.end();
      throw new StoreError(
        `another Slidewatch is already using the database ${name}; stop that one, or give this one a DATABASE_URL of its own`,
      );
    }
    holder = client;
    wasHeld = true;
    // Holding the lock alone keeps no process running.
    const { stream } = client.connection;
    if (stream instanceof Socket) stream.unref();
  };
  /** @throws StoreError if another bot holds it. */
  const hold = async (): Promise<void> => {
    while (!released.signal.aborted)
      try {
        return await holdOnce();
      } catch (error) {
        const fault = postgresFault(error, name);
        if (!fault?.away || Number.isFinite(waitMs)) throw fault ?? error;
        await wait(TRY_INTERVAL_MS);
      }
  };

  await hold();
  return () => {
    released.abort();
    const client = holder;
    holder = undefined;
    void client?.end();
  };
};
