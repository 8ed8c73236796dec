import { DELIVERY_GROUPS, type DeliveriesAsked } from '../stories/deliveries-asked.ts';
import { type Pause, pauseFromStore } from '../stories/pause.ts';
import type { Story } from '../stories/story.ts';
import type { DeliveryState } from './schema.ts';
import type { Db } from './store.ts';

/** A delivery with what is known of its channel. Times in epoch milliseconds. */
export interface ListedDelivery {
  readonly id: number;
  readonly storyId: number;
  readonly story: Story;
  /** The id of its card. */
  readonly card: number;
  readonly platform: string;
  readonly channelId: number;
  readonly language: string;
  /** How it came to be one. */
  readonly origin: 'env' | 'setup' | 'invite';
  readonly pause?: Pause;
  readonly state: DeliveryState;
  readonly attempts: number;
  readonly reason?: string;
  readonly createdAt: number;
  readonly dueAt: number;
  readonly expiresAt: number;
  readonly heldUntil?: number;
  readonly mutedUntil?: number;
  readonly settledAt?: number;
}

export interface DeliveryPage {
  readonly deliveries: readonly ListedDelivery[];
  /** Whether there are more, on either side. */
  readonly hasOlder: boolean;
  readonly hasNewer: boolean;
}

/**
 * The ids of a page. What most deliveries have in common is looked for from one end of the table, not by an index, whose many
 * rows would have to be sorted: SQLite cannot know.
 */
const found = (db: Db, { group, platform, channel, kind, before, after, limit }: DeliveriesAsked) =>
  db
    .selectFrom('deliveries as d')
    .select('d.id')
    .$if(group === 'sent', (rows) =>
      rows.where(({ fn, val }) => fn.coalesce('d.state', val<DeliveryState>('pending')), '=', 'sent'),
    )
    .$if(group !== undefined && group !== 'sent', (rows) =>
      rows.where('d.state', 'in', DELIVERY_GROUPS[group ?? 'sent']),
    )
    .$if(platform !== undefined, (rows) =>
      rows.where(({ fn, val }) => fn.coalesce('d.platform', val('')), '=', platform ?? ''),
    )
    .$if(channel !== undefined, (rows) => rows.where('d.channel_id', '=', channel ?? 0))
    .$if(kind !== undefined, (rows) =>
      rows.where(({ exists, selectFrom }) =>
        exists(
          selectFrom('stories as s')
            .select('s.id')
            .whereRef('s.id', '=', 'd.story_id')
            .where('s.kind', '=', kind ?? ''),
        ),
      ),
    )
    .$if(before !== undefined, (rows) => rows.where('d.id', '<', before ?? 0))
    .$if(after !== undefined, (rows) => rows.where('d.id', '>', after ?? 0))
    .orderBy('d.id', after === undefined ? 'desc' : 'asc')
    .limit(limit + 1);

/** A page of deliveries in any state. Its cost does not grow with the pages before it. */
export const listDeliveries = async (db: Db, asked: DeliveriesAsked): Promise<DeliveryPage> => {
  const { limit, before, after } = asked;
  const ids = (await found(db, asked).execute()).map(({ id }) => id);
  const isMore = ids.length > limit;
  const shown = ids.slice(0, limit);
  if (shown.length === 0) return { deliveries: [], hasOlder: false, hasNewer: false };
  const rows = await db
    .selectFrom('deliveries as d')
    .innerJoin('channels as c', 'c.id', 'd.channel_id')
    .innerJoin('stories as s', 's.id', 'd.story_id')
    .selectAll('d')
    .select(['c.language', 'c.origin', 'c.paused', 's.body'])
    .where('d.id', 'in', shown)
    .orderBy('d.id', 'desc')
    .execute();
  const stories = new Map<number, Story>();
  const storyOf = (id: number, body: string): Story => {
    const story = stories.get(id) ?? (JSON.parse(body) as Story);
    stories.set(id, story);
    return story;
  };
  return {
    deliveries: rows.map((row) => ({
      id: row.id,
      storyId: row.story_id,
      story: storyOf(row.story_id, row.body),
      card: row.batch ?? row.id,
      platform: row.platform,
      channelId: row.channel_id,
      language: row.language,
      origin: row.origin,
      ...(row.paused !== null && { pause: pauseFromStore(row.paused) }),
      state: row.state,
      attempts: row.attempts,
      ...(row.reason !== null && { reason: row.reason }),
      createdAt: row.created_at,
      dueAt: row.due_at,
      expiresAt: row.expires_at,
      ...(row.held_until !== null && { heldUntil: row.held_until }),
      ...(row.muted_until !== null && { mutedUntil: row.muted_until }),
      ...(row.settled_at !== null && { settledAt: row.settled_at }),
    })),
    hasOlder: after === undefined ? isMore : true,
    hasNewer: after === undefined ? before !== undefined : isMore,
  };
};

/** How many deliveries a platform has in a state. */
export interface DeliveryCount {
  readonly platform: string;
  readonly state: DeliveryState;
  readonly count: number;
}

export const countDeliveries = async (db: Db): Promise<DeliveryCount[]> => {
  const rows = await db
    .selectFrom('deliveries')
    .select(({ fn }) => ['platform', 'state', fn.countAll<number>().as('count')])
    .groupBy(['platform', 'state'])
    .execute();
  return rows.map(({ count, ...row }) => ({ ...row, count: Number(count) }));
};

/** How many cards were given up after `since`, epoch milliseconds. */
export const countLost = async (db: Db, since: number): Promise<number> => {
  const { count } = await db
    .selectFrom('deliveries')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where('state', 'in', DELIVERY_GROUPS.lost)
    .where('settled_at', '>=', since)
    .executeTakeFirstOrThrow();
  return Number(count);
};
