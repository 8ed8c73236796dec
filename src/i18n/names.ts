import type { SymbolName } from '../market/symbol-name.ts';
import type { PriceUnit } from '../market/watchlist.ts';
import { type Catalogue, countOf, type Translator, type Values } from './catalogue.ts';
import { languageName } from './languages.ts';

interface Named {
  readonly name: SymbolName;
}

/** The message under `key`; `otherwise` if there is none. */
export const sayOr = (words: Translator, key: string, otherwise: string, values: Values = {}): string =>
  words.knows(key, countOf(values)) ? words.say(key, values) : otherwise;

/** A symbol's name from the watchlist, with its article: "The Nasdaq"; the English one if it has none in the language. */
export const nameInSentence = (words: Translator, { name }: Named): string => name[words.language] ?? name.en;

/** A symbol's name for a title, which has little room: "The Seven". */
export const nameInTitle = (words: Translator, watched: Named & { readonly symbol: string }): string =>
  sayOr(words, `name-brief.${watched.symbol}`, nameInSentence(words, watched));

/** A bare name for labels and lists: "Nasdaq", "OpenAI"; `otherwise` if the messages have none. */
export const nameInList = (words: Translator, id: string, otherwise = id): string =>
  sayOr(words, `name.${id}`, otherwise);

/** The bare name of a symbol; its name from the watchlist if the messages have none. */
export const symbolInList = (words: Translator, symbol: Named & { readonly symbol: string }): string =>
  nameInList(words, symbol.symbol, nameInSentence(words, symbol));

/** Names as a phrase: "Apple and Amazon". */
export const joinNames = (words: Translator, names: readonly string[]): string =>
  new Intl.ListFormat(words.language, { type: 'conjunction' }).format(names);

/** "NVDA (Nvidia), META (Meta) or TSLA (Tesla)". */
export const either = (words: Translator, names: readonly string[]): string => {
  const [last = '', ...others] = names.toReversed();
  return others.length === 0 ? last : words.say('format.either', { names: others.toReversed().join(', '), last });
};

/** "English or 日本語": each language by its own name, the reader's first. */
export const languagesInWords = ({ languages }: Catalogue, words: Translator): string =>
  either(
    words,
    [words.language, ...languages.filter((language) => language !== words.language)].map((it) => languageName(it)),
  );

const SEVERAL = 7;

/** Selects the verb's plural form: a company or an index is one, the sum of the Magnificent Seven is several. */
export const grammaticalCount = ({ unit }: { readonly unit: PriceUnit }): number =>
  unit === 'usd-billions' ? SEVERAL : 1;

/** The city of an IANA time zone: "New York" for America/New_York. */
export const cityOf = (zone: string): string => (zone.split('/').at(-1) ?? zone).replaceAll('_', ' ');

/** A time zone by its city, translated if the messages have it: "Seoul". */
export const zoneName = (words: Translator, zone: string): string => sayOr(words, `zone.${zone}`, cityOf(zone));
