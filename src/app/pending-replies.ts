import { deletePendingReply, readPendingReplies, writePendingReply } from '../store/pending-replies.ts';
import type { Store } from '../store/store.ts';
import type { PendingReplies } from '../stories/pending-reply.ts';
import type { Logger } from '../telemetry/log.ts';
import { MINUTE_MS } from '../util/durations.ts';

/** How long both platforms accept follow-ups to a reply. */
const REPLY_WINDOW_MS = 15 * MINUTE_MS;

/** Pending replies, kept in the store. Store errors are only logged, so that the person still gets an answer. */
export const createPendingReplies = (store: Store, log: Logger, now: () => number): PendingReplies => {
  const tried = async <T>(work: () => Promise<T>, otherwise: T): Promise<T> => {
    try {
      return await work();
    } catch (err) {
      log.error({ err }, 'pending reply could not be saved or deleted');
      return otherwise;
    }
  };
  return {
    begin: (answer) => tried(() => writePendingReply(store.db, answer), undefined),
    end: (id) => tried(() => deletePendingReply(store.db, id), undefined),
    left: (platform) =>
      tried(
        () =>
          store.transaction(async (db) => {
            const all = await readPendingReplies(db, platform);
            for (const { id } of all) await deletePendingReply(db, id);
            return all.filter(({ createdAt }) => now() - createdAt < REPLY_WINDOW_MS);
          }),
        [],
      ),
  };
};
