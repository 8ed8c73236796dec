import { writeFanout } from '../store/fanouts.ts';
import { lifeOf, type Times, writeStory } from '../store/outbox.ts';
import type { Db } from '../store/store.ts';
import type { CardKind } from '../stories/card-kinds.ts';
import type { FanoutPlan } from '../stories/fanout-plan.ts';
import type { Story } from '../stories/story.ts';
import { fanOut } from './fan-out.ts';
import type { RouteParts } from './route.ts';

/** Channels that have their deliveries within the transaction that owes them; the others follow piece by piece. */
const MAX_IMMEDIATE_CHANNELS = 200;

/**
 * Owes a plan to whom it concerns; in the transaction that saves what it tells of. A few channels have their
 * deliveries with it, and what is left is the fan-out job's.
 */
export const enqueuePlan = async (
  db: Db,
  parts: RouteParts,
  plan: FanoutPlan,
  kind: Story['kind'],
  { now, dueAt }: Times,
): Promise<void> => {
  const fanout = await writeFanout(db, plan, { now, dueAt, life: lifeOf(kind) });
  await fanOut(db, parts, fanout, MAX_IMMEDIATE_CHANNELS, now);
};

/** Owes a story to every channel that wants this kind of card and, where a symbol is named, watches that. */
export const enqueueForAll = async (
  db: Db,
  parts: RouteParts,
  story: Story,
  whom: { readonly wanted: CardKind; readonly symbol?: string },
  times: Times,
): Promise<void> => {
  const id = await writeStory(db, story, times.now);
  await enqueuePlan(db, parts, { kind: 'all', ...whom, story: id }, story.kind, times);
};

/**
 * Owes a day's digests, one story for each `digestKey` that it is due for, to the channels of these keys that have had
 * none of that day. Called twice, it owes nothing more.
 */
export const enqueueDigests = async (
  db: Db,
  parts: RouteParts,
  day: string,
  stories: ReadonlyMap<string, Extract<Story, { kind: 'digest' }>>,
  times: Times,
): Promise<void> => {
  const ids = new Map<Story, number>();
  for (const story of new Set(stories.values())) ids.set(story, await writeStory(db, story, times.now));
  const byKey = Object.fromEntries([...stories].map(([key, story]) => [key, ids.get(story) as number]));
  await enqueuePlan(db, parts, { kind: 'digest', day, stories: byKey }, 'digest', times);
};
