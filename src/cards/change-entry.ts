import type { Translator } from '../i18n/catalogue.ts';
import { formatNumber } from '../i18n/numbers.ts';

const ONE_DECIMAL: Intl.NumberFormatOptions = {
  minimumFractionDigits: 1,
  maximumFractionDigits: 1,
  signDisplay: 'exceptZero',
};

/** "TSLA −12.3", in percent. */
export const changeEntry = (words: Translator, symbol: string, change: number): string =>
  words.say('rollup.entry', { symbol, change: formatNumber(words.language, change, ONE_DECIMAL) });
