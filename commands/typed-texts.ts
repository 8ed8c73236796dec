import type { Catalogue } from '../src/i18n/catalogue.ts';
import { perCatalogue } from './options/per-catalogue.ts';

/** The other words for the text under a message key, in all languages; none for most. */
export const aliasesOf = (catalogue: Catalogue, key: string): readonly string[] => catalogue.typed.also[key] ?? [];

const findTexts = (catalogue: Catalogue, key: string): readonly string[] => [
  ...catalogue.languages.flatMap((language) => {
    const words = catalogue.in(language);
    return words.knows(key) ? [words.say(key)] : [];
  }),
  ...aliasesOf(catalogue, key),
];

/** Every question asks for those of all commands and symbols. */
const foundTexts = perCatalogue(() => new Map<string, readonly string[]>());

/** The texts under a message key in all languages, and the other words for it. */
export const textsAndAliases = (catalogue: Catalogue, key: string): readonly string[] => {
  const found = foundTexts(catalogue);
  const texts = found.get(key) ?? findTexts(catalogue, key);
  if (texts.length > 0) found.set(key, texts);
  return texts;
};
