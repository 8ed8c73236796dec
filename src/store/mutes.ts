import type { Mute } from '../stories/channel.ts';
import type { Db } from './store.ts';

/** A channel's silences that have not ended at `now`, those that end first at the front. */
export const readMutes = (db: Db, channelId: number, now: number): Promise<Mute[]> =>
  db
    .selectFrom('mutes')
    .select(['symbol', 'until', 'held'])
    .where('channel_id', '=', channelId)
    .where('until', '>', now)
    .orderBy('until')
    .orderBy('symbol')
    .execute();

/** One that is under way gets the new end and keeps its count; one that has ended begins anew. */
export const writeMute = async (
  db: Db,
  mute: { channelId: number; symbol: string; until: number; by: string },
  now: number,
): Promise<void> => {
  const { channelId, symbol, until, by } = mute;
  const before = (await readMutes(db, channelId, now)).find((it) => it.symbol === symbol);
  const row = { until, made_by: by, held: before?.held ?? 0, ...(!before && { created_at: now }) };
  await db
    .insertInto('mutes')
    .values({ channel_id: channelId, symbol, created_at: now, ...row })
    .onConflict((on) => on.columns(['channel_id', 'symbol']).doUpdateSet(row))
    .execute();
};

/** Ends a silence, or all of a channel for `*`; returns those that were under way. */
export const endMutes = async (db: Db, channelId: number, symbol: string, now: number): Promise<Mute[]> => {
  const ended = (await readMutes(db, channelId, now)).filter((it) => symbol === '*' || it.symbol === symbol);
  await db
    .deleteFrom('mutes')
    .where('channel_id', '=', channelId)
    .$if(symbol !== '*', (rows) => rows.where('symbol', '=', symbol))
    .execute();
  return ended;
};
