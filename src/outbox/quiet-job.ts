import { settingsOf } from '../channels/repair-settings.ts';
import { createAdaptiveBatchSize } from '../schedule/adaptive-batch-size.ts';
import { createPiecewiseJob, type PiecewiseJob } from '../schedule/piecewise-job.ts';
import { runPiece } from '../schedule/run-piece.ts';
import { isInUse } from '../store/channels.ts';
import {
  channelsToRelease,
  endHeld,
  type HeldDelivery,
  heldDeliveries,
  holdUntil,
  type QuietChannel,
  releaseHeld,
} from '../store/held-deliveries.ts';
import { anythingToRelease } from '../store/looks.ts';
import { countHeldBack, readMutes } from '../store/mutes.ts';
import { enqueueStory } from '../store/outbox.ts';
import type { Db, Store } from '../store/store.ts';
import { readStories, writeStory } from '../store/stories.ts';
import { STORY_KINDS } from '../stories/story-kinds.ts';
import { quietUntil } from './quiet-hours.ts';
import { summaryOf } from './summary.ts';

interface QuietJobParts {
  readonly store: Store;
  /** IANA name; for channels without their own. */
  readonly timeZone: string;
}

/** Writes the summary of held deliveries up to `end`; returns its story id. */
type SummaryWriter = (db: Db, held: readonly HeldDelivery[], end: number, now: number) => Promise<number>;

/** Channels that held the same stories until the same time share one summary. */
const createSummaryWriter = (): SummaryWriter => {
  const written = new Map<string, number>();
  return async (db, held, end, now) => {
    const from = Math.min(...held.map(({ createdAt }) => createdAt));
    const ids = held.map(({ storyId }) => storyId);
    const key = `${ids.join()} ${from} ${end}`;
    const known = written.get(key);
    if (known !== undefined) return known;
    const stories = await readStories(db, ids);
    const summarised = ids.flatMap((id) => stories.get(id) ?? []);
    const id = await writeStory(db, summaryOf(summarised, { from, to: end }), now);
    written.set(key, id);
    return id;
  };
};

/** Finishes, as muted, the held deliveries whose symbol was muted in the meantime; returns the rest. */
const muteHeld = async (
  db: Db,
  { id }: QuietChannel,
  held: readonly HeldDelivery[],
  now: number,
): Promise<readonly HeldDelivery[]> => {
  const mutes = await readMutes(db, id, now);
  if (mutes.length === 0) return held;
  const muteOf = ({ symbol }: HeldDelivery) =>
    mutes.find((mute) => mute.symbol === symbol) ?? mutes.find((mute) => mute.symbol === '*');
  for (const each of held) {
    const mute = muteOf(each);
    if (!mute) continue;
    await countHeldBack(db, [id], mute.symbol);
    await endHeld(db, [each], 'mute', { now, mute });
  }
  return held.filter((each) => !muteOf(each));
};

/** Releases what a channel's quiet hours held: a single alert unchanged, several as one summary. */
const releaseChannel = async (
  db: Db,
  channel: QuietChannel,
  { timeZone }: QuietJobParts,
  writeSummary: SummaryWriter,
  now: number,
): Promise<void> => {
  const all = await heldDeliveries(db, channel.id);
  if (!isInUse(channel)) return endHeld(db, all, 'drop', { reason: channel.status_reason, now });
  const settings = settingsOf(channel.settings);
  const until = quietUntil(settings.quiet, settings.timeZone ?? timeZone, now);
  if (until !== undefined) return holdUntil(db, channel.id, until);
  // `recheckHeld` sets 0 after a change of the settings: then the quiet hours end now.
  const planned = Math.max(...all.map(({ heldUntil }) => heldUntil));
  const end = planned > 0 ? Math.min(planned, now) : now;
  const held = await muteHeld(db, channel, all, now);
  const summarised = held.filter(({ kind }) => STORY_KINDS[kind].summarised);
  if (summarised.length < 2) return releaseHeld(db, held, end, now);
  const others = held.filter(({ kind }) => !STORY_KINDS[kind].summarised);
  await releaseHeld(db, others, end, now);
  await endHeld(db, summarised, 'summarise', { now });
  const story = await writeSummary(db, summarised, end, now);
  await enqueueStory(db, channel, story, {
    kind: 'summary',
    now,
    dueAt: now,
    expiresAt: end + STORY_KINDS.summary.lifeMs,
  });
};

/**
 * Releases deliveries at the end of quiet hours, some channels per transaction. A channel's settings at that time decide
 * whether its quiet hours are over.
 */
export const createQuietJob = (parts: QuietJobParts): PiecewiseJob => {
  const batchSize = createAdaptiveBatchSize({ targetMs: 12, min: 5, max: 500 });
  return createPiecewiseJob('quiet hours', async (now, stopping) => {
    if (stopping() || !(await anythingToRelease(parts.store.db, now))) return;
    // One writer per run: a failed transaction ends the run, so the ids it knows are all committed.
    const writeSummary = createSummaryWriter();
    for (let more = true; more && !stopping(); )
      more = await runPiece(parts.store, batchSize, async (db, size) => {
        const channels = await channelsToRelease(db, now, size);
        for (const channel of channels) await releaseChannel(db, channel, parts, writeSummary, now);
        return channels.length > 0;
      });
  });
};
