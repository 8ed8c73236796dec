import type { MarketState } from '../../quote.ts';

/** Yahoo's words. PREPRE and POSTPOST are the night around a session, when nothing trades. */
const STATES: Readonly<Record<string, MarketState>> = {
  PREPRE: 'closed',
  PRE: 'pre',
  REGULAR: 'regular',
  POST: 'post',
  POSTPOST: 'closed',
  CLOSED: 'closed',
};

/** Our word for Yahoo's, or undefined where it is none that we know. */
export const marketStateOf = (word: string): MarketState | undefined =>
  Object.hasOwn(STATES, word) ? STATES[word] : undefined;
