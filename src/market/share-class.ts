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

/** What to look a typed name up by, in this order: as typed, then as a share class with a dash. */
export const tickerSpellings = (typed: string): readonly string[] => {
  const dashed = dashedTicker(typed);
  return dashed === undefined ? [typed] : [typed, dashed];
};

const spelledWithDash = (ticker: string): string => dashedTicker(ticker) ?? ticker.toUpperCase();

/** Whether two tickers differ in the spelling of their share class at most. */
export const isSameTicker = (one: string, other: string): boolean => spelledWithDash(one) === spelledWithDash(other);
