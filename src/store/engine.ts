import type { Dialect, Kysely } from 'kysely';
import type { Logger } from '../telemetry/log.ts';
import type { Schema } from './schema.ts';
import type { Sequences } from './sequences.ts';
import type { StoreError } from './store-error.ts';

export interface StoreOptions {
  /**
   * Milliseconds to wait for a database that is locked by another process or away. Default: 5,000; for PostgreSQL 60,000
   * once it was opened.
   */
  readonly waitMs?: number;
  /** Hears when the database goes away and when it is back. */
  readonly log?: Logger;
  /** Called when a query finds that the file is damaged, before it rejects: whoever asked might go on without the answer. */
  readonly onDamaged?: (fault: StoreError) => void;
  /** Ends the waiting for a database that is away. */
  readonly signal?: AbortSignal;
}

/** A kind of database: all that differs between SQLite and PostgreSQL. Every query is the same for both. */
export interface Engine {
  /** The database in messages: a path, or its name and host. Never with a password. */
  readonly name: string;
  /** Its driver and its compiler, which says in the database's own words what the migrations mean. */
  readonly dialect: Dialect;
  /** Runs a transaction; again if it was rolled back for a reason that passes. */
  attempt<T>(transaction: () => Promise<T>): Promise<T>;
  /** The StoreError for what the database reports about itself; undefined for any other error, such as a bug. */
  faultOf(error: unknown): StoreError | undefined;
  readonly sequences: Sequences;
  /** Called after migrations have run. */
  tune(db: Kysely<Schema>): Promise<void>;
  /** Returns up to `pages` empty pages of the database to the disk; returns how many. */
  vacuum(pages: number): number;
}
