import type { Catalogue } from '../../src/i18n/catalogue.ts';
import { languageName } from '../../src/i18n/languages.ts';
import { normaliseText } from '../../src/util/normalise-text.ts';

/** The tag of a language, and its name in every language of the catalogue. */
export const languageNames = (catalogue: Catalogue, language: string): readonly string[] => [
  language,
  ...catalogue.languages.map((reader) => languageName(language, reader)),
];

/** The catalogue's language with this tag or name; `en-US` is `en`. Undefined if there is none. */
export const readLanguage = (catalogue: Catalogue, typed: string): string | undefined => {
  const wanted = normaliseText(typed);
  const [tag = ''] = wanted.split(/[-_]/);
  return catalogue.languages.find(
    (language) => language === tag || languageNames(catalogue, language).some((name) => normaliseText(name) === wanted),
  );
};
