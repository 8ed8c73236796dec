import { writeFanout } from '../store/fanouts.ts';
import { type EnqueueTimes, lifetimeMs } from '../store/outbox.ts';
import type { Db } from '../store/store.ts';
import { writeStory } from '../store/stories.ts';
import type { CardKind } from '../stories/channel.ts';
import type { DigestStory } from '../stories/digest-story.ts';
import type { FanoutPlan } from '../stories/fanout-plan.ts';
import type { Story } from '../stories/story.ts';
import { fanOut } from './fan-out.ts';
import type { RouteParts } from './route.ts';

/** Channels that get their deliveries in the enqueueing transaction; the fan-out job does the others. */
const MAX_IMMEDIATE_CHANNELS = 200;

/** Enqueues a plan for the matching channels; call it in the transaction that saves what the plan is about. */
export const enqueuePlan = async (
  db: Db,
  parts: RouteParts,
  plan: FanoutPlan,
  kind: Story['kind'],
  { now, dueAt }: EnqueueTimes,
): Promise<void> => {
  const fanout = await writeFanout(db, plan, { now, dueAt, lifetimeMs: lifetimeMs(kind) });
  await fanOut(db, parts, fanout, MAX_IMMEDIATE_CHANNELS, now);
};

/** Enqueues a story for every channel that wants this kind of card and, if a symbol is given, watches it. */
export const enqueueForAll = async (
  db: Db,
  parts: RouteParts,
  story: Story,
  receivers: { readonly wanted: CardKind; readonly symbol?: string },
  times: EnqueueTimes,
): Promise<void> => {
  const id = await writeStory(db, story, times.now);
  await enqueuePlan(db, parts, { kind: 'all', ...receivers, story: id }, story.kind, times);
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
  await enqueuePlan(db, parts, { kind: 'digest', day, stories: byKey }, 'digest', times);
};
