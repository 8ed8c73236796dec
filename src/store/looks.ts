import { type RawBuilder, sql } from 'kysely';
import { TRANSITIONS } from './delivery-transitions.ts';
import type { Db } from './store.ts';

/*
 * What jobs ask every second, nearly always in vain: whether a transaction is worth its cost. Each is one statement that
 * the indexes answer, as text: Kysely would take longer to write it than a database to answer it.
 */

const anyOf = async (db: Db, ...conditions: readonly RawBuilder<unknown>[]): Promise<boolean> => {
  const found = conditions.map((condition) => sql`exists (select 1 from deliveries where ${condition})`);
  const { rows } = await sql`select 1 as found where ${sql.join(found, sql` or `)}`.execute(db);
  return rows.length > 0;
};

/** By the index of the times alone: SQLite would rather look at all of a state, of which a night may hold thousands. */
const isHeld = (state: 'quiet' | 'unsure', now: number): RawBuilder<unknown> =>
  sql`held_until <= ${now} and coalesce(state, '') = ${state}`;

/** Whether anything is due on a platform at `now`, epoch milliseconds. */
export const anythingDue = (db: Db, platform: string, now: number): Promise<boolean> =>
  anyOf(
    db,
    sql`platform = ${platform} and state = 'pending' and is_ready = 0 and due_at <= ${now}`,
    sql`platform = ${platform} and state = 'pending' and is_ready = 1`,
    sql`platform = ${platform} and state = 'unsure' and is_ready = 0 and due_at <= ${now}`,
  );

/** Whether a lease of a platform has run out at `now`, or anything has expired or has been unconfirmed for long enough. */
export const anythingToReap = (db: Db, platform: string, now: number): Promise<boolean> =>
  anyOf(
    db,
    sql`platform = ${platform} and state = 'leased' and leased_until <= ${now}`,
    isHeld('unsure', now),
    ...TRANSITIONS.expire.from.map((state) => sql`state = ${state} and expires_at <= ${now}`),
  );

/** The first priority from `least` on of which something is ready on a platform; undefined for none. */
export const nextPriority = async (db: Db, platform: string, least: number): Promise<number | undefined> => {
  const { rows } = await sql<{ priority: number }>`select priority from deliveries
    where platform = ${platform} and state = 'pending' and is_ready = 1 and priority >= ${least} order by priority limit 1`.execute(
    db,
  );
  return rows[0]?.priority;
};

/** Whether quiet hours that hold anything are over at `now`, epoch milliseconds. */
export const anythingToRelease = (db: Db, now: number): Promise<boolean> => anyOf(db, isHeld('quiet', now));
