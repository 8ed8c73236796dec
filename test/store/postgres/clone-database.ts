import { Client } from 'pg';
import { onTestFinished } from 'vitest';

/** A server for tests, and a database on it that has been migrated. */
export interface ProvidedServer {
  /** URL of a database of which others can be made. */
  readonly url: string;
  readonly template: string;
  /** Whether test-server.ts has made it. */
  readonly isOwn: boolean;
}

declare module 'vitest' {
  interface ProvidedContext {
    /** Absent where tests run on SQLite. */
    postgres?: ProvidedServer;
  }
}

/** The URL with another database. */
export const withDatabase = (url: string, name: string): string => url.replace(/\/[^/?]+(?=\?|$)/, `/${name}`);

/** Runs statements one after the other on a connection of its own; returns the rows of the last. */
export const runOn = async (url: string, ...statements: readonly string[]): Promise<Record<string, unknown>[]> => {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    let rows: Record<string, unknown>[] = [];
    for (const statement of statements) ({ rows } = await client.query(statement));
    return rows;
  } finally {
    await client.end();
  }
};

/** The form of a database without tables. */
export const EMPTY = "template template0 encoding 'UTF8' locale 'C'";

let made = 0;

/** A database of a test's own. */
export interface Clone {
  readonly url: string;
  /** Deletes it; the end of the test does, too. */
  drop(): Promise<void>;
}

/** Copies the template, or makes an empty database. */
export const cloneDatabase = async ({ url, template }: ProvidedServer, { empty = false } = {}): Promise<Clone> => {
  made += 1;
  const name = `${template}_${process.pid}_${made}`;
  await runOn(url, `create database ${name} ${empty ? EMPTY : `template ${template} strategy file_copy`}`);
  let dropped = false;
  const drop = async (): Promise<void> => {
    if (dropped) return;
    dropped = true;
    await runOn(url, `drop database ${name} with (force)`);
  };
  onTestFinished(drop);
  return { url: withDatabase(url, name), drop };
};
