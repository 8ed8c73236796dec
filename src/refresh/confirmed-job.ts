import type { Companies } from '../facts/companies.ts';
import type { Fact } from '../facts/fact.ts';
import type { FactStore } from '../facts/fact-store.ts';
import { knownFrom } from '../facts/known-from.ts';
import type { Watchlist } from '../market/watchlist.ts';
import type { PiecewiseJob } from '../schedule/piecewise-job.ts';
import { createPollThrottle } from '../schedule/poll-throttle.ts';
import { newlyAccepted, noteLookedAt, readProposals } from '../store/proposals.ts';
import type { Store } from '../store/store.ts';
import { DAY_MS, MINUTE_MS } from '../util/durations.ts';
import { enqueueBillNews } from './enqueue-bill-news.ts';

/** How soon the bot knows what a person has confirmed on the command line, in another process. */
const INTERVAL_MS = MINUTE_MS;

/** Guidance that was published longer ago is not told, whenever a person confirms it. */
const MAX_GUIDANCE_AGE_MS = 30 * DAY_MS;

interface ConfirmedParts {
  readonly store: Store;
  readonly factStore: FactStore;
  readonly companies: Pick<Companies, 'four'>;
  readonly watchlist: Watchlist;
  /** IANA name: the zone of channels without one of their own. */
  readonly timeZone: string;
}

/**
 * Takes over confirmed guidance into the ledger while the bot runs, and enqueues what it changes on the bill: that counts as
 * news from its confirmation, each once, over restarts too.
 */
export const createConfirmedJob = ({ store, factStore, ...parts }: ConfirmedParts): PiecewiseJob => {
  const taken = new Set<string>();

  const tell = (id: number, fact: Fact, now: number): Promise<void> =>
    store.transaction(async (db) => {
      await noteLookedAt(db, id);
      if (now - knownFrom(fact) > MAX_GUIDANCE_AGE_MS) return;
      await enqueueBillNews(db, parts, factStore.ledger(), [fact], now);
    });

  const throttle = createPollThrottle(
    () => INTERVAL_MS,
    async (now) => {
      const accepted = await readProposals(store.db, { state: 'accepted' });
      const facts = accepted.map(({ fact }) => fact).filter(({ id }) => !taken.has(id));
      if (facts.length > 0) factStore.add(facts);
      for (const { id } of facts) taken.add(id);
      for (const id of await newlyAccepted(store.db)) {
        const fact = accepted.find((it) => it.id === id)?.fact;
        if (fact) await tell(id, fact, now);
      }
    },
  );
  return { name: 'confirmed guidance', ...throttle };
};
