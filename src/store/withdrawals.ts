import { ruleOf } from '../slides/alert-kinds.ts';
import type { Alert } from '../stories/alert.ts';
import type { Story } from '../stories/story.ts';
import { moveThese } from './delivery-transitions.ts';
import { finishFanout, openFanouts } from './fanouts.ts';
import { idChunks } from './id-lists.ts';
import type { DeliveryState } from './schema.ts';
import type { Db } from './store.ts';

/** States in which a card may have been read. */
const TOLD_STATES: readonly DeliveryState[] = ['sent', 'leased', 'unsure', 'merged', 'summed'];

/** A session's alerts of one symbol that are withdrawn. */
interface Withdrawn {
  readonly symbol: string;
  readonly session: string;
  /** At least one. */
  readonly alerts: readonly Alert[];
}

const isWithdrawn = ({ session, alerts: withdrawn }: Withdrawn, alert: Alert): boolean =>
  alert.session === session && withdrawn.some((it) => ruleOf(it) === ruleOf(alert));

/** Ends the deliveries of a story that are not posted yet. */
export const dropUnposted = async (db: Db, storyId: number, now: number): Promise<void> => {
  await moveThese(db, 'withdraw', db.selectFrom('deliveries').select('id').where('story_id', '=', storyId))
    .set({ reason: 'its alert was withdrawn', settled_at: now })
    .execute();
};

/**
 * Marks alerts as withdrawn. Their cards that are not posted yet never will be, if they tell of nothing else. Returns the
 * ids of the stories that have told of them.
 */
export const withdrawAlerts = async (
  db: Db,
  ids: readonly number[],
  withdrawn: Withdrawn,
  now: number,
): Promise<number[]> => {
  const { symbol, session } = withdrawn;
  await db.updateTable('alerts').set({ withdrawn_at: now }).where('id', 'in', ids).execute();
  for (const { id, plan } of await openFanouts(db))
    if (plan.kind === 'slide' && plan.symbol === symbol && plan.alerts.every((it) => isWithdrawn(withdrawn, it)))
      await finishFanout(db, id, now);
  const rows = await db
    .selectFrom('stories')
    .select(['id', 'body'])
    .where('kind', '=', 'slide')
    .where('symbol', '=', symbol)
    .where('created_at', '>=', Date.parse(session))
    .orderBy('id')
    .execute();
  const stories = rows.flatMap(({ id, body }) => {
    const story = JSON.parse(body) as Story;
    const alerts = story.kind === 'slide' ? story.alerts : [];
    return alerts.some((it) => isWithdrawn(withdrawn, it)) ? [{ id, alerts }] : [];
  });
  for (const { id, alerts } of stories)
    if (alerts.every((it) => isWithdrawn(withdrawn, it))) await dropUnposted(db, id, now);
  return stories.map(({ id }) => id);
};

/** The channels after `cursor`, up to and including `last`, that got one of these stories. */
export const channelsTold = async (
  db: Db,
  { cursor, last }: { readonly cursor: number; readonly last: number },
  stories: readonly number[],
): Promise<ReadonlySet<number>> => {
  const told = new Set<number>();
  for (const chunk of idChunks(stories)) {
    const rows = await db
      .selectFrom('deliveries')
      .select('channel_id')
      .where('story_id', 'in', chunk)
      .where('channel_id', '>', cursor)
      .where('channel_id', '<=', last)
      .where('state', 'in', TOLD_STATES)
      .execute();
    for (const { channel_id } of rows) told.add(channel_id);
  }
  return told;
};
