import { type Article, loadArticle } from '../facts/article.ts';
import { type FactFault, FactsError } from '../facts/fact-fault.ts';
import { checkFacts, FACTS_FOLDER, loadFacts, readFactFiles } from '../facts/fact-files.ts';
import { MIN_FIRST_HAND_PERCENT, type SourceQuality, sourceQuality } from '../facts/source-quality.ts';
import { configFile, displayPath } from '../util/read-config.ts';
import { openText } from './open-text.ts';

const percent = ({ ownFirstHandPercent }: SourceQuality): string => ownFirstHandPercent.toFixed(1);

/** "627 first-hand, 30 secondary, 24 undated …" */
const qualityText = (quality: SourceQuality): string =>
  [
    `${quality.firstHand} first-hand, ${quality.secondary} secondary; ${quality.undated} undated, which count from 16:00`,
    `${percent(quality)}% of capex, cash flow, revenue, cloud and guidance first-hand, all with a link to a page`,
  ].join('\n');

/** What is shipped and cannot be used: too much of it told by others, results without a minute, a link to a site, an article without its figures. */
export const boundFaults = (quality: SourceQuality, article: Article): FactFault[] => [
  ...(quality.ownFirstHandPercent < MIN_FIRST_HAND_PERCENT ? [tooFewFirstHand(quality)] : []),
  ...quality.undatedResults.map(({ id }) => ({
    file: displayPath(FACTS_FOLDER),
    line: 1,
    message: `${id} is of a release and has neither a minute nor a bound; give \`released\` or \`known_by\``,
  })),
  ...quality.ownWithoutPage.map(({ id, source }) => ({
    file: displayPath(FACTS_FOLDER),
    line: 1,
    message: `${id} links to a site, ${source.url}; cite the page or document that has it`,
  })),
  ...article.missing.map((id) => ({
    file: displayPath(configFile('article.yaml')),
    line: 1,
    message: `${id} is in no fact file; correct the id under \`ledger\``,
  })),
];

const tooFewFirstHand = (quality: SourceQuality): FactFault => ({
  file: displayPath(FACTS_FOLDER),
  line: 1,
  message: `only ${percent(quality)}% of capex, cash flow, revenue, cloud and guidance are first-hand, less than ${MIN_FIRST_HAND_PERCENT}%; cite the companies' own documents`,
});

/**
 * Checks the curated figures, names those of filings that are late or held back, counts
 * guidance to confirm, and, if `live`, compares the ledger
 * with Yahoo. Returns false if Yahoo could not be reached.
 * @throws FactsError with all problems, StoreError
 */
export const check = async (live: boolean, print: (text: string) => void): Promise<boolean> => {
  const files = readFactFiles(FACTS_FOLDER);
  const faults = checkFacts(files);
  if (faults.length > 0) throw new FactsError(faults);
  const facts = loadFacts();
  const quality = sourceQuality(facts);
  const article = loadArticle(facts);
  const beyond = boundFaults(quality, article);
  if (beyond.length > 0) throw new FactsError(beyond);
  print(`${facts.length} figures in ${files.length} files, no problems\n${qualityText(quality)}\n`);
  print(`${article.figures.length} figures of the article, each with what is so\n`);
  const { lookUp, ownLedger, ownSettings } = await import('./own-store.ts');
  const { readOpenNotes } = await import('../store/open-notes.ts');
  const { readProposals } = await import('../store/proposals.ts');
  for (const open of (await lookUp((db) => readOpenNotes(db))) ?? []) print(`${open.subject}: ${openText(open)}\n`);
  const proposed = (await lookUp((db) => readProposals(db, { state: 'open' }))) ?? [];
  if (proposed.length > 0) print(`Guidance to confirm: ${proposed.length}; see npm run facts -- proposals\n`);
  if (!live) return true;
  const { checkLive } = await import('./facts-check-live.ts');
  const { yahooUrl: url } = ownSettings();
  return checkLive(await ownLedger(), print, { url, now: Date.now() });
};
