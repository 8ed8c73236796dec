import type { Bar } from './bar.ts';
import type { Micros } from './money.ts';
import type { Quote } from './quote.ts';

/** One part of a basket, a synthetic symbol such as MAG7. */
export interface BasketPart {
  readonly symbol: string;
  readonly shares: number;
}

/** A basket is priced in billions of US dollars. */
const DOLLARS_PER_BILLION = 1_000_000_000n;

/** The sum of price x shares in micro-billions of US dollars, rounded half up from the exact sum. */
export const basketPrice = (parts: readonly { readonly price: Micros; readonly shares: number }[]): Micros => {
  let sum = 0n;
  for (const { price, shares } of parts) sum += BigInt(price) * BigInt(shares);
  return Number((sum + DOLLARS_PER_BILLION / 2n) / DOLLARS_PER_BILLION);
};

/** Bars of a basket, for the sessions that every part has. Open, high and low equal the close. */
export const basketBars = (parts: readonly BasketPart[], bars: ReadonlyMap<string, readonly Bar[]>): Bar[] => {
  const columns = parts.map(({ symbol, shares }) => ({
    shares,
    closes: new Map((bars.get(symbol) ?? []).map((bar) => [bar.session, bar.close])),
  }));
  const [first, ...others] = columns;
  if (!first) return [];
  const out: Bar[] = [];
  for (const [session, close] of first.closes) {
    const rest = others.map(({ closes, shares }) => ({ price: closes.get(session) ?? 0, shares }));
    if (rest.some(({ price }) => price === 0)) continue;
    const price = basketPrice([{ price: close, shares: first.shares }, ...rest]);
    out.push({ session, open: price, high: price, low: price, close: price, volume: 0 });
  }
  return out;
};

/**
 * The quote of a basket, from the last quotes of its parts. Trade time and delay are the largest among the parts.
 * Undefined until every part has a quote of the same session.
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
