import type { Mute } from '../stories/channel.ts';
import type { Story } from '../stories/story.ts';
import { idChunks, paddedIds } from './id-lists.ts';
import type { Db } from './store.ts';

const toMute = ({ by_name: by, ...mute }: Omit<Mute, 'by'> & { readonly by_name: string | null }): Mute => ({
  ...mute,
  ...(by !== null && { by }),
});

/** A channel's mutes that are active at `now`, the first to end first. */
export const readMutes = async (db: Db, channelId: number, now: number): Promise<Mute[]> => {
  const rows = await db
    .selectFrom('mutes')
    .select(['symbol', 'until', 'held', 'by_name'])
    .where('channel_id', '=', channelId)
    .where('until', '>', now)
    .orderBy('until')
    .orderBy('symbol')
    .execute();
  return rows.map(toMute);
};

/** Starts a mute. An active one gets the new end and keeps its count; an ended one starts again at 0. */
export const writeMute = async (
  db: Db,
  mute: { channelId: number; symbol: string; until: number; by: string; byName?: string },
  now: number,
): Promise<void> => {
  const { channelId, symbol, until, by, byName = null } = mute;
  const active = (await readMutes(db, channelId, now)).find((it) => it.symbol === symbol);
  const row = { until, made_by: by, by_name: byName, held: active?.held ?? 0, ...(!active && { created_at: now }) };
  await db
    .insertInto('mutes')
    .values({ channel_id: channelId, symbol, created_at: now, ...row })
    .onConflict((on) => on.columns(['channel_id', 'symbol']).doUpdateSet(row))
    .execute();
};

/** Ends mutes of a channel by their symbols. */
export const deleteMutes = async (db: Db, channelId: number, symbols: readonly string[]): Promise<void> => {
  await db.deleteFrom('mutes').where('channel_id', '=', channelId).where('symbol', 'in', symbols).execute();
};

/** A channel with the mutes of it that have ended by `now` and are not told of. */
interface EndedMutes {
  readonly channelId: number;
  readonly mutes: readonly Mute[];
}

/** Mutes that have ended by `now`, by channel; of at most `limit` channels, or of one alone. */
export const endedMutes = async (
  db: Db,
  now: number,
  { limit = 1, channelId }: { readonly limit?: number; readonly channelId?: number },
): Promise<EndedMutes[]> => {
  const rows = await db
    .selectFrom('mutes')
    .select(['channel_id', 'symbol', 'until', 'held', 'by_name'])
    .where('until', '<=', now)
    .where('channel_id', 'in', (from) =>
      from
        .selectFrom('mutes')
        .select('channel_id')
        .distinct()
        .where('until', '<=', now)
        .$if(channelId !== undefined, (some) => some.where('channel_id', '=', channelId ?? 0))
        .limit(limit),
    )
    .orderBy('until')
    .orderBy('symbol')
    .execute();
  const byChannel = Map.groupBy(rows, (row) => row.channel_id);
  return [...byChannel].map(([id, of]) => ({
    channelId: id,
    mutes: of.map(({ channel_id: _, ...mute }) => toMute(mute)),
  }));
};

const heldBy = (db: Db, channelId: number, symbols: readonly string[]) =>
  db
    .updateTable('deliveries')
    .where('channel_id', '=', channelId)
    .where('state', '=', 'muted')
    .where('muted_by', 'in', symbols);

/** The stories that mutes of a channel have held back, oldest first; each is taken once. */
export const takeHeldStories = async (db: Db, channelId: number, symbols: readonly string[]): Promise<Story[]> => {
  const rows = await db
    .selectFrom('deliveries as d')
    .innerJoin('stories as s', 's.id', 'd.story_id')
    .select('s.body')
    .where('d.channel_id', '=', channelId)
    .where('d.state', '=', 'muted')
    .where('d.muted_by', 'in', symbols)
    .orderBy('d.id')
    .execute();
  if (rows.length > 0) await heldBy(db, channelId, symbols).set({ muted_by: null }).execute();
  return rows.map(({ body }) => JSON.parse(body) as Story);
};

/** Hands what mutes of a channel have held back to its mute of all, which tells of it at its end. */
export const handHeldToAll = async (db: Db, channelId: number, mutes: readonly Mute[]): Promise<void> => {
  const symbols = mutes.map(({ symbol }) => symbol);
  await heldBy(db, channelId, symbols).set({ muted_by: '*' }).execute();
  const held = mutes.reduce((sum, mute) => sum + mute.held, 0);
  await db
    .updateTable('mutes')
    .set((row) => ({ held: row('held', '+', held) }))
    .where('channel_id', '=', channelId)
    .where('symbol', '=', '*')
    .execute();
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
          muted_by: symbol,
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
