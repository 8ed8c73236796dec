import { SUBJECTS, type Subject } from '../src/facts/fact.ts';
import type { Catalogue } from '../src/i18n/catalogue.ts';
import { nameInList } from '../src/i18n/names.ts';
import type { Watchlist } from '../src/market/watchlist.ts';
import { normaliseText } from '../src/util/normalise-text.ts';
import type { Nameable } from './nearest.ts';

/** More names of the two subjects that are not on the watchlist, in addition to those in the messages. */
const SUBJECT_ALIASES: Readonly<Partial<Record<Subject, readonly string[]>>> = {
  OPENAI: ['open ai', 'chatgpt', '오픈에이아이', '챗GPT'],
  INDUSTRY: ['the industry', '업계'],
};

const watchedNames = (watchlist: Watchlist, symbol: string): string[] => {
  const watched = watchlist.symbols.get(symbol);
  return watched ? [watched.name.en, watched.name.ko, ...watched.aliases] : [];
};

const messageNames = (catalogue: Catalogue, id: string): string[] =>
  catalogue.languages.flatMap((language) => {
    const words = catalogue.in(language);
    return words.knows(`name.${id}`) ? [words.say(`name.${id}`)] : [];
  });

/** Every watched symbol with all its names, in the order of the watchlist. */
export const symbolNames = (watchlist: Watchlist, catalogue: Catalogue): readonly Nameable[] =>
  [...watchlist.symbols.values()].map(({ symbol, tickers }) => ({
    id: symbol,
    names: [symbol, ...watchedNames(watchlist, symbol), ...messageNames(catalogue, symbol), ...Object.values(tickers)],
  }));

/** Every subject of the ledger with all its names. */
export const companyNames = (watchlist: Watchlist, catalogue: Catalogue): readonly Nameable[] =>
  SUBJECTS.map((subject) => ({
    id: subject,
    names: [
      subject,
      ...watchedNames(watchlist, subject),
      ...messageNames(catalogue, subject),
      ...(SUBJECT_ALIASES[subject] ?? []),
    ],
  }));

/** The id with this name; undefined if there is none. */
export const byName = (all: readonly Nameable[], typed: string): string | undefined => {
  const wanted = normaliseText(typed);
  return all.find(({ names }) => names.some((name) => normaliseText(name) === wanted))?.id;
};

/**
 * "NVDA (Nvidia)", or the name alone for a subject without a ticker. Symbols added by channels have their own names.
 */
export const shownName = (catalogue: Catalogue, language: string, id: string, watchlist?: Watchlist): string => {
  const names: Readonly<Record<string, string>> = watchlist?.symbols.get(id)?.name ?? {};
  const name = nameInList(catalogue.in(language), id, names[language] ?? names.en ?? id);
  return normaliseText(name) === normaliseText(id) ? name : `${id} (${name})`;
};
