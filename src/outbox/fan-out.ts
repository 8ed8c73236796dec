import { sharedSettingsOf } from '../channels/repair-settings.ts';
import { createAdaptiveBatchSize } from '../schedule/adaptive-batch-size.ts';
import { createPiecewiseJob, type PiecewiseJob } from '../schedule/piecewise-job.ts';
import { runPiece } from '../schedule/run-piece.ts';
import { recordDigests } from '../store/digests.ts';
import {
  advanceFanout,
  channelsAfter,
  type Fanout,
  finishFanout,
  openFanouts,
  readOpenFanout,
} from '../store/fanouts.ts';
import { type ActiveMute, countHeldBack, mutesAmong, noteMuted } from '../store/mutes.ts';
import { insertDeliveries, type NewDelivery } from '../store/outbox.ts';
import type { Db, Store } from '../store/store.ts';
import { channelsTold } from '../store/withdrawals.ts';
import { type FanoutPlan, storyKindOf, symbolOf } from '../stories/fanout-plan.ts';
import { STORY_KINDS } from '../stories/story-kinds.ts';
import type { Decided, DecidedCounts, Untold } from '../stories/untold.ts';
import { createSettingsDecider, decideByFacts } from './decide.ts';
import { planStories } from './plan-stories.ts';
import { questionOf } from './question.ts';
import { quietEndsAt } from './quiet-hours.ts';
import type { ChannelFacts, PlanChannel, PlanQuestion, RouteParts } from './steps/step.ts';

/** Delivery priority of a plan's stories. */
const priorityOf = (plan: FanoutPlan): number => STORY_KINDS[storyKindOf(plan)].priority;

interface DecidedChannel {
  readonly channel: PlanChannel & { readonly platform: string; readonly shutUntil: number };
  /** Absent if the channel is told. */
  readonly untold?: Untold | undefined;
}

/** Reasons for which a channel has a delivery all the same. */
const HELD: readonly Untold['reason'][] = ['muted', 'quiet-hours'];

/**
 * The delivery of a channel: pending, muted or held by quiet hours; undefined if it gets none. Slides wait until the channel
 * may have its next ones.
 */
const deliveryOf = (
  { plan, dueAt, createdAt, lifetimeMs }: Fanout,
  { channel, untold }: DecidedChannel,
  storyId: number | undefined,
  now: number,
): NewDelivery | undefined => {
  if (storyId === undefined) return undefined;
  const { id: channelId, platform, shutUntil } = channel;
  const openAt = storyKindOf(plan) === 'slide' ? Math.max(dueAt, shutUntil) : dueAt;
  const common = { channelId, platform, storyId, priority: priorityOf(plan), createdAt, dueAt: openAt };
  const expiresAt = createdAt + lifetimeMs;
  switch (untold?.reason) {
    case undefined:
      return { ...common, state: 'pending', expiresAt };
    case 'muted':
      return { ...common, state: 'muted', expiresAt, settledAt: now };
    case 'quiet-hours': {
      const { until } = untold;
      const held = { ...common, state: 'quiet', dueAt: until, heldUntil: until } as const;
      return { ...held, expiresAt: STORY_KINDS[storyKindOf(plan)].endsAsStated ? expiresAt : until + lifetimeMs };
    }
    default:
      return undefined;
  }
};

/** Reads what the store says of channels that their settings let through; records that they have the plan's digest now. */
const readFacts = async (
  db: Db,
  { plan, timeZone }: PlanQuestion,
  range: { readonly cursor: number; readonly last: number },
  ids: readonly number[],
  now: number,
): Promise<ChannelFacts> => {
  const fresh = new Set(plan.kind === 'digest' ? await recordDigests(db, ids, plan.day, now) : ids);
  return {
    quietEnd: quietEndsAt(now, timeZone),
    mutes: await mutesAmong(db, range, symbolOf(plan), now),
    withDigest: new Set(ids.filter((id) => !fresh.has(id))),
    withAlert: plan.kind === 'withdrawal' ? await channelsTold(db, range, plan.of) : new Set(),
  };
};

/** Writes how many cards each mute has held back, and with each of these until when. */
const recordMuted = async (db: Db, decided: readonly DecidedChannel[], storyIds: readonly number[]): Promise<void> => {
  const muted = new Map<number, ActiveMute>();
  for (const { channel, untold } of decided) if (untold?.reason === 'muted') muted.set(channel.id, untold);
  if (muted.size === 0) return;
  for (const [symbol, held] of Map.groupBy(muted, ([, mute]) => mute.symbol))
    await countHeldBack(
      db,
      held.map(([id]) => id),
      symbol,
    );
  await noteMuted(db, storyIds, muted);
};

const countDecided = (counts: DecidedCounts, decided: readonly DecidedChannel[]): DecidedCounts => {
  const sum: Partial<Record<Decided, number>> = { ...counts };
  for (const { untold } of decided) {
    const what = untold?.reason ?? 'told';
    sum[what] = (sum[what] ?? 0) + 1;
  }
  return sum;
};

interface Decider {
  readonly question: PlanQuestion;
  readonly bySettings: (channel: PlanChannel) => Untold | undefined;
}

/** What is found of settings for a plan serves all its pieces. */
const deciders = new WeakMap<FanoutPlan, Decider>();

const deciderOf = (plan: FanoutPlan, parts: RouteParts): Decider => {
  const known = deciders.get(plan);
  if (known?.question.watchlist === parts.watchlist && known.question.timeZone === parts.timeZone) return known;
  const question = questionOf(plan, parts);
  const made = { question, bySettings: createSettingsDecider(question) };
  deciders.set(plan, made);
  return made;
};

/** Turns a plan into deliveries for the next `limit` channels and saves how far it is, in the caller's transaction. */
export const fanOut = async (
  db: Db,
  parts: RouteParts,
  fanout: Fanout,
  limit: number,
  now: number,
): Promise<Fanout> => {
  const rows = await channelsAfter(db, fanout, limit);
  const last = rows.at(-1)?.id ?? fanout.upto;
  const { question, bySettings } = deciderOf(fanout.plan, parts);
  const decided = rows.map(({ id, platform, status, shutUntil, settings }): DecidedChannel => {
    // Each by name: the rest of a row takes as long to copy as everything else that is decided here.
    const channel = { id, platform, status, shutUntil, settings: sharedSettingsOf(settings) };
    return { channel, untold: bySettings(channel) };
  });
  const asked = decided.filter(({ untold }) => !untold).map(({ channel }) => channel);
  const ids = asked.map(({ id }) => id);
  const facts = await readFacts(db, question, { cursor: fanout.cursor, last }, ids, now);
  const byFacts = asked.map(
    (channel): DecidedChannel => ({ channel, untold: decideByFacts(question, channel, facts) }),
  );
  const receivers = byFacts.filter(({ untold }) => untold === undefined || HELD.includes(untold.reason));
  const stories = await planStories(
    db,
    question,
    receivers.map(({ channel }) => channel.settings),
    now,
  );
  const storyOf = ({ channel }: DecidedChannel) => stories.ids.get(channel.settings);
  await insertDeliveries(
    db,
    receivers.flatMap((each) => deliveryOf(fanout, each, storyOf(each), now) ?? []),
  );
  await recordMuted(db, byFacts, [...new Set(stories.ids.values())]);
  const next = {
    ...fanout,
    plan: stories.plan,
    cursor: rows.length < limit ? fanout.upto : last,
    counts: countDecided(
      countDecided(
        fanout.counts,
        decided.filter(({ untold }) => untold),
      ),
      byFacts,
    ),
  };
  await advanceFanout(db, next, fanout);
  return next;
};

interface FanOutJobParts extends RouteParts {
  readonly store: Store;
  /** Called when the last channel of a plan is decided. */
  readonly onDone?: (fanout: Fanout) => void;
}

/**
 * Turns open fan-outs into deliveries, alerts before digests and older plans first. Each piece is a transaction that also
 * saves the cursor, so a crash neither loses nor doubles a delivery, and other work runs between pieces. A plan without
 * channels left is done: that is said here alone, after its last commit.
 */
export const createFanOutJob = ({ store, onDone, ...parts }: FanOutJobParts): PiecewiseJob => {
  // A commit costs as much as a hundred rows: smaller pieces would make the whole take longer.
  const batchSize = createAdaptiveBatchSize({ targetMs: 7, min: 200, max: 4_000 });
  return createPiecewiseJob('fan-out', async (now, stopping) => {
    while (!stopping()) {
      const [first] = (await openFanouts(store.db)).toSorted(
        (a, b) => priorityOf(a.plan) - priorityOf(b.plan) || a.id - b.id,
      );
      if (!first) return;
      const done = await runPiece(store, batchSize, async (db, size) => {
        const fanout = await readOpenFanout(db, first.id);
        if (!fanout) return undefined;
        const after = fanout.cursor < fanout.upto ? await fanOut(db, parts, fanout, size, now) : fanout;
        if (after.cursor < after.upto) return undefined;
        await finishFanout(db, after.id, now);
        return after;
      });
      if (done) onDone?.(done);
    }
  });
};
