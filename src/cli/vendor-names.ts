import type { Watchlist } from '../market/watchlist.ts';
import { normaliseText } from '../util/normalise-text.ts';

/** What vendors call the Nasdaq Composite. Not for people's questions: COMP is a stock, too. */
const NASDAQ_COMPOSITE = new Set(['comp', '^comp', 'compx', '$compx', 'nasdaqcom', '.ixic', 'ccmp', '^ndq', 'compq']);

/** What vendors add to a symbol in the name of a file. */
const ADDED =
  /^(us|d|w|daily|adjusted|historical|historicaldata|historicalprices|data|prices?|history|stock|index|xnas|xnys|quotes?|download|full|max|copy|export|\d+[dmy]?)$/;

const words = (name: string): string[] =>
  normaliseText(name)
    .replace(/\.us\b/, ' ')
    .split(/[\s_()+,-]+/)
    .filter((word) => word !== '');

const known = (text: string, watchlist: Watchlist): string | undefined =>
  NASDAQ_COMPOSITE.has(normaliseText(text)) ? watchlist.resolve('IXIC') : watchlist.resolve(text);

/** The symbol that a vendor's file means: `nvda_us_d`, `NVDA Historical Data`, `COMP`; undefined if it is none of ours. */
export const symbolOfName = (name: string, watchlist: Watchlist): string | undefined => {
  const whole = known(name, watchlist);
  if (whole) return whole;
  const own = words(name).filter((word) => !ADDED.test(word));
  return own.length === 0 ? undefined : known(own.join(' '), watchlist);
};

/** Alphabet's class C, which people and our watchlist take for class A. */
export const isClassC = (name: string): boolean => words(name)[0] === 'goog';
