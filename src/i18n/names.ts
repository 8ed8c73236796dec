import type { PriceUnit, SymbolName } from '../market/watchlist.ts';
import { countOf, type Translator, type Values } from './catalogue.ts';

interface Named {
  readonly name: SymbolName;
}

/** The text in the translator's language; English if there is none. */
export const localised = (
  words: Translator,
  texts: Readonly<Record<string, string>> & { readonly en: string },
): string => texts[words.language] ?? texts.en;

/** The message under `key`; `otherwise` if there is none. */
export const sayOr = (words: Translator, key: string, otherwise: string, values: Values = {}): string =>
  words.knows(key, countOf(values)) ? words.say(key, values) : otherwise;

/** A symbol's name from the watchlist, with its article: "The Nasdaq". */
export const nameInSentence = (words: Translator, { name }: Named): string => localised(words, name);

/** A bare name for labels and lists: "Nasdaq", "OpenAI"; `otherwise` if the messages have none. */
export const nameInList = (words: Translator, id: string, otherwise = id): string =>
  sayOr(words, `name.${id}`, otherwise);

/** The bare name of a symbol; its name from the watchlist if the messages have none. */
export const symbolInList = (words: Translator, symbol: Named & { readonly symbol: string }): string =>
  nameInList(words, symbol.symbol, nameInSentence(words, symbol));

/** Names as a phrase: "Apple and Amazon". */
export const joinNames = (words: Translator, names: readonly string[]): string =>
  new Intl.ListFormat(words.language, { type: 'conjunction' }).format(names);

const SEVERAL = 7;

/** Selects the verb's plural form: a company or an index is one, the sum of the Magnificent Seven is several. */
export const grammaticalCount = ({ unit }: { readonly unit: PriceUnit }): number =>
  unit === 'usd-billions' ? SEVERAL : 1;

/** The city of an IANA time zone: "New York" for America/New_York. */
export const cityOf = (zone: string): string => (zone.split('/').at(-1) ?? zone).replaceAll('_', ' ');

/** A time zone by its city, translated if the messages have it: "Seoul", "서울". */
export const zoneName = (words: Translator, zone: string): string => sayOr(words, `zone.${zone}`, cityOf(zone));
