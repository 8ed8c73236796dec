import type { Client } from 'pg';
import { StoreError } from '../store-error.ts';
import { createAdvice } from './faults.ts';

/** PostgreSQL 15: the first with collations of its own choice in every catalogue, and the oldest that is tested. */
const OLDEST = 15;

/** Text sorts by its code points, as on SQLite. */
const BY_CODE_POINT = new Set(['C', 'POSIX', 'C.UTF-8', 'C.utf8', 'C.UTF8', 'PG_C_UTF8']);

interface DatabaseRow {
  readonly encoding: string;
  /** The locale by which it sorts, whatever provides it: `datlocale` since version 17, `daticulocale` before. */
  readonly locale: string;
  readonly schema: string | null;
}

/**
 * Checks that a database can be used: version, encoding, collation, schema, and that it is Slidewatch's or empty.
 * Returns whether it is still empty. @throws StoreError, in one line with what to do; nothing is changed.
 */
export const checkDatabase = async (client: Client, name: string): Promise<{ readonly isEmpty: boolean }> => {
  const refuse = (text: string): never => {
    throw new StoreError(`the database ${name} ${text}`);
  };
  const { rows: versions } = await client.query<{ number: number; version: string }>(
    `select current_setting('server_version_num')::int as number, current_setting('server_version') as version`,
  );
  const { number = 0, version = '' } = versions[0] ?? {};
  if (number < OLDEST * 10_000)
    refuse(`runs on PostgreSQL ${version}; Slidewatch needs ${OLDEST} or newer: update the server, or use another`);

  const { rows: databases } = await client.query<DatabaseRow>(
    `select pg_encoding_to_char(encoding) as encoding, current_schema() as schema,
      case datlocprovider when 'c' then datcollate
        else coalesce(to_jsonb(d) ->> 'datlocale', to_jsonb(d) ->> 'daticulocale', '') end as locale
      from pg_database d where datname = current_database()`,
  );
  const { encoding, locale, schema } = databases[0] ?? { encoding: '', locale: '', schema: null };
  if (encoding !== 'UTF8') refuse(`stores text as ${encoding}, which cannot hold every name; ${createAdvice(name)}`);
  if (!BY_CODE_POINT.has(locale))
    refuse(
      `sorts text by the rules of ${locale}, not by C.UTF-8: lists would come in another order, and an update of the server's system can break its indexes; ${createAdvice(name)}`,
    );
  if (schema === null)
    refuse('has no schema to write to; CREATE SCHEMA public in it, or set the search_path of its user');

  // Tables of extensions are nobody's own.
  const { rows: tables } = await client.query<{ name: string }>(
    `select relname as name from pg_class c
      where relnamespace = current_schema()::regnamespace and relkind in ('r', 'p')
      and not exists (select from pg_depend where classid = 'pg_class'::regclass and objid = c.oid and deptype = 'e')`,
  );
  if (tables.length > 0 && !tables.some((table) => table.name === 'kysely_migration'))
    refuse('has the tables of another program; point DATABASE_URL at a database of its own');
  return { isEmpty: tables.length === 0 };
};
