import { type BasketPart, basketPrice } from '../market/basket.ts';
import type { Quote } from '../market/quote.ts';

/**
 * The quote of a synthetic symbol, of its parts' last quotes: undefined until every part has one of the same session.
 * Its trade time is the newest of theirs, its delay the longest.
 */
export const basketQuote = (
  symbol: string,
  parts: readonly BasketPart[],
  quotes: ReadonlyMap<string, Quote>,
): Quote | undefined => {
  const found = parts.flatMap((part) => {
    const quote = quotes.get(part.symbol);
    return quote ? [{ quote, shares: part.shares }] : [];
  });
  const [first] = found;
  if (!first || found.length < parts.length) return undefined;
  const { session, source, marketState } = first.quote;
  if (found.some(({ quote }) => quote.session !== session)) return undefined;
  return {
    symbol,
    price: basketPrice(found.map(({ quote, shares }) => ({ price: quote.price, shares }))),
    tradeTime: Math.max(...found.map(({ quote }) => quote.tradeTime)),
    session,
    marketState,
    delayMinutes: Math.max(...found.map(({ quote }) => quote.delayMinutes)),
    source,
  };
};
