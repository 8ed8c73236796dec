import type { Bar } from './bar.ts';
import type { Micros } from './money.ts';

/** One part of a synthetic symbol. */
export interface BasketPart {
  readonly symbol: string;
  readonly shares: number;
}

/** USD in a billion: a basket is priced in billions of dollars. */
const BILLION = 1_000_000_000n;

/** The sum of price x shares in micro-billions of US dollars, rounded half up from the exact sum. */
export const basketPrice = (parts: readonly { readonly price: Micros; readonly shares: number }[]): Micros => {
  let sum = 0n;
  for (const { price, shares } of parts) sum += BigInt(price) * BigInt(shares);
  return Number((sum + BILLION / 2n) / BILLION);
};

/** Bars of a synthetic symbol, for the sessions that every part has. Open, high and low are the close. */
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
