import type { Catalogue } from '../src/i18n/catalogue.ts';

/** The other words for the text under a message key, in all languages; none for most. */
export const aliasesOf = (catalogue: Catalogue, key: string): readonly string[] => catalogue.typed.also[key] ?? [];

/** The texts under a message key in all languages, and the other words for it. */
export const textsAndAliases = (catalogue: Catalogue, key: string): readonly string[] => [
  ...catalogue.languages.flatMap((language) => {
    const words = catalogue.in(language);
    return words.knows(key) ? [words.say(key)] : [];
  }),
  ...aliasesOf(catalogue, key),
];
