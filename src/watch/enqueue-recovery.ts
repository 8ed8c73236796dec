import type { Bar } from '../market/bar.ts';
import type { Watched } from '../market/watchlist.ts';
import { enqueuePlan } from '../outbox/enqueue.ts';
import { buildRecoveryStory } from '../slides/build-recovery-story.ts';
import type { Db } from '../store/store.ts';
import { writeStory } from '../store/stories.ts';
import type { Recovery } from '../stories/alert.ts';
import type { RecoveryStory } from '../stories/recovery-story.ts';
import { isCloseLate } from './late.ts';
import type { WatchParts } from './watch-parts.ts';

/** A recovery that the closes have shown, as a story. */
export const recoveredIn = (
  { calendar, source }: WatchParts,
  watched: Watched,
  recovery: Recovery,
  bars: readonly Bar[],
  now: number,
): RecoveryStory => {
  const observedAt = calendar.hours(recovery.session)?.close ?? now;
  return buildRecoveryStory({
    watched,
    recovery,
    bars: bars.filter(({ session }) => session <= recovery.session),
    observedAt,
    late: isCloseLate(observedAt, now),
    source: source.name,
  });
};

/** Owes the card of a recovery to whom it concerns; in the transaction that saves the state which ended the fall. */
export const enqueueRecovery = async (db: Db, parts: WatchParts, story: RecoveryStory, now: number): Promise<void> => {
  const { symbol, level } = story;
  const id = await writeStory(db, story, now);
  await enqueuePlan(db, parts, { kind: 'recovery', symbol, level, story: id }, 'recovery', { now, dueAt: now });
};
