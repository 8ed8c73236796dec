import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { DEFAULT_DATABASE_URL } from '../app/settings.ts';
import { createLedger, type Ledger } from '../facts/ledger.ts';
import { loadFacts } from '../facts/load.ts';
import { readFiledFacts } from '../store/filed-facts.ts';
import { sqlitePath, sqliteUrlIn } from '../store/sqlite.ts';
import { type Db, openStore } from '../store/store.ts';
import { root } from '../util/read-config.ts';

/** Where the bot keeps everything: a relative path is resolved against the project's folder, wherever the process was started. */
export const inProject = (url: string): string => sqliteUrlIn(root, url);

/** The database of this environment. */
export const databaseUrl = (): string => inProject(process.env.DATABASE_URL?.trim() || DEFAULT_DATABASE_URL);

/**
 * Looks something up in the bot's database; undefined if there is none yet.
 * @throws StoreError
 */
export const lookUp = async <T>(look: (db: Db) => Promise<T>): Promise<T | undefined> => {
  const url = databaseUrl();
  if (!existsSync(sqlitePath(url))) return undefined;
  const store = await openStore(url);
  try {
    return await look(store.db);
  } finally {
    await store.close();
  }
};

/** Figures from the shelf first, then those that filings have brought into the bot's database. @throws FactsError, StoreError */
export const ownLedger = async (): Promise<Ledger> =>
  createLedger([...loadFacts(join(root, 'config/facts')), ...((await lookUp(readFiledFacts)) ?? [])]);
