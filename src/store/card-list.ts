import type { Alert } from '../stories/alert.ts';
import type { PageAsked } from '../stories/deliveries-asked.ts';
import type { Story } from '../stories/story.ts';
import { LAST_PRIORITY } from './deliveries.ts';
import type { DeliveryState } from './schema.ts';
import type { Db } from './store.ts';

/** A card in one channel, whatever became of it. Times in epoch milliseconds. */
export interface ListedCard {
  /** The id of its first delivery. */
  readonly id: number;
  /** Of the delivery that the card is listed by: later pages go on from it. */
  readonly cursor: number;
  readonly platform: string;
  readonly language: string;
  readonly state: DeliveryState;
  readonly reason?: string;
  readonly stories: readonly Story[];
  readonly storyIds: readonly number[];
  /** When it was posted, else when it was enqueued. */
  readonly at: number;
}

/** A card gathers far fewer deliveries, and between its own there are few others of its channel. */
const MAX_DELIVERIES_BETWEEN = 200;

const PRIORITIES = Array.from({ length: LAST_PRIORITY + 1 }, (_, priority) => priority);

const heads = (db: Db) =>
  db
    .selectFrom('deliveries as d')
    .innerJoin('channels as c', 'c.id', 'd.channel_id')
    .select([
      'd.id',
      'd.batch',
      'd.channel_id',
      'd.platform',
      'd.state',
      'd.priority',
      'd.reason',
      'd.created_at',
      'd.settled_at',
      'd.story_id',
      'c.language',
    ]);

type Head = Awaited<ReturnType<ReturnType<typeof heads>['execute']>>[number];

/** The stories of a card: those of its channel that came to the same end as its first one. By the index of a channel's queue. */
const storiesOf = async (db: Db, head: Head): Promise<Pick<ListedCard, 'stories' | 'storyIds'>> => {
  const { batch } = head;
  const rows = await db
    .selectFrom('deliveries')
    .select(['story_id', 'batch'])
    .where('channel_id', '=', head.channel_id)
    .where('state', '=', head.state)
    .where('priority', '=', head.priority)
    .where('id', '>=', batch ?? head.id)
    .orderBy('id')
    .limit(batch === null ? 1 : MAX_DELIVERIES_BETWEEN)
    .execute();
  const ids = rows.filter((row) => row.batch === batch).map(({ story_id }) => story_id);
  const stories = await db.selectFrom('stories').select(['id', 'body']).where('id', 'in', ids).execute();
  const bodies = new Map(stories.map(({ id, body }) => [id, body]));
  const read = ids.flatMap((id) => {
    const body = bodies.get(id);
    return body === undefined ? [] : (JSON.parse(body) as Story);
  });
  return { stories: read, storyIds: ids };
};

const listed = async (db: Db, head: Head): Promise<ListedCard> => ({
  id: head.batch ?? head.id,
  cursor: head.id,
  platform: head.platform,
  language: head.language,
  state: head.state,
  ...(head.reason !== null && { reason: head.reason }),
  ...(await storiesOf(db, head)),
  at: head.settled_at ?? head.created_at,
});

/**
 * The cards sent on a platform of one channel or few, newest first: `limit` of them older than the one with the cursor
 * `before`, or newer than `after`, as far as there are. Its cost does not grow with the pages before it.
 */
export const listCards = async (
  db: Db,
  platform: string,
  { before, after, limit }: PageAsked,
): Promise<ListedCard[]> => {
  const channels = await db.selectFrom('channels').select('id').where('platform', '=', platform).execute();
  const queues = channels.flatMap(({ id }) => PRIORITIES.map((priority) => ({ id, priority })));
  const found: Head[] = [];
  for (const { id, priority } of queues)
    found.push(
      ...(await heads(db)
        .where('d.channel_id', '=', id)
        .where('d.state', '=', 'sent')
        .where('d.priority', '=', priority)
        .where('d.batch', 'is not', null)
        .$if(before !== undefined, (rows) => rows.where('d.id', '<', before ?? 0))
        .$if(after !== undefined, (rows) => rows.where('d.id', '>', after ?? 0))
        // The first of its card that was sent.
        .where(({ not, exists, selectFrom }) =>
          not(
            exists(
              selectFrom('deliveries as e')
                .select('e.id')
                .whereRef('e.channel_id', '=', 'd.channel_id')
                .where('e.state', '=', 'sent')
                .whereRef('e.priority', '=', 'd.priority')
                .whereRef('e.id', '>=', 'd.batch')
                .whereRef('e.id', '<', 'd.id')
                .whereRef('e.batch', '=', 'd.batch'),
            ),
          ),
        )
        .orderBy('d.id', after === undefined ? 'desc' : 'asc')
        .limit(limit)
        .execute()),
    );
  const near = found.sort((a, b) => (after === undefined ? b.id - a.id : a.id - b.id)).slice(0, limit);
  const cards: ListedCard[] = [];
  for (const head of near.sort((a, b) => b.id - a.id)) cards.push(await listed(db, head));
  return cards;
};

/** The card that a delivery is a part of, or will be; undefined if there is no such delivery. */
export const readCard = async (db: Db, id: number): Promise<ListedCard | undefined> => {
  const own = await heads(db).where('d.id', '=', id).executeTakeFirst();
  if (!own) return undefined;
  if (own.batch === null) return listed(db, own);
  // Its card may have gone out with other deliveries, such as a deeper one in its place.
  const sent = await heads(db)
    .where('d.channel_id', '=', own.channel_id)
    .where('d.state', '=', 'sent')
    .where('d.priority', '=', own.priority)
    .where('d.id', '>=', own.batch)
    .where('d.batch', '=', own.batch)
    .orderBy('d.id')
    .limit(1)
    .executeTakeFirst();
  return listed(db, sent ?? own);
};

/** The alerts of a symbol that a platform was told of, each with the id of its card; of the last `limit` deliveries. */
export const readAlertCards = async (
  db: Db,
  platform: string,
  symbol: string,
  limit: number,
): Promise<{ readonly alert: Alert; readonly card: number }[]> => {
  const rows = await db
    .selectFrom('stories as s')
    .innerJoin('deliveries as d', 'd.story_id', 's.id')
    .innerJoin('channels as c', 'c.id', 'd.channel_id')
    .select(['d.id', 'd.batch', 's.body'])
    .where('s.kind', '=', 'slide')
    .where('s.symbol', '=', symbol)
    .where('c.platform', '=', platform)
    .where('d.state', '=', 'sent')
    .orderBy('s.id', 'desc')
    .limit(limit)
    .execute();
  return rows.flatMap(({ id, batch, body }) => {
    const story = JSON.parse(body) as Story;
    return story.kind === 'slide' ? story.alerts.map((alert) => ({ alert, card: batch ?? id })) : [];
  });
};
