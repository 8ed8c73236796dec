import type { Fact } from '../facts/fact.ts';
import { readFiledFacts as read } from '../store/filed-facts.ts';
import { lookUp } from './own-store.ts';

/**
 * The facts that filings have brought into the bot's database; none where there is no database yet.
 * @throws StoreError
 */
export const readFiledFacts = async (): Promise<Fact[]> => (await lookUp((db) => read(db))) ?? [];
