import { sql } from 'kysely';
import type { AfterHoursStory } from '../stories/after-hours-story.ts';
import { platformFacts } from '../stories/platforms.ts';
import type { SlideStory } from '../stories/slide-story.ts';
import { DAY_MS, MINUTE_MS } from '../util/durations.ts';
import { paddedIds } from './id-lists.ts';
import type { Db } from './store.ts';

/** A message is edited at most so often, and no sooner after the last time. */
const MAX_EDITS = 4;
const EDITED_EVERY_MS = 10 * MINUTE_MS;

/** When an edit is owed, and for how long it may be made; `isSpare`: the others matter more. */
interface EditTimes {
  readonly now: number;
  readonly lifeMs: number;
  readonly isSpare?: boolean;
}

/** PostgreSQL takes a bare value in a `case` for text. */
const whole = (value: number) => sql<number>`cast(${value} as bigint)`;

/** A posted card that is to be written anew. Times in epoch milliseconds. */
export interface PendingEdit {
  /** Of the card's deliveries: the id of the first. */
  readonly batch: number;
  /** What was owed last; an edit settles this and what came before it. */
  readonly revision: number;
  readonly attempts: number;
  readonly expiresAt: number;
}

/**
 * Notes that posted cards are to be written anew, each once for all that is owed, in the caller's transaction. A card that
 * was edited often enough, or cannot be, stays as it is, such as one on the board; what is `isSpare` leaves the last edit to
 * the end of the day.
 */
export const enqueueEdits = async (
  db: Db,
  platform: string,
  batches: readonly number[],
  { now, lifeMs, isSpare = false }: EditTimes,
): Promise<void> => {
  if (batches.length === 0 || !platformFacts(platform).edits) return;
  const expiresAt = now + lifeMs;
  const rows = batches.map((batch) => ({
    ...{ batch, platform, due_at: now, expires_at: expiresAt, revision: 1, attempts: 0, edited: 0, created_at: now },
  }));
  await db
    .insertInto('edits')
    .values(rows)
    .onConflict((on) =>
      on
        .column('batch')
        .doUpdateSet({
          revision: sql`edits.revision + 1`,
          attempts: 0,
          due_at: sql`case when edits.edited_at + ${EDITED_EVERY_MS} > ${now} then edits.edited_at + ${EDITED_EVERY_MS} else ${whole(now)} end`,
          expires_at: sql`case when edits.due_at is not null and edits.expires_at > ${expiresAt} then edits.expires_at
            when edits.edited_at + ${EDITED_EVERY_MS + lifeMs} > ${expiresAt} then edits.edited_at + ${EDITED_EVERY_MS + lifeMs}
            else ${whole(expiresAt)} end`,
        })
        .where('edits.edited', '<', isSpare ? MAX_EDITS - 1 : MAX_EDITS)
        .where('edits.ended', 'is', null),
    )
    .execute();
};

/** Owes edits to cards, each with its platform. */
export const enqueueEditsOf = async (
  db: Db,
  cards: readonly { readonly platform: string; readonly batch: number }[],
  times: EditTimes,
): Promise<void> => {
  for (const [platform, of] of Map.groupBy(cards, (card) => card.platform))
    await enqueueEdits(db, platform, [...new Set(of.map(({ batch }) => batch))], times);
};

/** The edits of a platform that are due, the longest due first. */
export const dueEdits = (db: Db, platform: string, now: number, limit: number): Promise<PendingEdit[]> =>
  db
    .selectFrom('edits')
    .select(['batch', 'revision', 'attempts', 'expires_at as expiresAt'])
    .where('platform', '=', platform)
    .where('due_at', '<=', now)
    .orderBy('due_at')
    .limit(limit)
    .execute();

/** Settles an edit that was made; what has been owed since stays owed. */
export const settleEdit = async (db: Db, { batch, revision }: PendingEdit, now: number): Promise<void> => {
  await db
    .updateTable('edits')
    .set({
      edited: sql`edited + 1`,
      edited_at: now,
      due_at: sql`case when revision = ${revision} then null else ${whole(now + EDITED_EVERY_MS)} end`,
    })
    .where('batch', '=', batch)
    .execute();
};

/** Puts an edit off until `dueAt`, as one more try. */
export const postponeEdit = async (db: Db, { batch, attempts }: PendingEdit, dueAt: number): Promise<void> => {
  await db
    .updateTable('edits')
    .set({ due_at: dueAt, attempts: attempts + 1 })
    .where('batch', '=', batch)
    .execute();
};

/** Gives an edit up; `ended`: the message can never be edited, and why. */
export const dropEdit = async (db: Db, { batch }: PendingEdit, ended?: string): Promise<void> => {
  await db
    .updateTable('edits')
    .set({ due_at: null, ...(ended !== undefined && { ended }) })
    .where('batch', '=', batch)
    .execute();
};

/** A posted card that may be edited. */
export interface EditableCard {
  readonly batch: number;
  readonly channelId: number;
  readonly platform: string;
  readonly address: string;
  readonly workspace: string | null;
  readonly language: string;
  /** A ChannelSettings as JSON. */
  readonly settings: string | null;
  /** Lacks as JSON. */
  readonly lacks: string | null;
  readonly messageId: string;
  readonly fileId: string | null;
  /** In the card's order. */
  readonly stories: readonly EditedStory[];
}

/** What is told of goes on. */
type EditedStory = SlideStory | AfterHoursStory;

const storyOf = <Of extends EditedStory>(body: string): Of => JSON.parse(body) as Of;

const sentRows = (db: Db, kinds: readonly EditedStory['kind'][]) =>
  db
    .selectFrom('deliveries as d')
    .innerJoin('stories as s', 's.id', 'd.story_id')
    .where('d.state', '=', 'sent')
    .where('s.kind', 'in', kinds);

/** A card of falls as it was posted; undefined if it is not there any more. */
export const readEditableCard = async (db: Db, batch: number): Promise<EditableCard | undefined> => {
  const rows = await sentRows(db, ['slide', 'after-hours'])
    .innerJoin('channels as c', 'c.id', 'd.channel_id')
    .select([
      ...(['d.channel_id as channelId', 'd.platform', 'c.address', 'c.workspace', 'c.language', 'c.settings'] as const),
      ...(['c.lacks', 'd.message_id as messageId', 'd.file_id as fileId', 's.body'] as const),
    ])
    .where('d.channel_id', '=', (from) => from.selectFrom('deliveries').select('channel_id').where('id', '=', batch))
    .where('d.batch', '=', batch)
    .orderBy('d.id')
    .execute();
  const [first] = rows;
  if (!first || first.messageId === null) return undefined;
  const { body: _, messageId, ...card } = first;
  return { batch, ...card, messageId, stories: rows.map((row) => storyOf(row.body)) };
};

/** A message of a channel about a symbol's slide. */
export interface SlideMessage {
  readonly channelId: number;
  readonly batch: number;
  readonly messageId: string;
  readonly story: SlideStory;
}

/** The posted slides of channels since an instant, oldest first. */
export const slidesPostedIn = async (db: Db, channelIds: readonly number[], since: number): Promise<SlideMessage[]> => {
  if (channelIds.length === 0) return [];
  const rows = await sentRows(db, ['slide'])
    .select(['d.channel_id as channelId', 'd.batch', 'd.message_id as messageId', 's.body'])
    .where('d.channel_id', 'in', paddedIds(channelIds))
    .where('d.created_at', '>=', since)
    .orderBy('d.id')
    .execute();
  return rows.flatMap(({ channelId, batch, messageId, body }) =>
    batch === null || messageId === null ? [] : [{ channelId, batch, messageId, story: storyOf<SlideStory>(body) }],
  );
};

/**
 * The posted cards of a story in channels after `cursor`, by channel, at most `limit`: so that what became of a story is told
 * piece by piece.
 */
export const cardsOfStory = async (
  db: Db,
  storyId: number,
  cursor: number,
  limit: number,
): Promise<{ readonly channelId: number; readonly platform: string; readonly batch: number }[]> => {
  const rows = await db
    .selectFrom('deliveries')
    .select(['channel_id as channelId', 'platform', 'batch'])
    .where('story_id', '=', storyId)
    .where('channel_id', '>', cursor)
    .where('state', '=', 'sent')
    .orderBy('channel_id')
    .limit(limit)
    .execute();
  return rows.flatMap(({ batch, ...row }) => (batch === null ? [] : [{ ...row, batch }]));
};

/** Ids of the slides that were written since an instant, ascending, with their symbols. */
export const slideStoriesSince = (db: Db, since: number): Promise<{ readonly id: number; readonly symbol: string }[]> =>
  db
    .selectFrom('stories')
    .select(['id', 'symbol'])
    .where('kind', '=', 'slide')
    .where('created_at', '>=', since)
    .orderBy('id')
    .execute();

const CARDS_PER_INSERT = 1_000;

/** Owes an edit to every posted card of these stories. */
export const enqueueStoryEdits = async (
  db: Db,
  storyIds: readonly number[],
  times: { readonly now: number; readonly lifeMs: number },
): Promise<void> => {
  for (const id of storyIds)
    for (let cursor: number | undefined = 0; cursor !== undefined; ) {
      const cards: Awaited<ReturnType<typeof cardsOfStory>> = await cardsOfStory(db, id, cursor, CARDS_PER_INSERT);
      await enqueueEditsOf(db, cards, times);
      cursor = cards.length === CARDS_PER_INSERT ? cards.at(-1)?.channelId : undefined;
    }
};

/** Withdrawn cards are edited within two days. */
const WITHDRAWAL_LIFE_MS = 2 * DAY_MS;

/** Owes an edit to every posted card of stories whose alerts were withdrawn. */
export const enqueueWithdrawalEdits = (db: Db, storyIds: readonly number[], now: number): Promise<void> =>
  enqueueStoryEdits(db, storyIds, { now, lifeMs: WITHDRAWAL_LIFE_MS });
