import type { Mute } from '../stories/channel.ts';
import { idChunks, paddedIds } from './id-lists.ts';
import type { Db } from './store.ts';

/** A channel's mutes that are active at `now`, the first to end first. */
export const readMutes = (db: Db, channelId: number, now: number): Promise<Mute[]> =>
  db
    .selectFrom('mutes')
    .select(['symbol', 'until', 'held'])
    .where('channel_id', '=', channelId)
    .where('until', '>', now)
    .orderBy('until')
    .orderBy('symbol')
    .execute();

/** Starts a mute. An active one gets the new end and keeps its count; an ended one starts again at 0. */
export const writeMute = async (
  db: Db,
  mute: { channelId: number; symbol: string; until: number; by: string },
  now: number,
): Promise<void> => {
  const { channelId, symbol, until, by } = mute;
  const active = (await readMutes(db, channelId, now)).find((it) => it.symbol === symbol);
  const row = { until, made_by: by, held: active?.held ?? 0, ...(!active && { created_at: now }) };
  await db
    .insertInto('mutes')
    .values({ channel_id: channelId, symbol, created_at: now, ...row })
    .onConflict((on) => on.columns(['channel_id', 'symbol']).doUpdateSet(row))
    .execute();
};

/** Ends the mute of a symbol, or all mutes of the channel if the symbol is `*`; returns those that were active. */
export const endMutes = async (db: Db, channelId: number, symbol: string, now: number): Promise<Mute[]> => {
  const ended = (await readMutes(db, channelId, now)).filter((it) => symbol === '*' || it.symbol === symbol);
  await db
    .deleteFrom('mutes')
    .where('channel_id', '=', channelId)
    .$if(symbol !== '*', (rows) => rows.where('symbol', '=', symbol))
    .execute();
  return ended;
};

/** A mute's symbol, `*` = all, and its end in epoch milliseconds. */
export type ActiveMute = Pick<Mute, 'symbol' | 'until'>;

/**
 * The mutes that hold back a card about `symbol` in channels after `cursor`, up to and including `last`, by channel: that
 * of the card's own symbol if there is one, else that of all.
 */
export const mutesAmong = async (
  db: Db,
  { cursor, last }: { readonly cursor: number; readonly last: number },
  symbol: string,
  now: number,
): Promise<Map<number, ActiveMute>> => {
  const rows = await db
    .selectFrom('mutes')
    .select(['channel_id', 'symbol', 'until'])
    .where('channel_id', '>', cursor)
    .where('channel_id', '<=', last)
    .where('symbol', 'in', [symbol, '*'])
    .where('until', '>', now)
    .execute();
  const found = new Map<number, ActiveMute>();
  for (const { channel_id, ...mute } of rows)
    if (mute.symbol === symbol || !found.has(channel_id)) found.set(channel_id, mute);
  return found;
};

/** Adds one held-back card to the count of each channel's mute of `symbol`. */
export const countHeldBack = async (db: Db, channelIds: readonly number[], symbol: string): Promise<void> => {
  for (const ids of idChunks(channelIds))
    await db
      .updateTable('mutes')
      .set((row) => ({ held: row('held', '+', 1) }))
      .where('channel_id', 'in', ids)
      .where('symbol', '=', symbol)
      .execute();
};

/** Notes with muted deliveries of these stories until when their channels are muted. */
export const noteMuted = async (
  db: Db,
  storyIds: readonly number[],
  until: ReadonlyMap<number, ActiveMute>,
): Promise<void> => {
  for (const [symbol, channels] of Map.groupBy(until, ([, mute]) => mute.symbol))
    for (const ids of idChunks(channels.map(([id]) => id)))
      await db
        .updateTable('deliveries')
        .set(({ selectFrom }) => ({
          muted_until: selectFrom('mutes')
            .select('mutes.until')
            .whereRef('mutes.channel_id', '=', 'deliveries.channel_id')
            .where('mutes.symbol', '=', symbol),
        }))
        .where('channel_id', 'in', ids)
        .where('story_id', 'in', paddedIds(storyIds))
        .where('state', '=', 'muted')
        .execute();
};
