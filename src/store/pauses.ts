import { TRANSITIONS } from './delivery-transitions.ts';
import type { Db } from './store.ts';

/** Pauses a channel: nothing is posted there before `tryAt`. `why` is a stored Pause; the first pause time is kept. */
export const pauseChannel = async (
  db: Db,
  id: number,
  { why, now, tryAt }: { why: string; now: number; tryAt: number },
): Promise<void> => {
  await db
    .updateTable('channels')
    .set(({ fn, ref, val }) => ({
      paused: why,
      paused_at: fn.coalesce(ref('paused_at'), val(now)),
      try_at: tryAt,
    }))
    .where('id', '=', id)
    .execute();
};

/** Stores what a channel's cards lack; null: nothing. */
export const writeLacks = async (db: Db, id: number, lacks: string | null): Promise<void> => {
  await db.updateTable('channels').set({ lacks }).where('id', '=', id).execute();
};

/** Ends a channel's pause; the person who set it up is notified again of the next one. */
export const endPause = async (db: Db, id: number): Promise<void> => {
  await db
    .updateTable('channels')
    .set({ paused: null, paused_at: null, try_at: null, person_told: 0 })
    .where('id', '=', id)
    .execute();
};

/** Records that a channel's pause, if it has not ended yet, was announced: to the person who set it up, or in another channel. */
export const markPersonNotified = async (db: Db, id: number): Promise<void> => {
  await db
    .updateTable('channels')
    .set({ person_told: 1 })
    .where('id', '=', id)
    .where('paused_at', 'is not', null)
    .execute();
};

/** Makes paused channels due now: those of a platform, of one server or workspace, or the one at an address. */
export const retryPaused = async (
  db: Db,
  {
    platform,
    workspace,
    address,
  }: { readonly platform: string; readonly workspace?: string; readonly address?: string },
  now: number,
): Promise<void> => {
  const paused = await db
    .selectFrom('channels')
    .select(['id', 'try_at'])
    .where('platform', '=', platform)
    .where('paused_at', 'is not', null)
    .$if(workspace !== undefined, (rows) => rows.where('workspace', '=', workspace ?? ''))
    .$if(address !== undefined, (rows) => rows.where('address', '=', address ?? ''))
    .execute();
  for (const { id, try_at } of paused) {
    await db.updateTable('channels').set({ try_at: now }).where('id', '=', id).execute();
    // A delivery that waits for another reason, such as a slide in its roll-up window, keeps its time.
    await db
      .updateTable('deliveries')
      .set({ due_at: now })
      .where('channel_id', '=', id)
      .where('state', 'in', TRANSITIONS.claim.from)
      .where('due_at', '=', try_at ?? now)
      .execute();
  }
};

/** Forgets what the cards of channels lack, so that it is tried again: those of a platform, of one server or workspace, or one. */
export const clearLacks = async (
  db: Db,
  {
    platform,
    workspace,
    address,
  }: { readonly platform: string; readonly workspace?: string; readonly address?: string },
): Promise<void> => {
  await db
    .updateTable('channels')
    .set({ lacks: null })
    .where('platform', '=', platform)
    .where('lacks', 'is not', null)
    .$if(workspace !== undefined, (rows) => rows.where('workspace', '=', workspace ?? ''))
    .$if(address !== undefined, (rows) => rows.where('address', '=', address ?? ''))
    .execute();
};

/** Number of paused channels by platform. */
export const countPaused = async (db: Db): Promise<Readonly<Record<string, number>>> => {
  const rows = await db
    .selectFrom('channels')
    .select(({ fn }) => ['platform', fn.countAll<number>().as('count')])
    .where('paused_at', 'is not', null)
    .where('status', '=', 'in-use')
    .groupBy('platform')
    .execute();
  return Object.fromEntries(rows.map(({ platform, count }) => [platform, Number(count)]));
};
