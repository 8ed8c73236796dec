import type { Companies } from '../facts/companies.ts';
import type { EdgarClient } from '../facts/edgar/client.ts';
import type { FiledFacts } from '../facts/edgar/filed-facts.ts';
import { type Refreshed, refreshFacts } from '../facts/edgar/refresh.ts';
import type { Fact } from '../facts/fact.ts';
import type { FactStore } from '../facts/fact-store.ts';
import { knownFrom } from '../facts/known-from.ts';
import { createLedger } from '../facts/ledger.ts';
import type { Watchlist } from '../market/watchlist.ts';
import { enqueueForAll } from '../outbox/enqueue.ts';
import {
  addFiledFacts,
  dropUndatedFacts,
  isDated,
  readFiledFacts,
  readFilingMark,
  readOpenFigures,
  writeFilingMark,
  writeOpenFigures,
} from '../store/filed-facts.ts';
import type { Store } from '../store/store.ts';
import type { Logger } from '../telemetry/log.ts';
import { enqueueBillNews } from './enqueue-bill-news.ts';
import { figuresNews, isNews } from './figures-news.ts';
import { isExpected } from './is-expected.ts';

export interface RefreshParts {
  readonly store: Store;
  readonly client: EdgarClient;
  readonly factStore: FactStore;
  readonly companies: Companies;
  readonly watchlist: Watchlist;
  /** IANA name: the zone of channels without one of their own. */
  readonly timeZone: string;
  readonly log: Logger;
}

/**
 * Filed facts in the store. A company's new facts, the mark of the last filing read and the deliveries of the cards are
 * one transaction. The first read of a company fills in its past and enqueues nothing; it takes the place of figures of
 * an earlier version, which knew no minutes.
 */
const storedFacts = ({ store, factStore, ...parts }: RefreshParts, now: number): FiledFacts => ({
  known: async (subject) => {
    const known = await readFiledFacts(store.db, subject);
    return (await readFilingMark(store.db, subject)) === undefined ? known.filter(isDated) : known;
  },
  seen: (subject) => readFilingMark(store.db, subject),
  open: (subject) => readOpenFigures(store.db, subject),
  note: (subject, open) => store.transaction((db) => writeOpenFigures(db, subject, open)),
  add: async (facts, { subject, accession, filed, open }) => {
    await store.transaction(async (db) => {
      const first = (await readFilingMark(db, subject)) === undefined;
      const noted = await readOpenFigures(db, subject);
      await writeOpenFigures(db, subject, open);
      if (first) await dropUndatedFacts(db, subject);
      await addFiledFacts(db, facts, now);
      await writeFilingMark(db, subject, accession, now);
      if (first) return;
      const ledger = createLedger([...factStore.curated, ...(await readFiledFacts(db))]);
      const nameOf = (symbol: string) => parts.watchlist.symbols.get(symbol)?.name ?? { en: symbol };
      const isAwaited = (it: Fact) => isExpected(it, noted, filed, now);
      const story = figuresNews(ledger, facts, nameOf, now, isAwaited);
      if (story) await enqueueForAll(db, parts, story, { now, dueAt: now });
      const news = facts.filter((it) => isNews(knownFrom(it), now) || isAwaited(it));
      await enqueueBillNews(db, parts, ledger, news, now);
    });
    factStore.add(facts);
  },
});

/** Reads new quarters from EDGAR, and enqueues a card of the news for every channel that wants it. */
export const refreshFromFilings = (parts: RefreshParts, now: number): Promise<Refreshed> =>
  refreshFacts({
    client: parts.client,
    companies: parts.companies.filers,
    filed: storedFacts(parts, now),
    curated: parts.factStore.curated,
    now,
    log: parts.log,
  });
