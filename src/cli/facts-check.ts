import { FactsError } from '../facts/fact-fault.ts';
import { checkFacts, FACTS_FOLDER, loadFacts, readFactFiles } from '../facts/fact-files.ts';

/**
 * Checks the curated figures and, if `live`, compares the ledger with Yahoo. Returns false if Yahoo could not be
 * reached.
 * @throws FactsError with all problems, StoreError
 */
export const check = async (live: boolean, print: (text: string) => void): Promise<boolean> => {
  const files = readFactFiles(FACTS_FOLDER);
  const faults = checkFacts(files);
  if (faults.length > 0) throw new FactsError(faults);
  print(`${loadFacts().length} figures in ${files.length} files, no problems\n`);
  if (!live) return true;
  const { checkLive } = await import('./facts-check-live.ts');
  const { ownLedger, ownSettings } = await import('./own-store.ts');
  const { yahooUrl: url } = ownSettings();
  return checkLive(await ownLedger(), print, { url, now: Date.now() });
};
