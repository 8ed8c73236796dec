import { existsSync } from 'node:fs';
import { type Db, openStore } from '../store/store.ts';
import { databasePath } from './database-url.ts';

/**
 * Looks something up in the bot's database; undefined where there is none yet.
 * @throws StoreError
 */
export const lookUp = async <T>(look: (db: Db) => Promise<T>): Promise<T | undefined> => {
  const path = databasePath();
  if (!existsSync(path)) return undefined;
  const store = await openStore(`sqlite:${path}`);
  try {
    return await look(store.db);
  } finally {
    await store.close();
  }
};
