import type { CompiledQuery, DialectAdapter } from 'kysely';
import type { Db } from './store.ts';

/** Gives the statement of a key, compiled once for each database. */
type CompiledQueries<Key> = (db: Db, key: Key, compile: () => CompiledQuery) => CompiledQuery;

/**
 * Caches compiled statements for the hottest paths: compiling a long one costs as much as running it. A statement is
 * written for one database and its placeholders, so each has statements of its own; its transactions share them.
 */
export const cacheCompiledQueries = <Key>(): CompiledQueries<Key> => {
  const byDatabase = new WeakMap<DialectAdapter, Map<Key, CompiledQuery>>();
  return (db, key, compile) => {
    // A transaction is a new object each time; the adapter is the same as its database's.
    const { adapter } = db.getExecutor();
    const queries = byDatabase.get(adapter) ?? new Map<Key, CompiledQuery>();
    byDatabase.set(adapter, queries);
    const query = queries.get(key) ?? compile();
    queries.set(key, query);
    return query;
  };
};
