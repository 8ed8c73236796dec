import { sql } from 'kysely';
import { type LastId, lastIdsByTable, type Sequences } from '../sequences.ts';

/** Of identity columns, all of which are called `id`. */
export const postgresSequences: Sequences = {
  read: async (db) =>
    lastIdsByTable(
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
