/** How sources write tickers: `BRK-B`, `^IXIC`, `005930.KS`, `EURUSD=X`. */
const TICKER = /^[\^]?[A-Z0-9][A-Z0-9.=-]{0,14}$/;

/** A ticker in capitals, with or without a dollar sign before it; undefined for what cannot be one. */
export const readTicker = (typed: string): string | undefined => {
  const text = typed.normalize('NFKC').trim().replace(/^\$/, '').toUpperCase();
  return TICKER.test(text) ? text : undefined;
};
