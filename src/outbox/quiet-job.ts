import { setImmediate } from 'node:timers/promises';
import { settingsOf } from '../channels/repair.ts';
import { createAdaptiveBatchSize } from '../schedule/adaptive-batch-size.ts';
import { createPiecewiseJob, type PiecewiseJob } from '../schedule/piecewise-job.ts';
import { countHeldBack } from '../store/muted.ts';
import { readMutes } from '../store/mutes.ts';
import { enqueueStory, lifeOf, writeStory } from '../store/outbox.ts';
import {
  channelsToRelease,
  endHeld,
  type HeldDelivery,
  heldDeliveries,
  holdUntil,
  type QuietChannel,
  releaseHeld,
} from '../store/quiet.ts';
import type { Db, Store } from '../store/store.ts';
import { readStories } from '../store/stories.ts';
import { quietUntil } from './quiet-hours.ts';
import { isSummed, summaryOf } from './summary.ts';

export interface QuietJobParts {
  readonly store: Store;
  /** IANA name: where a channel has none of its own. */
  readonly timeZone: string;
}

/** The summary of these stories, written once for all channels that held the same until the same time. */
type Summaries = (db: Db, held: readonly HeldDelivery[], end: number, now: number) => Promise<number>;

const createSummaries = (): Summaries => {
  const written = new Map<string, number>();
  return async (db, held, end, now) => {
    const from = Math.min(...held.map(({ createdAt }) => createdAt));
    const ids = held.map(({ storyId }) => storyId);
    const key = `${ids.join()} ${from} ${end}`;
    const known = written.get(key);
    if (known !== undefined) return known;
    const stories = await readStories(db, ids);
    const told = ids.flatMap((id) => stories.get(id) ?? []);
    const id = await writeStory(db, summaryOf(told, { from, to: end }), now);
    written.set(key, id);
    return id;
  };
};

/** Keeps back what was silenced since it was held, as if it had come now; returns the rest. */
const keepBack = async (
  db: Db,
  { id }: QuietChannel,
  held: readonly HeldDelivery[],
  now: number,
): Promise<readonly HeldDelivery[]> => {
  const mutes = await readMutes(db, id, now);
  if (mutes.length === 0) return held;
  const muteOf = ({ symbol }: HeldDelivery) =>
    mutes.find((mute) => mute.symbol === symbol) ?? mutes.find((mute) => mute.symbol === '*');
  const muted = held.filter(muteOf);
  for (const each of muted) await countHeldBack(db, [id], muteOf(each)?.symbol ?? '*');
  await endHeld(
    db,
    muted.map((each) => each.id),
    { state: 'muted', now },
  );
  return held.filter((each) => !muteOf(each));
};

/** Lets out what a channel's quiet hours have held: an alert alone as itself, several as one summary. */
const endQuiet = async (
  db: Db,
  channel: QuietChannel,
  { timeZone }: QuietJobParts,
  summary: Summaries,
  now: number,
): Promise<void> => {
  const all = await heldDeliveries(db, channel.id);
  const ids = (some: readonly HeldDelivery[]) => some.map(({ id }) => id);
  if (channel.retired !== null) return endHeld(db, ids(all), { state: 'gone', reason: channel.retired, now });
  const settings = settingsOf(channel.settings);
  const until = quietUntil(settings.quiet, settings.timeZone ?? timeZone, now);
  if (until !== undefined) return holdUntil(db, channel.id, until);
  // 0 where the settings were changed meanwhile: then the quiet hours end now.
  const planned = Math.max(...all.map(({ heldUntil }) => heldUntil));
  const end = planned > 0 ? Math.min(planned, now) : now;
  const held = await keepBack(db, channel, all, now);
  const summed = held.filter(({ kind }) => isSummed(kind));
  if (summed.length < 2) return releaseHeld(db, held, end, now);
  await releaseHeld(
    db,
    held.filter(({ kind }) => !isSummed(kind)),
    end,
    now,
  );
  await endHeld(db, ids(summed), { state: 'summed', now });
  const story = await summary(db, summed, end, now);
  await enqueueStory(db, channel, story, { kind: 'summary', now, dueAt: now, expiresAt: end + lifeOf('summary') });
};

/**
 * Ends quiet hours: what they held goes out, in pieces of channels that are a transaction each. Whether they still
 * hold is decided by the settings as they are then.
 */
export const createQuietJob = (parts: QuietJobParts): PiecewiseJob => {
  const pace = createAdaptiveBatchSize({ aimMs: 12, fewest: 5, most: 500 });
  return createPiecewiseJob('quiet hours', async (now, stopping) => {
    // A transaction that fails ends the run, so that no story of it is ever taken for written.
    const summary = createSummaries();
    let left = true;
    while (left && !stopping()) {
      let begin = 0;
      await parts.store.transaction(async (db) => {
        begin = performance.now();
        const channels = await channelsToRelease(db, now, pace.size());
        for (const channel of channels) await endQuiet(db, channel, parts, summary, now);
        left = channels.length > 0;
      });
      pace.took(performance.now() - begin);
      await setImmediate();
    }
  });
};
