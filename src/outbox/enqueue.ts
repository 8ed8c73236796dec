import { writeFanout } from '../store/fanouts.ts';
import { lifeOf, type Times, writeStory } from '../store/outbox.ts';
import type { Db } from '../store/store.ts';
import type { CardKind } from '../stories/card-kinds.ts';
import type { Plan } from '../stories/fanout-plan.ts';
import type { Story } from '../stories/story.ts';
import { fanOut } from './fan-out.ts';
import type { ShareParts } from './route.ts';

/** Channels that have their deliveries within the transaction that owes them; the others follow piece by piece. */
const AT_ONCE = 200;

/**
 * Owes a plan to whom it concerns; in the transaction that saves what it tells of. A few channels have their
 * deliveries with it, and what is left is the fan-out job's.
 */
export const owePlan = async (
  db: Db,
  parts: ShareParts,
  plan: Plan,
  kind: Story['kind'],
  { now, dueAt }: Times,
): Promise<void> => {
  const fanout = await writeFanout(db, plan, { now, dueAt, life: lifeOf(kind) });
  await fanOut(db, parts, fanout, AT_ONCE, now);
};

/** Owes a story to every channel that wants this kind of card and, where a symbol is named, watches that. */
export const oweAll = async (
  db: Db,
  parts: ShareParts,
  story: Story,
  whom: { readonly wanted: CardKind; readonly symbol?: string },
  times: Times,
): Promise<void> => {
  const id = await writeStory(db, story, times.now);
  await owePlan(db, parts, { kind: 'all', ...whom, story: id }, story.kind, times);
};

/**
 * Owes a day's digests, one story for each `digestKey` that it is due for, to the channels of these keys that have had
 * none of that day. Called twice, it owes nothing more.
 */
export const oweDigests = async (
  db: Db,
  parts: ShareParts,
  day: string,
  stories: ReadonlyMap<string, Extract<Story, { kind: 'digest' }>>,
  times: Times,
): Promise<void> => {
  const ids = new Map<Story, number>();
  for (const story of new Set(stories.values())) ids.set(story, await writeStory(db, story, times.now));
  const byKey = Object.fromEntries([...stories].map(([key, story]) => [key, ids.get(story) as number]));
  await owePlan(db, parts, { kind: 'digest', day, stories: byKey }, 'digest', times);
};
