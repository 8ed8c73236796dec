import type { Rules } from '../../../src/market/watchlist.ts';
import type { Alert } from '../../../src/stories/alert.ts';
import { createReference } from '../../slides/reference.ts';
import { served } from './served.ts';
import { closeOf, type Truth } from './truth.ts';

/** An alert and when it was raised, epoch milliseconds. */
export interface Raised {
  readonly alert: Alert;
  readonly at: number;
}

/**
 * What the true prices raise if they are looked at at these times: every newer trade, and the close of a session at the
 * first look a quarter of an hour after its bell. By the reference alone: nothing here judges a price.
 */
export const expectedOf = (truth: Truth, rules: Rules, times: readonly number[], source = served(truth)): Raised[] => {
  const reference = createReference(rules);
  const symbol = 'X';
  for (const { session, close: price } of truth.past) reference({ symbol, session, price, tradeTime: 0, final: true });
  const raised: Raised[] = [];
  const observe = (at: number, observation: Omit<Parameters<typeof reference>[0], 'symbol'>): void => {
    for (const alert of reference({ symbol, ...observation })) raised.push({ alert, at });
  };
  let traded = 0;
  let closed = 0;
  for (const now of times) {
    const day = truth.days[closed];
    if (day && now >= day.close + FINAL_AFTER_MS) {
      observe(now, { session: day.session, price: closeOf(day), tradeTime: day.close, final: true });
      closed += 1;
      traded = day.close + FINAL_AFTER_MS;
      continue;
    }
    const quote = source.quote(now);
    if (!quote || quote.tradeTime <= traded || quote.session !== day?.session) continue;
    traded = quote.tradeTime;
    observe(now, { session: quote.session, price: quote.price, tradeTime: quote.tradeTime, final: false });
  }
  return raised;
};

const FINAL_AFTER_MS = 15 * 60_000;
