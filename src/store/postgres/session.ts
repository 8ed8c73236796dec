import { setTimeout as wait } from 'node:timers/promises';
import { ConstantBackoff, handleWhen, retry } from 'cockatiel';
import type { PostgresPool, PostgresPoolClient } from 'kysely';
import type { Client, QueryResult } from 'pg';
import { columnValue } from '../column-value.ts';
import type { Connector } from './connector.ts';
import { isLost, isPassing, isUnknownTransaction, NO_ANSWER } from './faults.ts';
import { createStatementNames } from './statement-names.ts';

/** A query without an answer by then means a lost connection. DDL may take as long as it takes. */
const ANSWER_TIMEOUT_MS = 120_000;
const DDL = /^(create|alter|drop)\b/i;
/** Tries of one statement, on a new connection if the one before was lost. */
const TRIES = 4;
const STATUS_INTERVAL_MS = 100;

type Result = Pick<QueryResult, 'command' | 'rowCount' | 'rows'>;
type Values = readonly unknown[];

const finished = (command: 'COMMIT' | 'ROLLBACK'): Result => ({ command, rowCount: 0, rows: [] });

/** @throws TypeError for a value that no column takes. */
const checkedValues = (values: Values): unknown[] =>
  values.map((value) => {
    // Kysely reads the catalogue with flags.
    const checked = typeof value === 'boolean' ? value : columnValue(value);
    // PostgreSQL's text has no U+0000.
    return typeof checked === 'string' ? checked.replaceAll('\0', '\ufffd') : checked;
  });

const drop = (client: Client): void => void client.end().catch(() => undefined);

/** Makes a lock: each caller of `acquire` waits for those before it to release. */
const createLock = () => {
  let last: Promise<void> = Promise.resolve();
  return {
    acquire: async (): Promise<() => void> => {
      const before = last;
      const { promise, resolve } = Promise.withResolvers<void>();
      last = promise;
      await before;
      return resolve;
    },
  };
};

/**
 * One connection for all that is written, as a pool for Kysely: transactions come one after the other, as on SQLite. A
 * lost connection is replaced. A statement outside of a transaction is then sent again, so it must be one that may be.
 * A transaction fails with the error of the lost connection, and is certain to be rolled back: if the connection was lost
 * while it was being committed, the server is asked how that ended.
 */
export const createSession = (connector: Connector, first: Client): PostgresPool => {
  const lock = createLock();
  let current: Client | undefined;
  const use = (client: Client): Client => {
    current = client;
    const forget = (): void => {
      if (current === client) current = undefined;
    };
    client.on('error', forget);
    client.on('end', forget);
    return client;
  };
  use(first);
  const nameOf = createStatementNames();
  const ask = async (client: Client, text: string, values: Values = []): Promise<QueryResult> => {
    const isDdl = DDL.test(text);
    const timer = isDdl
      ? undefined
      : setTimeout(() => client.connection.stream.destroy(new Error(NO_ANSWER)), ANSWER_TIMEOUT_MS);
    try {
      const name = isDdl ? undefined : nameOf(text);
      return await client.query({ text, values: checkedValues(values), ...(name !== undefined && { name }) });
    } finally {
      clearTimeout(timer);
    }
  };
  const ready = async (patient = false): Promise<Client> => current ?? use(await connector.connect({ patient }));
  const lose = (client: Client): void => {
    if (current === client) current = undefined;
    drop(client);
  };

  const repeated = retry(handleWhen(isPassing), { maxAttempts: TRIES - 1, backoff: new ConstantBackoff(0) });
  /** Sends a statement on a connection that works; returns that, too. */
  const askSteadily = (text: string, values: Values, patient = false) =>
    repeated.execute(async () => {
      const client = await ready(patient);
      try {
        return { client, result: await ask(client, text, values) };
      } catch (error) {
        if (isLost(error)) lose(client);
        throw error;
      }
    });

  /** Whether a transaction was committed whose COMMIT got no answer. */
  const wasCommitted = async (id: string): Promise<boolean> => {
    for (;;) {
      try {
        const { result } = await askSteadily('select pg_xact_status($1::text::xid8) as status', [id], true);
        const { status } = result.rows[0] ?? {};
        if (status !== 'in progress') return status === 'committed';
      } catch (error) {
        // A standby that took over has never heard of it.
        if (isUnknownTransaction(error)) return false;
        throw error;
      }
      await wait(STATUS_INTERVAL_MS);
    }
  };

  const commit = async (client: Client): Promise<Result> => {
    const { rows } = await ask(client, 'select pg_current_xact_id_if_assigned()::text as id');
    const id: string | null = rows[0]?.id ?? null;
    try {
      return await ask(client, 'commit');
    } catch (error) {
      if (!isLost(error)) throw error;
      lose(client);
      if (id === null || (await wasCommitted(id))) return finished('COMMIT');
      throw error;
    }
  };

  const lend = (release: () => void): PostgresPoolClient => {
    /** The connection of the transaction under way, and the error that it was lost by. */
    let transaction: { readonly client: Client; lostBy?: unknown } | undefined;
    const askWithin = async (
      { client, lostBy }: { client: Client; lostBy?: unknown },
      text: string,
      values: Values,
    ) => {
      if (lostBy !== undefined) {
        if (text === 'rollback') return finished('ROLLBACK');
        throw lostBy;
      }
      return text === 'commit' ? commit(client) : ask(client, text, values);
    };
    const query = async (text: string, values: Values = []): Promise<Result> => {
      if (!transaction) {
        const { client, result } = await askSteadily(text, values);
        if (text === 'begin') transaction = { client };
        return result;
      }
      const under = transaction;
      try {
        const result = await askWithin(under, text, values);
        if (text === 'commit' || text === 'rollback') transaction = undefined;
        return result;
      } catch (error) {
        if (isLost(error)) lose(under.client);
        if (current !== under.client) under.lostBy ??= error;
        throw error;
      }
    };
    return {
      query: query as PostgresPoolClient['query'],
      release: (destroy) => {
        if (destroy === true && current) lose(current);
        release();
      },
    };
  };

  return {
    options: {},
    connect: async () => lend(await lock.acquire()),
    end: async () => {
      const release = await lock.acquire();
      const client = current;
      current = undefined;
      await client?.end();
      release();
    },
  };
};
