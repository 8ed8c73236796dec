import { type Article, loadArticle } from '../facts/article.ts';
import { type Companies, loadCompanies } from '../facts/companies.ts';
import type { Fact } from '../facts/fact.ts';
import { FACTS_FOLDER, goneFactsText, loadFacts } from '../facts/fact-files.ts';
import { type Catalogue, loadCatalogue } from '../i18n/catalogue.ts';
import type { Calendar } from '../market/calendar.ts';
import { loadCalendar } from '../market/load-calendar.ts';
import { createMutableWatchlist, type MutableWatchlist } from '../market/mutable-watchlist.ts';
import { loadWatchlist } from '../market/watchlist.ts';
import type { Logger } from '../telemetry/log.ts';

/** The files in config/, read once at start. */
export interface Config {
  readonly watchlist: MutableWatchlist;
  readonly calendar: Calendar;
  readonly catalogue: Catalogue;
  /** The curated facts; those from filings are in the store. */
  readonly facts: readonly Fact[];
  readonly companies: Companies;
  readonly article: Article;
}

/** `catalogue`: the messages, if they are read already. @throws ConfigError, FactsError, CatalogueError: one line each. */
export const loadConfig = (now: number, log: Logger, catalogue?: Catalogue): Config => {
  const calendar = loadCalendar();
  const today = calendar.dayOf(now);
  if (!calendar.covers(today))
    log.warn(
      { today },
      "config/calendar.yaml does not have today: holidays and early closes are unknown; add that year's, or set this computer's clock",
    );
  const companies = loadCompanies();
  const facts = loadFacts(FACTS_FOLDER, companies);
  const missing = goneFactsText(facts, companies);
  if (missing !== undefined) log.warn({}, missing);
  return {
    calendar,
    watchlist: createMutableWatchlist(loadWatchlist(undefined, companies.entries)),
    catalogue: catalogue ?? loadCatalogue(),
    facts,
    companies,
    article: loadArticle(facts),
  };
};
