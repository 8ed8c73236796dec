import {
  DummyDriver,
  Kysely,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
  type RawBuilder,
  sql,
} from 'kysely';
import { expect, it } from 'vitest';
import { cacheCompiledQueries } from '../../../src/store/compiled-queries.ts';
import type { Schema } from '../../../src/store/schema.ts';
import type { Db } from '../../../src/store/store.ts';
import { openTestStore } from '../temporary.ts';

const postgres = (): Db =>
  new Kysely<Schema>({
    dialect: {
      createAdapter: () => new PostgresAdapter(),
      createDriver: () => new DummyDriver(),
      createIntrospector: (db) => new PostgresIntrospector(db),
      createQueryCompiler: () => new PostgresQueryCompiler(),
    },
  });

const statement: RawBuilder<unknown> = sql`select ${1}, ${2}`;

it('each database has the statement in its own words, whichever comes first', async () => {
  const { db: sqlite } = await openTestStore();
  const other = postgres();
  for (const databases of [
    [sqlite, other],
    [other, sqlite],
  ]) {
    const queries = cacheCompiledQueries<number>();
    for (const db of [...databases, ...databases])
      expect(queries(db, 2, () => statement.compile(db)).sql).toBe(db === sqlite ? 'select ?, ?' : 'select $1, $2');
  }
});

it('a statement is compiled once for a database and all its transactions', async () => {
  const store = await openTestStore();
  const queries = cacheCompiledQueries<number>();
  let compiled = 0;
  const compile = () => {
    compiled += 1;
    return statement.compile(store.db);
  };
  queries(store.db, 2, compile);
  for (let n = 0; n < 3; n += 1) await store.transaction(async (db) => void queries(db, 2, compile));
  expect(compiled).toBe(1);
  queries(store.db, 3, compile);
  expect(compiled).toBe(2);
});
