import { sql } from 'kysely';
import { type LastId, lastIdsByTable, type Sequences } from '../sequences.ts';

/** Of `autoincrement` columns. */
export const sqliteSequences: Sequences = {
  read: async (db) =>
    lastIdsByTable((await sql<LastId>`select name, seq as last from sqlite_sequence`.execute(db)).rows),
  write: async (db, last) => {
    for (const [name, id] of Object.entries(last)) {
      await sql`delete from sqlite_sequence where name = ${name}`.execute(db);
      await sql`insert into sqlite_sequence (name, seq) values (${name}, ${id})`.execute(db);
    }
  },
};
