import { parseArgs } from 'node:util';
import type { SessionDate } from '../market/calendar.ts';
import { isDay } from '../market/csv.ts';
import { UsageError } from './usage-error.ts';

export interface DigestOptions {
  /** A session, or a day on which the exchange is closed. */
  readonly asOf: SessionDate;
  readonly language: string;
  /** A folder of SYMBOL.csv files, or one file; undefined for the store or the sample. */
  readonly prices: string | undefined;
  /** Where the picture goes; undefined for the usual place. */
  readonly out: string | undefined;
}

const parse = (args: readonly string[], usage: string) => {
  const text = { type: 'string' } as const;
  const options = { 'as-of': text, language: text, prices: text, out: text };
  try {
    return parseArgs({ args: [...args], options, strict: true }).values;
  } catch (error) {
    const [said] = (error as Error).message.split(/\. |\n/);
    throw new UsageError(`${said}; ${usage}`, { cause: error });
  }
};

/** @throws UsageError */
export const readDigestOptions = (args: readonly string[], languages: readonly string[]): DigestOptions => {
  const usage = `usage: digest --as-of YYYY-MM-DD [--language ${languages.join('|')}] [--prices PATH] [--out FILE.png]`;
  const { 'as-of': asOf, language = 'en', prices, out } = parse(args, usage);
  if (asOf === undefined) throw new UsageError(`--as-of is missing; ${usage}`);
  if (!isDay(asOf)) throw new UsageError(`--as-of "${asOf}": expected a date, YYYY-MM-DD`);
  if (!languages.includes(language))
    throw new UsageError(`--language "${language}": expected ${languages.join(' or ')}`);
  if (prices === '') throw new UsageError('--prices is empty; name a folder of SYMBOL.csv files, or one file');
  if (out !== undefined && !/[^/\\]\.png$/i.test(out))
    throw new UsageError(`--out "${out}": expected the name of a file that ends in .png`);
  return { asOf, language, prices, out };
};
