import { type RawBuilder, sql } from 'kysely';
import { GATHER_MS, LONGEST_GATHER_MS } from '../stories/slide-window.ts';
import { DAY_MS } from '../util/durations.ts';
import { countPaused } from './pauses.ts';
import type { Db } from './store.ts';

/** The longest that a delivery ever waits for something, milliseconds. */
export interface LongestWaits {
  /** Until the next try. */
  readonly retryMs: number;
  readonly leaseMs: number;
  /** Until it is decided what becomes of an unconfirmed one. */
  readonly unsureMs: number;
  /** Until a paused channel of a platform is tried that has so many of them. */
  readonly pauseMs: (pausedChannels: number) => number;
}

/** Instants that have been. A job's last run is left out: the job is due if that lies ahead. */
const PAST: readonly (readonly [table: string, column: string])[] = [
  ['stories', 'created_at'],
  ['alerts', 'created_at'],
  ['channels', 'created_at'],
  ['channels', 'paused_at'],
  ['deliveries', 'created_at'],
  ['fanouts', 'created_at'],
  ['digests', 'created_at'],
  ['digest_marks', 'decided_at'],
  ['digest_marks', 'told_at'],
  ['filed_facts', 'added_at'],
  ['filing_marks', 'read_at'],
  ['report_days', 'fetched_at'],
  ['open_answers', 'created_at'],
  ['subscriptions', 'created_at'],
  ['subscriptions', 'alerted_at'],
  ['subscriptions', 'refused_at'],
  ['subscriptions', 'ended_at'],
  ['personal_pings', 'created_at'],
  ['personal_pings', 'tried_at'],
  ['edits', 'created_at'],
  ['edits', 'edited_at'],
  ['mute_notes', 'ended_at'],
  ['bill_news', 'told_at'],
];

/** A column, how long after now it may lie, and in which rows it counts. */
type Coming = readonly [table: string, column: string, waitMs: number, where: RawBuilder<unknown>];

const coming = ({ retryMs, leaseMs, unsureMs }: LongestWaits): readonly Coming[] => [
  ['deliveries', 'due_at', LONGEST_GATHER_MS, sql`state = 'pending' and attempts = 0`],
  ['deliveries', 'due_at', retryMs, sql`state in ('pending', 'unsure') and attempts > 0`],
  ['deliveries', 'leased_until', leaseMs, sql`state = 'leased'`],
  ['deliveries', 'held_until', unsureMs, sql`state = 'unsure'`],
  // Quiet hours end within a day; whether they are over is decided by the settings then.
  ['deliveries', 'held_until', DAY_MS, sql`state = 'quiet'`],
  ['personal_pings', 'due_at', retryMs, sql`1 = 1`],
  ['edits', 'due_at', retryMs, sql`due_at is not null`],
  ['fanouts', 'due_at', GATHER_MS, sql`done_at is null`],
  ['channels', 'shut_until', LONGEST_GATHER_MS, sql`1 = 1`],
];

/**
 * Brings back every stored time that a clock which was ahead has made, so that nothing waits for it: `backMs` is how far
 * the clock was just set back, 0 if that is not known, as at a start. An instant that has been is never after `now`; what is
 * to come waits as long as it would have, and never longer than the bot makes anything wait. What expires keeps its time.
 * All in epoch milliseconds.
 */
export const bringBackStamps = async (
  db: Db,
  now: number,
  { backMs, waits }: { readonly backMs: number; readonly waits: LongestWaits },
): Promise<void> => {
  const bringBack = async ([table, column, waitMs, where]: Coming): Promise<void> => {
    const latest = now + waitMs;
    const [stored, earlier] = [sql.ref(column), sql`${sql.ref(column)} - ${backMs}`];
    await sql`update ${sql.table(table)} set ${stored} = case when ${earlier} < ${latest} then ${earlier} else ${latest} end
      where ${stored} > ${backMs > 0 ? now : latest} and ${where}`.execute(db);
  };
  // A mute that the wrong clock has made lasts as long as its person said.
  await sql`update mutes set until = until - (created_at - ${now}), created_at = ${now} where created_at > ${now}`.execute(
    db,
  );
  await sql`update mute_notes set until = until - (created_at - ${now}), created_at = ${now} where created_at > ${now}`.execute(
    db,
  );
  if (backMs === 0) {
    // A posted card is looked for from here on: from early enough, if nobody knows when the try was.
    await db
      .updateTable('deliveries')
      .set({ doubt_since: now - DAY_MS })
      .where('doubt_since', '>', now)
      .execute();
    // A new card tells by itself how long it was to wait.
    await sql`update deliveries set due_at = ${now} + (due_at - created_at)
      where state = 'pending' and attempts = 0 and created_at > ${now} and due_at >= created_at`.execute(db);
  }
  await bringBack(['deliveries', 'doubt_since', 0, sql`maybe_posted = 1`]);
  for (const [table, column] of PAST) await bringBack([table, column, 0, sql`1 = 1`]);
  for (const column of coming(waits)) await bringBack(column);
  for (const [platform, paused] of Object.entries(await countPaused(db)))
    await bringBack(['channels', 'try_at', waits.pauseMs(paused), sql`platform = ${platform}`]);
};
