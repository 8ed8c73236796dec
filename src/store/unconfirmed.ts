import { type PendingDelivery, readPending } from './deliveries.ts';
import { type Attempted, moveAll, moveAttempted } from './delivery-transitions.ts';
import type { PeekOptions } from './queue.ts';
import type { Db } from './store.ts';

/** What to do with a card whose delivery stays unconfirmed. */
export type WhenUnsure = 'send-again' | 'give-up';

/** Cards resolved by one call. */
const BATCHES_PER_PASS = 200;

/**
 * Holds the deliveries that an attempt still leases as unconfirmed: they block nothing, are checked again at `dueAt` and
 * resolved at `heldUntil`. Returns how many.
 */
export const holdUnconfirmed = (
  db: Db,
  deliveries: readonly Attempted[],
  { dueAt, heldUntil, reason }: { readonly dueAt: number; readonly heldUntil: number; readonly reason: string },
): Promise<number> =>
  moveAttempted(db, 'hold', deliveries, (update) =>
    update.set({ due_at: dueAt, held_until: heldUntil, maybe_posted: 1, reason }),
  );

/** The first unconfirmed delivery of each channel that is due for a check, neither busy nor paused. */
export const dueUnconfirmed = async (
  db: Db,
  { platform, now, limit, busy }: PeekOptions,
): Promise<PendingDelivery[]> => {
  const rows = await db
    .selectFrom('deliveries as d')
    .innerJoin('channels as c', 'c.id', 'd.channel_id')
    .select(({ fn }) => fn.min('d.id').as('id'))
    .where('d.platform', '=', platform)
    .where('d.state', '=', 'unsure')
    .where('d.due_at', '<=', now)
    .where(({ or, eb }) => or([eb('c.try_at', 'is', null), eb('c.try_at', '<=', now)]))
    .$if(busy.length > 0, (found) => found.where('d.channel_id', 'not in', busy))
    .groupBy('d.channel_id')
    .limit(limit)
    .execute();
  return readPending(
    db,
    rows.map(({ id }) => Number(id)),
  );
};

/** Applies `choice` to cards whose `held_until` is over; returns the number of deliveries. */
export const resolveUnconfirmed = async (db: Db, now: number, choice: WhenUnsure): Promise<number> => {
  const update =
    choice === 'send-again'
      ? moveAll(db, 'resend').set({ maybe_posted: 0, doubt_since: null, due_at: now })
      : moveAll(db, 'giveUp').set({ reason: 'delivery unconfirmed; given up', settled_at: now });
  const { numUpdatedRows } = await update
    .where('batch', 'in', (from) =>
      from
        .selectFrom('deliveries')
        .select('batch')
        .distinct()
        .where('state', '=', 'unsure')
        .where('held_until', '<=', now)
        .limit(BATCHES_PER_PASS),
    )
    .executeTakeFirst();
  return Number(numUpdatedRows);
};

/** Number of unconfirmed deliveries, of one platform or of all. */
export const countUnconfirmed = async (db: Db, platform?: string): Promise<number> => {
  const { count } = await db
    .selectFrom('deliveries')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where('state', '=', 'unsure')
    .$if(platform !== undefined, (rows) => rows.where('platform', '=', platform ?? ''))
    .executeTakeFirstOrThrow();
  return Number(count);
};
