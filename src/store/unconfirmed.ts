import { type PendingDelivery, readPending } from './deliveries.ts';
import type { Db } from './store.ts';

/** What becomes of a card of which nobody can tell whether it arrived. */
export type WhenUnsure = 'send-again' | 'give-up';

/** Cards that are ended or sent again in one go. */
const BATCHES_PER_PASS = 200;

/** Sets deliveries aside: they hold up nobody, are looked for again at `dueAt`, and decided on at `heldUntil`. */
export const holdUnconfirmed = async (
  db: Db,
  ids: readonly number[],
  { dueAt, heldUntil, reason }: { dueAt: number; heldUntil: number; reason: string },
): Promise<void> => {
  await db
    .updateTable('deliveries')
    .set({ state: 'unsure', leased_until: null, due_at: dueAt, held_until: heldUntil, maybe_posted: 1, reason })
    .where('id', 'in', ids)
    .where('state', '=', 'leased')
    .execute();
};

/** The first of each card that is to be looked for once more, where its channel has nothing in flight and is not paused. */
export const dueUnconfirmed = async (
  db: Db,
  asked: { platform: string; now: number; limit: number; busy: readonly number[] },
): Promise<PendingDelivery[]> => {
  const rows = await db
    .selectFrom('deliveries as d')
    .innerJoin('channels as c', 'c.id', 'd.channel_id')
    .select(({ fn }) => fn.min('d.id').as('id'))
    .where('d.platform', '=', asked.platform)
    .where('d.state', '=', 'unsure')
    .where('d.due_at', '<=', asked.now)
    .where(({ or, eb }) => or([eb('c.try_at', 'is', null), eb('c.try_at', '<=', asked.now)]))
    .$if(asked.busy.length > 0, (found) => found.where('d.channel_id', 'not in', asked.busy))
    .groupBy('d.channel_id')
    .limit(asked.limit)
    .execute();
  return readPending(
    db,
    rows.map(({ id }) => Number(id)),
  );
};

/** Follows the configured choice for what has been unsure for long enough; returns how many deliveries it concerned. */
export const resolveUnconfirmed = async (db: Db, now: number, choice: WhenUnsure): Promise<number> => {
  const { numUpdatedRows } = await db
    .updateTable('deliveries')
    .set(
      choice === 'send-again'
        ? { state: 'pending', maybe_posted: 0, doubt_since: null, held_until: null, due_at: now }
        : {
            state: 'expired',
            held_until: null,
            reason: 'nobody can tell whether it arrived; given up',
            settled_at: now,
          },
    )
    .where('state', '=', 'unsure')
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

/** Deliveries of which nobody can tell at the moment whether they arrived, of one platform or of all. */
export const countUnconfirmed = async (db: Db, platform?: string): Promise<number> => {
  const { count } = await db
    .selectFrom('deliveries')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where('state', '=', 'unsure')
    .$if(platform !== undefined, (rows) => rows.where('platform', '=', platform ?? ''))
    .executeTakeFirstOrThrow();
  return Number(count);
};
