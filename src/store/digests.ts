import { idChunks } from './lists.ts';
import type { Db } from './store.ts';

/** Notes that channels are owed a day's digest; returns those of them of whom nothing was noted for that day. */
export const noteDigests = async (
  db: Db,
  channelIds: readonly number[],
  day: string,
  now: number,
): Promise<number[]> => {
  const noted: number[] = [];
  for (const ids of idChunks(channelIds)) {
    const rows = await db
      .insertInto('digests')
      .columns(['channel_id', 'day', 'state', 'created_at'])
      .expression((from) =>
        from
          .selectFrom('channels')
          .select(({ ref, val }) => [
            ref('channels.id').as('channel_id'),
            val(day).as('day'),
            val('queued').as('state'),
            val(now).as('created_at'),
          ])
          .where('channels.id', 'in', ids),
      )
      .onConflict((on) => on.columns(['channel_id', 'day']).doNothing())
      .returning('channel_id')
      .execute();
    for (const row of rows) noted.push(row.channel_id);
  }
  return noted;
};
