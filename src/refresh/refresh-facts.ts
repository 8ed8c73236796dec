import type { EdgarClient } from '../facts/edgar/client.ts';
import { COMPANIES } from '../facts/edgar/companies.ts';
import type { FiledFacts } from '../facts/edgar/filed-facts.ts';
import { type Refreshed, refreshFacts } from '../facts/edgar/refresh.ts';
import type { FactStore } from '../facts/fact-store.ts';
import { createLedger } from '../facts/ledger.ts';
import type { Watchlist } from '../market/watchlist.ts';
import { enqueueForAll } from '../outbox/enqueue.ts';
import { addFiledFacts, readFiledFacts, readFilingMark, writeFilingMark } from '../store/filed-facts.ts';
import type { Store } from '../store/store.ts';
import type { Logger } from '../telemetry/log.ts';
import { figuresNews } from './figures-news.ts';

export interface RefreshParts {
  readonly store: Store;
  readonly client: EdgarClient;
  readonly factStore: FactStore;
  readonly watchlist: Watchlist;
  /** IANA name: where a channel has none of its own. */
  readonly timeZone: string;
  readonly log: Logger;
}

/**
 * Figures from filings, in the store. A company's new facts, the mark of how far its filings were read and the card
 * owed for them are one transaction; on the first look at a company the past is filled in, and nothing is told.
 */
const storedFacts = ({ store, factStore, ...parts }: RefreshParts, now: number): FiledFacts => ({
  known: (subject) => readFiledFacts(store.db, subject),
  seen: (subject) => readFilingMark(store.db, subject),
  add: async (facts, { subject, accession }) => {
    await store.transaction(async (db) => {
      const first = (await readFilingMark(db, subject)) === undefined;
      await addFiledFacts(db, facts, now);
      await writeFilingMark(db, subject, accession, now);
      if (first) return;
      const ledger = createLedger([...factStore.shelf, ...(await readFiledFacts(db))]);
      const nameOf = (symbol: string) => parts.watchlist.symbols.get(symbol)?.name ?? { en: symbol, ko: symbol };
      const story = figuresNews(ledger, facts, nameOf, now);
      if (story) await enqueueForAll(db, parts, story, { wanted: 'figures', symbol: subject }, { now, dueAt: now });
    });
    factStore.add(facts);
  },
});

/** Asks EDGAR for quarters that are not known yet, and owes every channel that wants it a card of what is news. */
export const refreshFromFilings = (parts: RefreshParts, now: number): Promise<Refreshed> =>
  refreshFacts({
    client: parts.client,
    companies: COMPANIES,
    filed: storedFacts(parts, now),
    shelf: parts.factStore.shelf,
    now,
    log: parts.log,
  });
