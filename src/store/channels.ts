import type { Db } from './store.ts';

export interface Channel {
  readonly id: number;
  readonly platform: string;
  /** The platform's own id of the channel. */
  readonly address: string;
  readonly language: string;
}

/** Makes sure that a channel is there and in use, in this language. */
export const openChannel = async (
  db: Db,
  { platform, address, language }: Omit<Channel, 'id'>,
  now: number,
): Promise<void> => {
  await db
    .insertInto('channels')
    .values({ platform, address, language, retired: null, created_at: now })
    .onConflict((on) => on.columns(['platform', 'address']).doUpdateSet({ language, retired: null }))
    .execute();
};

/** Ends a channel for good; nothing new is owed to it. */
export const retireChannel = async (db: Db, id: number, reason: string): Promise<void> => {
  await db.updateTable('channels').set({ retired: reason }).where('id', '=', id).execute();
};

/** Retires the channels of a platform that are not among `addresses`, and says which: `.env` no longer names them. */
export const retireOthers = async (
  db: Db,
  platform: string,
  addresses: readonly string[],
  reason: string,
): Promise<number[]> => {
  const retired = await db
    .updateTable('channels')
    .set({ retired: reason })
    .where('platform', '=', platform)
    .where('retired', 'is', null)
    .$if(addresses.length > 0, (rows) => rows.where('address', 'not in', addresses))
    .returning('id')
    .execute();
  return retired.map(({ id }) => id);
};
