import { loadCompanies } from '../facts/companies.ts';
import { createEdgarClient, type EdgarOptions } from '../facts/edgar/client.ts';
import { userAgentOf } from '../facts/edgar/contact.ts';
import { shareSubmissions } from '../facts/edgar/share-submissions.ts';
import { FACTS_FOLDER, loadFacts } from '../facts/fact-files.ts';
import { createFactStore } from '../facts/fact-store.ts';
import { loadWatchlist } from '../market/watchlist.ts';
import { refreshFromDocuments } from '../refresh/refresh-documents.ts';
import { refreshFromFilings } from '../refresh/refresh-facts.ts';
import { cachedAnswers } from '../store/edgar-cache.ts';
import { readFiledFacts } from '../store/filed-facts.ts';
import { readOpenNotes } from '../store/open-notes.ts';
import { openStore } from '../store/store.ts';
import { createLogger } from '../telemetry/log.ts';
import { openText } from './open-text.ts';
import { databaseUrl, ownSettings } from './own-store.ts';
import { table } from './table.ts';

const counted = (count: number, what: string): string => `${count} ${what}${count === 1 ? '' : 's'}`;

/**
 * Reads new quarters from EDGAR into the bot's database and prints them. Returns false if a company could not be read.
 * `time` replaces the clock that spaces the requests.
 * @throws SettingsError, EdgarError without a contact, StoreError, FactsError
 */
export const refresh = async (
  print: (text: string) => void,
  time: Pick<EdgarOptions, 'clock' | 'wait'> = {},
): Promise<boolean> => {
  const log = await createLogger('error');
  const { edgar, timeZone } = ownSettings();
  // Fails without a contact, before a database is made.
  userAgentOf(edgar?.contact);
  const companies = loadCompanies();
  const curated = loadFacts(FACTS_FOLDER, companies);
  const store = await openStore(databaseUrl());
  try {
    const client = createEdgarClient({ contact: undefined, ...edgar, ...time, cache: cachedAnswers(store.db), log });
    const factStore = createFactStore(curated, await readFiledFacts(store.db));
    const parts = {
      ...{ store, client: shareSubmissions(client), factStore, companies, timeZone, log },
      watchlist: loadWatchlist(undefined, companies.entries),
    };
    const now = Date.now();
    const filings = await refreshFromFilings(parts, now);
    const documents = await refreshFromDocuments(parts, now, filings.failed);
    const failed = [...filings.failed, ...documents.failed];
    const rows = [
      ...filings.newQuarters.map(({ subject, facts, newest }) => [
        subject,
        `${counted(facts.length, 'new figure')}, up to ${newest.label}`,
      ]),
      ...filings.waiting.map((subject) => [subject, 'a new report is listed, but its figures are not available yet']),
      ...documents.read.flatMap(({ subject, document, facts, proposals }) => [
        ...(facts.length > 0
          ? [[subject, `${counted(facts.length, 'new segment figure')} from ${document.name}`]]
          : []),
        ...(proposals > 0 ? [[subject, `guidance to confirm: ${proposals}; see npm run facts -- proposals`]] : []),
      ]),
      ...documents.waiting.map((subject) => [subject, 'a new report is listed, but its document is not available yet']),
      ...(await readOpenNotes(store.db)).map((open) => [open.subject, openText(open)]),
      ...failed.map(({ subject, reason }) => [subject, reason]),
    ];
    print(rows.length === 0 ? 'Nothing new.\n' : `${table([{ title: 'company' }, { title: 'result' }], rows)}\n`);
    return failed.length === 0;
  } finally {
    await store.close();
  }
};
