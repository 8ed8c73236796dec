import { existsSync } from 'node:fs';
import type { Fact } from '../facts/fact.ts';
import { readFiledFacts as read } from '../store/filed-facts.ts';
import { openStore } from '../store/store.ts';
import { databasePath } from './database-url.ts';

/**
 * The facts that filings have brought into the bot's database; none where there is no database yet.
 * @throws StoreError
 */
export const readFiledFacts = async (): Promise<Fact[]> => {
  const path = databasePath();
  if (!existsSync(path)) return [];
  const store = await openStore(`sqlite:${path}`);
  try {
    return await read(store.db);
  } finally {
    await store.close();
  }
};
