import { writeFanout } from '../store/fanouts.ts';
import type { EnqueueTimes, PlanTimes } from '../store/outbox.ts';
import type { Db } from '../store/store.ts';
import { writeStory } from '../store/stories.ts';
import type { DigestStory } from '../stories/digest-story.ts';
import { type FanoutPlan, storyKindOf } from '../stories/fanout-plan.ts';
import type { Story } from '../stories/story.ts';
import { STORY_KINDS } from '../stories/story-kinds.ts';
import { fanOut } from './fan-out.ts';
import type { RouteParts } from './steps/step.ts';

/** Channels that get their deliveries in the enqueueing transaction; the fan-out job does the others. */
const MAX_IMMEDIATE_CHANNELS = 200;

/** Enqueues a plan for the matching channels; call it in the transaction that saves what the plan is about. */
export const enqueuePlan = async (
  db: Db,
  parts: RouteParts,
  plan: FanoutPlan,
  { now, dueAt, expiresAt = now + STORY_KINDS[storyKindOf(plan)].lifeMs }: PlanTimes,
): Promise<void> => {
  const fanout = await writeFanout(db, plan, { now, dueAt, lifetimeMs: expiresAt - now });
  await fanOut(db, parts, fanout, MAX_IMMEDIATE_CHANNELS, now);
};

/** Enqueues a story for every channel that wants its kind of card and, unless it is about all symbols, watches its symbol. */
export const enqueueForAll = async (db: Db, parts: RouteParts, story: Story, times: PlanTimes): Promise<void> => {
  const id = await writeStory(db, story, times.now);
  const { kind, symbol } = story;
  await enqueuePlan(db, parts, { kind: 'all', of: kind, ...(symbol !== '*' && { symbol }), story: id }, times);
};

/**
 * Enqueues a day's digests, given by `digestKey`, for the channels of these keys. A channel gets one digest a day at
 * most, also if this is called twice.
 */
export const enqueueDigests = async (
  db: Db,
  parts: RouteParts,
  day: string,
  stories: ReadonlyMap<string, DigestStory>,
  times: EnqueueTimes,
): Promise<void> => {
  const ids = new Map<Story, number>();
  for (const story of new Set(stories.values())) ids.set(story, await writeStory(db, story, times.now));
  const byKey = Object.fromEntries([...stories].map(([key, story]) => [key, ids.get(story) as number]));
  await enqueuePlan(db, parts, { kind: 'digest', day, stories: byKey }, times);
};
