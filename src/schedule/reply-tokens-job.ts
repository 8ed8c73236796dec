import { deleteExpiredReplies } from '../store/pending-replies.ts';
import type { Store } from '../store/store.ts';
import { PLATFORM_IDS, platformFacts } from '../stories/platforms.ts';
import { isDueAgain } from '../util/due-again.ts';
import { MINUTE_MS } from '../util/durations.ts';
import type { Job } from './scheduler.ts';

const INTERVAL_MS = MINUTE_MS;

/**
 * Deletes questions whose answer can no longer be sent, once a minute: their tokens and addresses have expired, and are
 * nobody's business any more.
 */
export const createReplyTokensJob = ({ store }: { readonly store: Store }): Job & { stop(): Promise<void> } => {
  let stopping = false;
  let ranAt: number | undefined;
  return {
    name: 'reply tokens',
    run: async (now) => {
      if (stopping || !isDueAgain(ranAt, INTERVAL_MS, now)) return;
      ranAt = now;
      for (const platform of PLATFORM_IDS) {
        const { replyMinutes } = platformFacts(platform);
        if (replyMinutes !== undefined) await deleteExpiredReplies(store.db, platform, now - replyMinutes * MINUTE_MS);
      }
    },
    stop: async () => {
      stopping = true;
    },
  };
};
