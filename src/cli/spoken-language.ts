import type { Catalogue, Language } from '../i18n/catalogue.ts';
import { BASE_LANGUAGE, languageFor } from '../i18n/languages.ts';

/** What POSIX programs read, the strongest first. */
const LOCALE_VARIABLES = ['LC_ALL', 'LC_MESSAGES', 'LANG'] as const;

/** The language of the environment, such as `ko` of LANG=ko_KR.UTF-8, if there are messages in it; otherwise English. */
export const spokenLanguage = (
  catalogue: Catalogue,
  env: Readonly<Record<string, string | undefined>> = process.env,
): Language => languageFor(catalogue, LOCALE_VARIABLES.map((name) => env[name]).find(Boolean)) ?? BASE_LANGUAGE;
