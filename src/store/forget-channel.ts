import type { Db } from './store.ts';
import { forgetSubscriptions } from './subscriptions.ts';

/**
 * Deletes a channel with everything that is stored of it and of its people: settings, mutes and the cards that name who muted, subscriptions, digests,
 * deliveries. Stories stay, as they name no channel. A card that is under way is not looked after any more.
 */
export const forgetChannel = async (db: Db, id: number): Promise<void> => {
  await forgetSubscriptions(db, id);
  await db
    .deleteFrom('edits')
    .where('batch', 'in', (from) => from.selectFrom('deliveries').select('id').where('channel_id', '=', id))
    .execute();
  for (const table of ['channel_symbols', 'mutes', 'mute_notes', 'digests', 'deliveries'] as const)
    await db.deleteFrom(table).where('channel_id', '=', id).execute();
  await db.deleteFrom('channels').where('id', '=', id).execute();
};
