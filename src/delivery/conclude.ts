import type { Outcome } from '../chat/platform.ts';
import type { Logger } from '../log.ts';
import { retireChannel } from '../store/channels.ts';
import { abandon, type Owed, postpone, settle } from '../store/deliveries.ts';
import type { Store } from '../store/store.ts';
import { backoff } from './backoff.ts';

export interface ConcludeParts {
  readonly store: Store;
  readonly log: Logger;
  /** In [0, 1). */
  readonly random: () => number;
}

/** Writes down what a try came to, for every delivery of the card at once. @throws StoreError */
export const conclude = (
  { store, log, random }: ConcludeParts,
  outcome: Outcome,
  told: readonly Owed[],
  now: number,
): Promise<void> =>
  store.transaction(async (db) => {
    const [head] = told;
    if (!head) return;
    const ids = told.map(({ id }) => id);
    const fields = { platform: head.platform, channel: head.address, delivery: head.id, outcome: outcome.kind };
    switch (outcome.kind) {
      case 'sent':
        await settle(db, ids, { state: 'sent', messageId: outcome.messageId, now });
        log.info({ ...fields, duplicate: outcome.duplicate ?? false }, 'card delivered');
        return;
      case 'gone':
        await retireChannel(db, head.channelId, outcome.reason);
        await abandon(db, head.channelId, outcome.reason, now);
        log.error({ ...fields, reason: outcome.reason }, 'channel is gone and was retired');
        return;
      case 'rejected':
        await settle(db, ids, { state: 'failed', reason: outcome.reason, now });
        log.error({ ...fields, reason: outcome.reason }, 'card was refused for good');
        return;
      case 'later':
      case 'unknown':
      case 'forbidden':
      case 'down': {
        const asked = 'afterMs' in outcome ? (outcome.afterMs ?? 0) : 0;
        const wait = Math.max(asked, backoff(head.attempts + 1, random));
        const maybePosted = outcome.kind === 'unknown';
        await postpone(db, ids, { dueAt: now + wait, reason: outcome.reason, maybePosted });
        const remedy = 'remedy' in outcome ? { remedy: outcome.remedy } : {};
        log.warn({ ...fields, ...remedy, reason: outcome.reason, waitMs: Math.round(wait) }, 'card not delivered yet');
        return;
      }
    }
  });
