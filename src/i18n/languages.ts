import type { Catalogue, Language } from './catalogue.ts';

/** English: what is shown where another language has no text or name. */
export const BASE_LANGUAGE: Language = 'en';

/** The catalogue's language for a person's locale, such as `ko` or `en-US`; undefined if there is none. */
export const languageFor = (catalogue: Catalogue, locale: string | undefined): Language | undefined => {
  const whole = String(locale ?? '').replaceAll('_', '-');
  const base = whole.split('-')[0]?.toLowerCase() ?? '';
  return [whole, base].find(catalogue.isLanguage);
};

/** The name of a language, by default in that language: "English", "日本語". */
export const languageName = (language: Language, reader = language): string =>
  new Intl.DisplayNames([reader], { type: 'language' }).of(language) ?? language;
