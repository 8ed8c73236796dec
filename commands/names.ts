import type { Companies } from '../src/facts/companies.ts';
import type { Catalogue } from '../src/i18n/catalogue.ts';
import { nameInList, symbolInList } from '../src/i18n/names.ts';
import { tickerSpellings } from '../src/market/share-class.ts';
import { namesInLanguages } from '../src/market/symbol-name.ts';
import type { Watchlist } from '../src/market/watchlist.ts';
import { normaliseText } from '../src/util/normalise-text.ts';
import type { Nameable } from './nearest.ts';
import { textsAndAliases } from './typed-texts.ts';

const watchedNames = (watchlist: Watchlist, symbol: string): string[] => {
  const watched = watchlist.symbols.get(symbol);
  return watched ? [...namesInLanguages(watched.name), ...watched.aliases] : [];
};

const messageNames = (catalogue: Catalogue, id: string): readonly string[] => textsAndAliases(catalogue, `name.${id}`);

/** Every watched symbol with all its names, in the order of the watchlist. */
export const symbolNames = (watchlist: Watchlist, catalogue: Catalogue): readonly Nameable[] =>
  [...watchlist.symbols.values()].map(({ symbol, tickers }) => ({
    id: symbol,
    names: [symbol, ...watchedNames(watchlist, symbol), ...messageNames(catalogue, symbol), ...Object.values(tickers)],
  }));

/** Every subject of the ledger with all its names. */
export const companyNames = (companies: Companies, catalogue: Catalogue): readonly Nameable[] =>
  companies.subjects.map((subject) => ({
    id: subject,
    names: [subject, ...messageNames(catalogue, subject), ...(companies.get(subject)?.aliases ?? [])],
  }));

/** The id with this name, or with this share class in another spelling; undefined if there is none. */
export const byName = (all: readonly Nameable[], typed: string): string | undefined => {
  for (const wanted of tickerSpellings(typed).map(normaliseText)) {
    const found = all.find(({ names }) => names.some((name) => normaliseText(name) === wanted));
    if (found) return found.id;
  }
  return undefined;
};

/**
 * "NVDA (Nvidia)", or the name alone for a subject without a ticker. Symbols added by channels have their own names.
 */
export const shownName = (catalogue: Catalogue, language: string, id: string, watchlist?: Watchlist): string => {
  const words = catalogue.in(language);
  const watched = watchlist?.symbols.get(id);
  const name = watched ? symbolInList(words, watched) : nameInList(words, id);
  return normaliseText(name) === normaliseText(id) ? name : `${id} (${name})`;
};
