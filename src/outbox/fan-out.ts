import { settingsOf } from '../channels/repair.ts';
import { noteDigests } from '../store/digests.ts';
import { channelsAfter, type EnqueuedStory, enqueueStories, type Fanout, moveFanout } from '../store/fanouts.ts';
import { countHeldBack, mutesAmong } from '../store/muted.ts';
import { PRIORITY } from '../store/outbox.ts';
import type { Db } from '../store/store.ts';
import type { FanoutPlan } from '../stories/fanout-plan.ts';
import { createRouter, type Route, type RouteParts, symbolOf } from './route.ts';

/** The order of what is owed, as the courier has it. */
export const priorityOf = ({ kind }: FanoutPlan): number => PRIORITY[kind === 'all' ? 'figures' : kind];

const owedBy = (
  { plan, dueAt, createdAt, life }: Fanout,
  { story, quietUntil }: Route,
  muted: boolean,
  now: number,
): Omit<EnqueuedStory, 'channelId' | 'platform'> => {
  const same = { storyId: story, priority: priorityOf(plan), createdAt };
  if (muted) return { ...same, state: 'muted', dueAt, expiresAt: createdAt + life, settledAt: now };
  if (quietUntil === undefined) return { ...same, state: 'pending', dueAt, expiresAt: createdAt + life };
  return { ...same, state: 'quiet', dueAt: quietUntil, heldUntil: quietUntil, expiresAt: quietUntil + life };
};

/**
 * Turns a plan into deliveries of the next `limit` channels, and notes how far it has come: in one transaction, which is
 * the caller's. Returns the fan-out as it stands then; undefined where it has reached all.
 */
export const fanOut = async (
  db: Db,
  parts: RouteParts,
  fanout: Fanout,
  limit: number,
  now: number,
): Promise<Fanout | undefined> => {
  const { plan } = fanout;
  const rows = await channelsAfter(db, fanout, limit);
  const last = rows.at(-1)?.id ?? fanout.upto;
  const muted = await mutesAmong(db, { cursor: fanout.cursor, last }, symbolOf(plan), now);
  const shareOf = createRouter(plan, parts, now);
  const sharing = rows.flatMap(({ settings, ...channel }) => {
    const share = shareOf(settingsOf(settings));
    return share ? [{ ...channel, share }] : [];
  });
  const ids = sharing.map(({ id }) => id);
  const due = plan.kind === 'digest' ? new Set(await noteDigests(db, ids, plan.day, now)) : undefined;
  const told = due ? sharing.filter(({ id }) => due.has(id)) : sharing;
  await enqueueStories(
    db,
    told.map(({ id, platform, share }) => ({
      channelId: id,
      platform,
      ...owedBy(fanout, share, muted.has(id), now),
    })),
  );
  for (const [by, held] of Map.groupBy(
    told.filter(({ id }) => muted.has(id)),
    ({ id }) => muted.get(id) ?? '*',
  ))
    await countHeldBack(
      db,
      held.map(({ id }) => id),
      by,
    );
  const done = rows.length < limit || last >= fanout.upto;
  await moveFanout(db, fanout.id, last, done ? now : null);
  return done ? undefined : { ...fanout, cursor: last };
};
