import { DEFAULT_DATABASE_URL, readSettings, type Settings } from '../app/settings.ts';
import { loadFacts } from '../facts/fact-files.ts';
import { createLedger, type Ledger } from '../facts/ledger.ts';
import { loadCatalogue } from '../i18n/catalogue.ts';
import { databaseUrlIn } from '../store/database-url.ts';
import { readFiledFacts } from '../store/filed-facts.ts';
import { type Db, openStore, storeExists } from '../store/store.ts';
import { root } from '../util/read-config.ts';

/** The database URL, with a relative SQLite path resolved against the project folder, wherever the process was started. */
export const inProject = (url: string): string => databaseUrlIn(root, url);

/** The settings of this environment. @throws SettingsError */
export const ownSettings = (): Settings => readSettings(process.env, loadCatalogue().languages);

/** The database URL from the environment, or the default. */
export const databaseUrl = (): string => inProject(process.env.DATABASE_URL?.trim() || DEFAULT_DATABASE_URL);

/**
 * Runs a query on the bot's database; undefined if there is no database yet.
 * @throws StoreError
 */
export const lookUp = async <T>(look: (db: Db) => Promise<T>): Promise<T | undefined> => {
  const url = databaseUrl();
  if (!(await storeExists(url))) return undefined;
  const store = await openStore(url);
  try {
    return await look(store.db);
  } finally {
    await store.close();
  }
};

/** Curated figures, then those from filings in the bot's database. @throws FactsError, StoreError */
export const ownLedger = async (): Promise<Ledger> =>
  createLedger([...loadFacts(), ...((await lookUp(readFiledFacts)) ?? [])]);
