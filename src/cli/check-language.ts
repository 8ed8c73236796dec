import type { Catalogue } from '../i18n/catalogue.ts';
import { UsageError } from './usage-error.ts';

/** @throws UsageError if there are no messages in a language. */
export const checkLanguage = (language: string, { isLanguage, languages }: Catalogue): void => {
  if (!isLanguage(language)) throw new UsageError(`--language "${language}": expected ${languages.join(' or ')}`);
};
