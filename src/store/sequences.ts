import { sql } from 'kysely';
import type { Db } from './store.ts';

/** By table: the highest id that was ever given there. Ids are never given again: messages are known by them. */
export type LastIds = Readonly<Record<string, number>>;

/** Where a database keeps the last ids. */
export interface Sequences {
  read(db: Db): Promise<LastIds>;
  /** The next row of each table gets the id after the given one. */
  write(db: Db, last: LastIds): Promise<void>;
}

interface LastId {
  readonly name: string;
  readonly last: number;
}

const byTable = (rows: readonly LastId[]): LastIds => Object.fromEntries(rows.map(({ name, last }) => [name, last]));

/** Of `autoincrement` columns. */
export const sqliteSequences: Sequences = {
  read: async (db) => byTable((await sql<LastId>`select name, seq as last from sqlite_sequence`.execute(db)).rows),
  write: async (db, last) => {
    for (const [name, id] of Object.entries(last)) {
      await sql`delete from sqlite_sequence where name = ${name}`.execute(db);
      await sql`insert into sqlite_sequence (name, seq) values (${name}, ${id})`.execute(db);
    }
  },
};

/** Of identity columns, all of which are called `id`. */
export const postgresSequences: Sequences = {
  read: async (db) =>
    byTable(
      (
        await sql<LastId>`
          select c.table_name as name, s.last_value as last from information_schema.columns c
          join pg_sequences s on s.schemaname = c.table_schema
            and s.sequencename = replace(split_part(pg_get_serial_sequence(quote_ident(c.table_name), c.column_name), '.', 2), '"', '')
          where c.table_schema = current_schema() and c.is_identity = 'YES' and s.last_value is not null
        `.execute(db)
      ).rows,
    ),
  write: async (db, last) => {
    for (const [name, id] of Object.entries(last))
      await sql`select setval(pg_get_serial_sequence(${name}, 'id'), cast(${id} as bigint))`.execute(db);
  },
};
