import type { FactStore } from '../facts/fact-store.ts';
import type { PiecewiseJob } from '../schedule/piecewise-job.ts';
import { createPollThrottle } from '../schedule/poll-throttle.ts';
import { readProposals } from '../store/proposals.ts';
import type { Store } from '../store/store.ts';
import { MINUTE_MS } from '../util/durations.ts';

/** How soon the bot knows what a person has confirmed on the command line, in another process. */
const INTERVAL_MS = MINUTE_MS;

/** Takes over confirmed guidance into the ledger while the bot runs. */
export const createConfirmedJob = ({ store, factStore }: { store: Store; factStore: FactStore }): PiecewiseJob => {
  const taken = new Set<string>();
  const throttle = createPollThrottle(
    () => INTERVAL_MS,
    async () => {
      const accepted = await readProposals(store.db, { state: 'accepted' });
      const facts = accepted.map(({ fact }) => fact).filter(({ id }) => !taken.has(id));
      if (facts.length === 0) return;
      factStore.add(facts);
      for (const { id } of facts) taken.add(id);
    },
  );
  return { name: 'confirmed guidance', ...throttle };
};
