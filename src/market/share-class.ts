/** A ticker and the one letter of its share class, as people write them: BRK.B, BRK/B, brk b. */
const SHARE_CLASS = /^([A-Z]{2,5})[./ ]([A-Z])$/;

/**
 * A share class in the spelling of price sources and of this program: BRK-B. Undefined for a text that is none. A stock of
 * another exchange may look like one (VOD.L): try the text as typed first.
 */
export const dashedTicker = (typed: string): string | undefined => {
  const [, ticker, shareClass] =
    SHARE_CLASS.exec(typed.normalize('NFKC').trim().replace(/\s+/g, ' ').toUpperCase()) ?? [];
  return ticker && shareClass && `${ticker}-${shareClass}`;
};

/** What people write around a ticker: `$NVDA`, `@nvda`, `"nvda"`, `(NVDA)`, `nvda.`, `NVDA,`. Wide letters are narrowed first. */
const AROUND = /^[\s$@#"'“”‘’«»「」『』([{<]+|[\s"'“”‘’«»「」『』)\]}>.,;:!?…。、]+$/gu;

/** The ticker without what stands around it; empty if there is nothing else. */
export const bareTicker = (typed: string): string => typed.normalize('NFKC').replaceAll(AROUND, '');

/** What to look a typed name up by, in this order: as typed, without what stands around it, as a share class with a dash. */
export const tickerSpellings = (typed: string): readonly string[] => {
  const bare = bareTicker(typed);
  const spellings = bare === '' ? [typed] : [typed, bare, dashedTicker(bare) ?? bare];
  return [...new Set(spellings)];
};

const spelledWithDash = (ticker: string): string => dashedTicker(ticker) ?? ticker.toUpperCase();

/** Whether two tickers differ in the spelling of their share class at most. */
export const isSameTicker = (one: string, other: string): boolean => spelledWithDash(one) === spelledWithDash(other);
