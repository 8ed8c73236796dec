import { HOUR_MS } from '../util/durations.ts';
import { enqueueEditsOf } from './edits.ts';
import type { Db } from './store.ts';

/** A posted card says within a day who has muted; what it says is made at the time of the edit. */
const NOTE_LIFE_MS = 24 * HOUR_MS;

/** A mute that a posted card tells of. Times in epoch milliseconds. */
export interface MuteNote {
  /** `*` = all. */
  readonly symbol: string;
  /** Who muted, as the platform shows the person; absent if it did not say. */
  readonly by?: string;
  readonly until: number;
  /** Absent while the mute is in force. */
  readonly endedAt?: number;
}

/** The card of a channel's message; undefined if it is none of ours. */
const cardOfMessage = (db: Db, channelId: number, messageId: string) =>
  db
    .selectFrom('deliveries')
    .select(['batch', 'platform'])
    .where('channel_id', '=', channelId)
    .where('message_id', '=', messageId)
    .where('state', '=', 'sent')
    .where('batch', 'is not', null)
    .executeTakeFirst();

const notesInForce = (db: Db, channelId: number, symbol: string) =>
  db
    .updateTable('mute_notes')
    .where('channel_id', '=', channelId)
    .where('symbol', '=', symbol)
    .where('ended_at', 'is', null);

/**
 * Notes a mute on the card whose button was pressed, and on the cards that tell of the same mute already; owes each an
 * edit, in the caller's transaction. Without `messageId` only those that tell of it get the new end.
 */
export const noteMute = async (
  db: Db,
  mute: {
    readonly channelId: number;
    readonly symbol: string;
    readonly until: number;
    readonly byName?: string;
    readonly messageId?: string;
  },
  now: number,
): Promise<void> => {
  const { channelId, symbol, until, byName = null, messageId } = mute;
  const card = messageId === undefined ? undefined : await cardOfMessage(db, channelId, messageId);
  const row = { by_name: byName, until, ended_at: null };
  if (card && card.batch !== null)
    await db
      .insertInto('mute_notes')
      .values({ batch: card.batch, platform: card.platform, channel_id: channelId, symbol, ...row, created_at: now })
      .onConflict((on) => on.columns(['batch', 'symbol']).doUpdateSet({ ...row, created_at: now }))
      .execute();
  const cards = await notesInForce(db, channelId, symbol).set(row).returning(['batch', 'platform']).execute();
  await enqueueEditsOf(db, cards, { now, lifeMs: NOTE_LIFE_MS, isSpare: true });
};

/** Notes on the cards that tell of these mutes of a channel that they are over; owes each an edit. */
export const noteMutesEnded = async (
  db: Db,
  channelId: number,
  mutes: readonly { readonly symbol: string; readonly until: number }[],
  now: number,
): Promise<void> => {
  for (const { symbol, until } of mutes) {
    const ended = { ended_at: Math.min(until, now) };
    const cards = await notesInForce(db, channelId, symbol).set(ended).returning(['batch', 'platform']).execute();
    await enqueueEditsOf(db, cards, { now, lifeMs: NOTE_LIFE_MS, isSpare: true });
  }
};

/** The mutes that a posted card tells of. */
export const muteNotesOf = async (db: Db, batch: number): Promise<MuteNote[]> => {
  const rows = await db
    .selectFrom('mute_notes')
    .select(['symbol', 'by_name', 'until', 'ended_at'])
    .where('batch', '=', batch)
    .orderBy('created_at')
    .orderBy('symbol')
    .execute();
  return rows.map(({ by_name: by, ended_at: endedAt, ...note }) => ({
    ...note,
    ...(by !== null && { by }),
    ...(endedAt !== null && { endedAt }),
  }));
};
