import type { Catalogue } from '../../src/i18n/catalogue.ts';
import { normalise } from '../normalise.ts';

/** What a language is called: its tag, and its name in every language of the catalogue. */
export const languageNames = (catalogue: Catalogue, language: string): readonly string[] => [
  language,
  ...catalogue.languages.map(
    (reader) => new Intl.DisplayNames([reader], { type: 'language' }).of(language) ?? language,
  ),
];

/** The catalogue's language of that tag or name; `en-US` is `en`. Undefined where it has none. */
export const readLanguage = (catalogue: Catalogue, typed: string): string | undefined => {
  const wanted = normalise(typed);
  const [tag = ''] = wanted.split(/[-_]/);
  return catalogue.languages.find(
    (language) => language === tag || languageNames(catalogue, language).some((name) => normalise(name) === wanted),
  );
};
