import { settingsOf } from '../channels/repair-settings.ts';
import { createAdaptiveBatchSize } from '../schedule/adaptive-batch-size.ts';
import { createPiecewiseJob, type PiecewiseJob } from '../schedule/piecewise-job.ts';
import { runPiece } from '../schedule/run-piece.ts';
import { recordDigests } from '../store/digests.ts';
import { advanceFanout, channelsAfter, type Fanout, openFanouts, readOpenFanout } from '../store/fanouts.ts';
import { countHeldBack, mutesAmong } from '../store/mutes.ts';
import { insertDeliveries, type NewDelivery } from '../store/outbox.ts';
import type { Db, Store } from '../store/store.ts';
import { type FanoutPlan, storyKindOf } from '../stories/fanout-plan.ts';
import { STORY_KINDS } from '../stories/story-kinds.ts';
import { createRouter, type Route, type RouteParts, symbolOf } from './route.ts';

/** Delivery priority of a plan's stories. */
const priorityOf = (plan: FanoutPlan): number => STORY_KINDS[storyKindOf(plan)].priority;

/** The delivery of a channel with this route: muted, held by quiet hours, or pending. */
const deliveryOf = (
  { plan, dueAt, createdAt, lifetimeMs }: Fanout,
  { story, quietUntil }: Route,
  muted: boolean,
  now: number,
): Omit<NewDelivery, 'channelId' | 'platform'> => {
  const common = { storyId: story, priority: priorityOf(plan), createdAt };
  if (muted) return { ...common, state: 'muted', dueAt, expiresAt: createdAt + lifetimeMs, settledAt: now };
  if (quietUntil === undefined) return { ...common, state: 'pending', dueAt, expiresAt: createdAt + lifetimeMs };
  return { ...common, state: 'quiet', dueAt: quietUntil, heldUntil: quietUntil, expiresAt: quietUntil + lifetimeMs };
};

/** Turns a plan into deliveries for the next `limit` channels and saves its cursor, in the caller's transaction. */
export const fanOut = async (db: Db, parts: RouteParts, fanout: Fanout, limit: number, now: number): Promise<void> => {
  const { plan } = fanout;
  const rows = await channelsAfter(db, fanout, limit);
  const last = rows.at(-1)?.id ?? fanout.upto;
  const muted = await mutesAmong(db, { cursor: fanout.cursor, last }, symbolOf(plan), now);
  const routeOf = createRouter(plan, parts, now);
  const routed = rows.flatMap(({ settings, ...channel }) => {
    const route = routeOf(settingsOf(settings));
    return route ? [{ ...channel, route }] : [];
  });
  const ids = routed.map(({ id }) => id);
  const undecided = plan.kind === 'digest' ? new Set(await recordDigests(db, ids, plan.day, now)) : undefined;
  const receivers = undecided ? routed.filter(({ id }) => undecided.has(id)) : routed;
  await insertDeliveries(
    db,
    receivers.map(({ id, platform, route }) => ({
      channelId: id,
      platform,
      ...deliveryOf(fanout, route, muted.has(id), now),
    })),
  );
  const mutedIds = receivers.map(({ id }) => id).filter((id) => muted.has(id));
  for (const [symbol, held] of Map.groupBy(mutedIds, (id) => muted.get(id) ?? '*'))
    await countHeldBack(db, held, symbol);
  const done = rows.length < limit || last >= fanout.upto;
  await advanceFanout(db, fanout.id, last, done ? now : null);
};

interface FanOutJobParts extends RouteParts {
  readonly store: Store;
}

/**
 * Turns open fan-outs into deliveries, alerts before digests and older plans first. Each piece is a transaction that also
 * saves the cursor, so a crash neither loses nor doubles a delivery, and other work runs between pieces.
 */
export const createFanOutJob = ({ store, ...parts }: FanOutJobParts): PiecewiseJob => {
  // A commit costs as much as a hundred rows: smaller pieces would make the whole take longer.
  const batchSize = createAdaptiveBatchSize({ targetMs: 7, min: 200, max: 4_000 });
  return createPiecewiseJob('fan-out', async (now, stopping) => {
    while (!stopping()) {
      const [first] = (await openFanouts(store.db)).toSorted(
        (a, b) => priorityOf(a.plan) - priorityOf(b.plan) || a.id - b.id,
      );
      if (!first) return;
      await runPiece(store, batchSize, async (db, size) => {
        const fanout = await readOpenFanout(db, first.id);
        if (fanout) await fanOut(db, parts, fanout, size, now);
      });
    }
  });
};
