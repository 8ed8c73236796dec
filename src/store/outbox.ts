import type { Alert } from '../stories/alert.ts';
import type { Story } from '../stories/story.ts';
import type { Db } from './store.ts';

/** Milliseconds that a card is worth posting. */
const LIFE: Readonly<Record<Story['kind'], number>> = {
  slide: 12 * 3_600_000,
  figures: 48 * 3_600_000,
  recovery: 24 * 3_600_000,
  summary: 12 * 3_600_000,
  notice: 3_600_000,
  greeting: 24 * 3_600_000,
  test: 3_600_000,
  trouble: 3_600_000,
  digest: 6 * 3_600_000,
};

/** In what order a channel and a platform get what they are owed: alerts, what follows them, digests. */
export const PRIORITY: Readonly<Record<Story['kind'], number>> = {
  slide: 0,
  figures: 1,
  recovery: 1,
  summary: 1,
  notice: 1,
  greeting: 1,
  test: 1,
  trouble: 1,
  digest: 2,
};

/** Milliseconds that a card of this kind is worth posting. */
export const lifeOf = (kind: Story['kind']): number => LIFE[kind];

export interface Times {
  /** When the story was made, epoch milliseconds. */
  readonly now: number;
  /** Before this its card does not go out. */
  readonly dueAt: number;
}

export const writeStory = async (db: Db, story: Story, now: number): Promise<number> => {
  const { id } = await db
    .insertInto('stories')
    .values({ kind: story.kind, symbol: story.symbol, body: JSON.stringify(story), created_at: now })
    .returning('id')
    .executeTakeFirstOrThrow();
  return id;
};

/** Owes a story that is written to one channel. */
export const enqueueStory = async (
  db: Db,
  channel: { readonly id: number; readonly platform: string },
  storyId: number,
  owed: Times & { readonly kind: Story['kind']; readonly expiresAt: number },
): Promise<void> => {
  await db
    .insertInto('deliveries')
    .values({
      story_id: storyId,
      channel_id: channel.id,
      platform: channel.platform,
      state: 'pending',
      attempts: 0,
      maybe_posted: 0,
      due_at: owed.dueAt,
      expires_at: owed.expiresAt,
      created_at: owed.now,
      priority: PRIORITY[owed.kind],
    })
    .execute();
};

/** Owes one story to one channel, whatever that wants: a greeting, a test. */
export const enqueueForChannel = async (
  db: Db,
  channelId: number,
  story: Story,
  { now, dueAt }: Times,
): Promise<void> => {
  const { kind } = story;
  const { platform } = await db
    .selectFrom('channels')
    .select('platform')
    .where('id', '=', channelId)
    .executeTakeFirstOrThrow();
  const expiresAt = dueAt + lifeOf(kind);
  await enqueueStory(db, { id: channelId, platform }, await writeStory(db, story, now), {
    kind,
    now,
    dueAt,
    expiresAt,
  });
};

/** Alerts as they were raised, under a story that tells of them. */
export const writeAlerts = async (db: Db, storyId: number, alerts: readonly Alert[], now: number): Promise<void> => {
  await db
    .insertInto('alerts')
    .values(
      alerts.map((alert) => ({
        story_id: storyId,
        symbol: alert.symbol,
        kind: alert.kind,
        session: alert.session,
        body: JSON.stringify(alert),
        created_at: now,
      })),
    )
    .execute();
};
