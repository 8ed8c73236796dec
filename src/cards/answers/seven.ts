import type { Subject } from '../../facts/fact.ts';

/** The companies of the Magnificent Seven, in the order of the watchlist. */
export const MAGNIFICENT_SEVEN = [
  'AAPL',
  'MSFT',
  'GOOGL',
  'AMZN',
  'META',
  'NVDA',
  'TSLA',
] as const satisfies readonly Subject[];
