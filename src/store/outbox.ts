import { sql } from 'kysely';
import type { Story } from '../stories/story.ts';
import { STORY_KINDS } from '../stories/story-kinds.ts';
import { cacheCompiledQueries } from './compiled-queries.ts';
import type { FIRST_STATES } from './delivery-transitions.ts';
import type { Db } from './store.ts';
import { writeStory } from './stories.ts';

/** Times of a delivery, epoch milliseconds. */
export interface EnqueueTimes {
  /** When the story was made. */
  readonly now: number;
  /** The earliest time at which its card is posted. */
  readonly dueAt: number;
}

/** Times of a plan's deliveries, epoch milliseconds. */
export interface PlanTimes extends EnqueueTimes {
  /** When its cards are no longer worth posting; by default a kind's lifetime after `now`. */
  readonly expiresAt?: number;
}

/** A new delivery: one story for one channel. Times in epoch milliseconds. */
export interface NewDelivery {
  readonly storyId: number;
  readonly channelId: number;
  readonly platform: string;
  readonly state: (typeof FIRST_STATES)[number];
  readonly priority: number;
  readonly dueAt: number;
  readonly expiresAt: number;
  readonly createdAt: number;
  /** Only with `quiet`: the end of the quiet hours. */
  readonly heldUntil?: number;
  /** Only with `muted`. */
  readonly settledAt?: number;
}

/** In the order of `valuesOf`; what is the same in every new row stands in the statement. */
const toRow = (delivery: NewDelivery) => ({
  story_id: delivery.storyId,
  channel_id: delivery.channelId,
  platform: delivery.platform,
  state: delivery.state,
  due_at: delivery.dueAt,
  expires_at: delivery.expiresAt,
  created_at: delivery.createdAt,
  priority: delivery.priority,
  held_until: delivery.heldUntil ?? null,
  settled_at: delivery.settledAt ?? null,
  attempts: sql.lit(0),
  maybe_posted: sql.lit(0),
});

/** The values of a statement's placeholders for one row. */
const valuesOf = (delivery: NewDelivery) => [
  delivery.storyId,
  delivery.channelId,
  delivery.platform,
  delivery.state,
  delivery.dueAt,
  delivery.expiresAt,
  delivery.createdAt,
  delivery.priority,
  delivery.heldUntil ?? null,
  delivery.settledAt ?? null,
];

const ROWS_PER_INSERT = 50;

/** Inserts by number of rows. */
const compiledInserts = cacheCompiledQueries<number>();

/** Writes deliveries; where a channel has one of the same story already, that one stays as it is. */
export const insertDeliveries = async (db: Db, deliveries: readonly NewDelivery[]): Promise<void> => {
  for (let from = 0; from < deliveries.length; from += ROWS_PER_INSERT) {
    const rows = deliveries.slice(from, from + ROWS_PER_INSERT);
    const insert = compiledInserts(db, rows.length, () =>
      db
        .insertInto('deliveries')
        .values(rows.map(toRow))
        .onConflict((on) => on.columns(['story_id', 'channel_id']).doNothing())
        .compile(),
    );
    await db.executeQuery({ ...insert, parameters: rows.flatMap(valuesOf) });
  }
};

/** Enqueues a story that is written already for one channel. */
export const enqueueStory = (
  db: Db,
  channel: { readonly id: number; readonly platform: string },
  storyId: number,
  { kind, now, dueAt, expiresAt }: EnqueueTimes & { readonly kind: Story['kind']; readonly expiresAt: number },
): Promise<void> =>
  insertDeliveries(db, [
    {
      storyId,
      channelId: channel.id,
      platform: channel.platform,
      state: 'pending',
      priority: STORY_KINDS[kind].priority,
      dueAt,
      expiresAt,
      createdAt: now,
    },
  ]);

/** Enqueues a story for one channel, whatever its settings are: a greeting, a test. Returns the story's id. */
export const enqueueForChannel = async (
  db: Db,
  channelId: number,
  story: Story,
  { now, dueAt }: EnqueueTimes,
): Promise<number> => {
  const { kind } = story;
  const { platform } = await db
    .selectFrom('channels')
    .select('platform')
    .where('id', '=', channelId)
    .executeTakeFirstOrThrow();
  const storyId = await writeStory(db, story, now);
  await enqueueStory(db, { id: channelId, platform }, storyId, {
    kind,
    now,
    dueAt,
    expiresAt: dueAt + STORY_KINDS[kind].lifeMs,
  });
  return storyId;
};
