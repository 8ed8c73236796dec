import { FactsError } from '../facts/fact-fault.ts';
import { checkFacts, FACTS_FOLDER, loadFacts, readFactFiles } from '../facts/fact-files.ts';
import { openText } from './open-text.ts';

/**
 * Checks the curated figures, names those of filings that are late or held back, and, if `live`, compares the ledger with Yahoo. Returns false if Yahoo could not be
 * reached.
 * @throws FactsError with all problems, StoreError
 */
export const check = async (live: boolean, print: (text: string) => void): Promise<boolean> => {
  const files = readFactFiles(FACTS_FOLDER);
  const faults = checkFacts(files);
  if (faults.length > 0) throw new FactsError(faults);
  print(`${loadFacts().length} figures in ${files.length} files, no problems\n`);
  const { lookUp, ownLedger, ownSettings } = await import('./own-store.ts');
  const { readOpenFigures } = await import('../store/filed-facts.ts');
  for (const open of (await lookUp((db) => readOpenFigures(db))) ?? []) print(`${open.subject}: ${openText(open)}\n`);
  if (!live) return true;
  const { checkLive } = await import('./facts-check-live.ts');
  const { yahooUrl: url } = ownSettings();
  return checkLive(await ownLedger(), print, { url, now: Date.now() });
};
