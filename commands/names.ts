import { SUBJECTS, type Subject } from '../src/facts/fact.ts';
import type { Catalogue } from '../src/i18n/catalogue.ts';
import { nameInList } from '../src/i18n/names.ts';
import type { Watchlist } from '../src/market/watchlist.ts';
import type { Nameable } from './nearest.ts';
import { normalise } from './normalise.ts';

/** What people call the two subjects that are not on the watchlist, beside their names in the messages. */
const ALSO: Readonly<Partial<Record<Subject, readonly string[]>>> = {
  OPENAI: ['open ai', 'chatgpt', '오픈에이아이', '챗GPT'],
  INDUSTRY: ['industry', '업계'],
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
      ...(ALSO[subject] ?? []),
    ],
  }));

/** The one of that name; undefined where nothing has it. */
export const byName = (all: readonly Nameable[], typed: string): string | undefined => {
  const wanted = normalise(typed);
  return all.find(({ names }) => names.some((name) => normalise(name) === wanted))?.id;
};

/** "NVDA (Nvidia)"; a subject without a ticker by its name alone, a symbol that only channels watch by its own name. */
export const shownName = (catalogue: Catalogue, language: string, id: string, watchlist?: Watchlist): string => {
  const names: Readonly<Record<string, string>> = watchlist?.symbols.get(id)?.name ?? {};
  const name = nameInList(catalogue.in(language), id, names[language] ?? names.en ?? id);
  return normalise(name) === normalise(id) ? name : `${id} (${name})`;
};
