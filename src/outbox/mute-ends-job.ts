import { endMutes } from '../channels/end-mutes.ts';
import { settingsOf } from '../channels/repair-settings.ts';
import { createAdaptiveBatchSize } from '../schedule/adaptive-batch-size.ts';
import { createPiecewiseJob, type PiecewiseJob } from '../schedule/piecewise-job.ts';
import { runPiece } from '../schedule/run-piece.ts';
import { channelById, isInUse } from '../store/channels.ts';
import { endedMutes, readMutes } from '../store/mutes.ts';
import type { Store } from '../store/store.ts';
import type { Mute } from '../stories/channel.ts';
import { STORY_KINDS } from '../stories/story-kinds.ts';
import { quietUntil } from './quiet-hours.ts';

interface MuteEndsParts {
  readonly store: Store;
  /** IANA name; for channels without their own. */
  readonly timeZone: string;
}

/** Whether it is still worth saying that a mute has ended: the bot may have been away. */
const isRecent = (mutes: readonly Mute[], now: number): boolean =>
  mutes.some(({ until }) => now < until + STORY_KINDS['mute-end'].lifeMs);

/**
 * Ends mutes whose time is over, each once: what they have held back is told in one message a channel, after its quiet
 * hours. A channel that is not in use is told nothing.
 */
export const createMuteEndsJob = ({ store, timeZone }: MuteEndsParts): PiecewiseJob => {
  const batchSize = createAdaptiveBatchSize({ targetMs: 12, min: 5, max: 500 });
  return createPiecewiseJob('mute ends', async (now, stopping) => {
    if (stopping() || (await endedMutes(store.db, now, {})).length === 0) return;
    for (let more = true; more && !stopping(); )
      more = await runPiece(store, batchSize, async (db, limit) => {
        const ended = await endedMutes(db, now, { limit });
        for (const { channelId, mutes } of ended) {
          const channel = await channelById(db, channelId);
          const { quiet, timeZone: own = timeZone } = settingsOf(channel?.settings ?? null);
          const isAllMuted = (await readMutes(db, channelId, now)).some(({ symbol }) => symbol === '*');
          const isTold = channel && isInUse(channel) && isRecent(mutes, now);
          await endMutes(db, {
            ...{ channelId, mutes, isAllMuted, now },
            ...(isTold && { dueAt: quietUntil(quiet, own, now) ?? now }),
          });
        }
        return ended.length > 0;
      });
  });
};
