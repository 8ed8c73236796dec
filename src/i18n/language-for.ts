import type { Catalogue, Language } from './catalogue.ts';

/** The language of the messages for a person's locale, such as `ko` or `en-US`; undefined where they do not speak it. */
export const languageFor = (catalogue: Catalogue, locale: string | undefined): Language | undefined => {
  const whole = String(locale ?? '');
  const spoken = whole.split(/[-_]/)[0]?.toLowerCase() ?? '';
  return [whole, spoken].find(catalogue.isLanguage);
};
