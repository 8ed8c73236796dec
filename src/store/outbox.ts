import type { Alert } from '../slides/alert.ts';
import type { SlideStory } from '../slides/story.ts';
import type { Db } from './store.ts';

/** Milliseconds that a slide's card is worth posting. */
const SLIDE_LIFE = 12 * 3_600_000;

/**
 * Writes a story, its alerts and one delivery for every channel in use; call it in the transaction that saves the
 * state which raised them. Returns the story's id.
 */
export const enqueueSlide = async (
  db: Db,
  story: SlideStory,
  alerts: readonly Alert[],
  times: { readonly now: number; readonly dueAt: number },
): Promise<number> => {
  const { now, dueAt } = times;
  const { id } = await db
    .insertInto('stories')
    .values({ kind: story.kind, symbol: story.symbol, body: JSON.stringify(story), created_at: now })
    .returning('id')
    .executeTakeFirstOrThrow();
  await db
    .insertInto('alerts')
    .values(
      alerts.map((alert) => ({
        story_id: id,
        symbol: alert.symbol,
        kind: alert.kind,
        session: alert.session,
        body: JSON.stringify(alert),
        created_at: now,
      })),
    )
    .execute();
  await db
    .insertInto('deliveries')
    .columns(['story_id', 'channel_id', 'state', 'attempts', 'maybe_posted', 'due_at', 'expires_at', 'created_at'])
    .expression((from) =>
      from
        .selectFrom('channels')
        .select(({ ref, val }) => [
          val(id).as('story_id'),
          ref('channels.id').as('channel_id'),
          val('pending').as('state'),
          val(0).as('attempts'),
          val(0).as('maybe_posted'),
          val(dueAt).as('due_at'),
          val(now + SLIDE_LIFE).as('expires_at'),
          val(now).as('created_at'),
        ])
        .where('retired', 'is', null),
    )
    .execute();
  return id;
};
