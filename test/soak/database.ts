import { DatabaseSync } from 'node:sqlite';
import { Client } from 'pg';
import { EMPTY, runOn, withDatabase } from '../store/postgres/clone-database.ts';
import { makeServer } from '../store/postgres/test-server.ts';

export const DATABASES = ['sqlite', 'postgres'] as const;
export type DatabaseKind = (typeof DATABASES)[number];

export type Row = Readonly<Record<string, string | number | null>>;

/** A soak's own database, as another process than the bot sees it. */
export interface SoakDatabase {
  /** The bot's DATABASE_URL. */
  readonly url: string;
  /** Runs a query with `?` in place of each value. @throws Error if the database cannot be read at the moment. */
  rows(sql: string, ...values: readonly (string | number)[]): Promise<Row[]>;
  /** Kills the server and starts it again. Absent without a server. */
  restart?(): Promise<void>;
  /** Stops the server and deletes its data; leaves a file as it is. */
  close(): Promise<void>;
}

const sqliteDatabase = (path: string): SoakDatabase => ({
  url: `sqlite:${path}`,
  // The file is not held open between reads: after a kill, the bot alone has to repair it.
  rows: async (sql, ...values) => {
    const database = new DatabaseSync(path, { readOnly: true, timeout: 1_000 });
    try {
      return database.prepare(sql).all(...values) as Row[];
    } finally {
      database.close();
    }
  },
  close: async () => undefined,
});

/** A server of its own that flushes each commit: it is killed. Undefined if this machine has no PostgreSQL. */
const postgresDatabase = async (): Promise<SoakDatabase | undefined> => {
  const server = makeServer({ fsync: 'on' });
  if (!server) return undefined;
  await server.start();
  const url = withDatabase(server.url, 'soak');
  await runOn(server.url, `create database soak ${EMPTY}`);
  let reader: Client | undefined;
  const connected = async (): Promise<Client> => {
    if (reader) return reader;
    const client = new Client({ connectionString: url });
    client.on('error', () => undefined);
    await client.connect();
    reader = client;
    return client;
  };
  const disconnect = async (): Promise<void> => {
    const client = reader;
    reader = undefined;
    await client?.end().catch(() => undefined);
  };
  return {
    url,
    rows: async (sql, ...values) => {
      let place = 0;
      const text = sql.replaceAll('?', () => {
        place += 1;
        return `$${place}`;
      });
      try {
        return (await (await connected()).query<Row>(text, [...values])).rows;
      } catch (error) {
        await disconnect();
        throw error;
      }
    },
    restart: async () => {
      await server.kill();
      await server.start();
    },
    close: async () => {
      await disconnect();
      await server.remove();
    },
  };
};

/** Makes a database for one soak; undefined if this machine has no PostgreSQL. `path` is for a SQLite file. */
export const makeDatabase = async (kind: DatabaseKind, path: string): Promise<SoakDatabase | undefined> =>
  kind === 'sqlite' ? sqliteDatabase(path) : postgresDatabase();
