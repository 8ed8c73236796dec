import { setImmediate } from 'node:timers/promises';
import { type DigestProfile, digestKey } from '../channels/digest-profile.ts';
import type { EffectiveRules } from '../channels/effective-rules.ts';
import type { Calendar, SessionDate } from '../market/calendar.ts';
import { enqueueDigests } from '../outbox/enqueue.ts';
import type { RouteParts } from '../outbox/steps/step.ts';
import { createPiecewiseJob, type PiecewiseJob } from '../schedule/piecewise-job.ts';
import { type DigestMark, dropDigestMarks, readDigestMarks, writeDigestMarks } from '../store/digests.ts';
import { writeJobRun, writeNextRun } from '../store/job-runs.ts';
import type { Store } from '../store/store.ts';
import type { DigestStory } from '../stories/digest-story.ts';
import type { Logger } from '../telemetry/log.ts';
import { HOUR_MS, MINUTE_MS } from '../util/durations.ts';
import { closedDigest } from './closed-digest.ts';
import {
  type DigestDecision,
  decideDigest,
  initialDecidedDay,
  isDigestLate,
  type SkipReason,
} from './digest-decision.ts';
import { type DigestDue, nextDigest } from './digest-due.ts';
import type { DigestService } from './digest-service.ts';

/**
 * How long a digest waits for the session's final bars, from its due time or from when this process first saw it due.
 */
const MAX_CLOSE_WAIT_MS = 30 * MINUTE_MS;
/** Interval between looks for those bars. */
const CLOSE_CHECK_INTERVAL_MS = 5_000;
/** Interval between looks for any close at all, once the digest would go out without the missing ones. */
const NO_CLOSES_INTERVAL_MS = MINUTE_MS;
/** A skipped digest stays owed for so long after its time: the clock may be wrong. */
const SKIP_IS_FINAL_MS = 36 * HOUR_MS;

export interface DigestJobParts extends RouteParts {
  readonly store: Store;
  readonly rules: Pick<EffectiveRules, 'digests' | 'version'>;
  readonly calendar: Calendar;
  readonly service: Pick<DigestService, 'of' | 'hasAll'>;
  readonly log: Logger;
  readonly onEnqueued?: (late: boolean) => void;
  readonly onSkipped?: (why: SkipReason) => void;
}

/** One digest profile, and when there may next be something to decide for it. */
interface ProfileState {
  readonly key: string;
  readonly profile: DigestProfile;
  /** Epoch milliseconds. */
  nextAt: number;
  /** When this process first saw that a digest waits for its session's closes, epoch milliseconds. */
  noticedAt?: number;
  /** How many skipped digests after the mark are counted already. */
  counted: number;
}

/** What was decided for one digest profile. */
interface ProfileDecision extends DigestDecision {
  readonly state: ProfileState;
  readonly mark: DigestMark;
}

/**
 * Enqueues for every channel the digests it wants, when they are due. Whatever was decided is in the store, one mark
 * for each profile, which moves in the transaction that enqueues the digest: a crash cannot lose one. A channel gets one
 * of a day, whatever the marks say (`recordDigests`). After a downtime the newest digest is enqueued
 * if it is at most six hours late; the others are skipped and counted. One that is skipped stays owed for a day and a half,
 * in case the clock is wrong or the closes come. A run with nothing due costs a comparison.
 * @throws StoreError
 */
export const createDigestJob = (parts: DigestJobParts): PiecewiseJob => {
  const { store, rules, calendar, log } = parts;
  let states = new Map<string, ProfileState>();
  let version: number | undefined;
  let lastRunAt = Number.NEGATIVE_INFINITY;
  let nextAt = Number.NEGATIVE_INFINITY;
  let storedNextAt: number | undefined;

  /** Re-reads the profiles of all channels; forgets those that no channel has any more. */
  const readProfiles = async (): Promise<void> => {
    const read = rules.version();
    const before = states;
    states = new Map(
      rules.digests().map((profile) => {
        const key = digestKey(profile);
        return [key, before.get(key) ?? { key, profile, nextAt: Number.NEGATIVE_INFINITY, counted: 0 }];
      }),
    );
    const gone = [...before.keys()].filter((key) => !states.has(key));
    if (gone.length > 0) await store.transaction((db) => dropDigestMarks(db, gone));
    version = read;
  };

  const isWaitingForCloses = ({ day, closed, at }: DigestDue, state: ProfileState, now: number): boolean => {
    if (closed || parts.service.hasAll(day)) return false;
    state.noticedAt ??= now;
    return now < Math.max(at, state.noticedAt) + MAX_CLOSE_WAIT_MS;
  };

  /** The decision for a profile; undefined if there is none, or not yet. */
  const decisionFor = async (
    state: ProfileState,
    mark: DigestMark | undefined,
    now: number,
  ): Promise<ProfileDecision | undefined> => {
    const { key, profile } = state;
    const sleepUntilNext = (): undefined => {
      state.nextAt = nextDigest(profile, calendar, now)?.at ?? Number.POSITIVE_INFINITY;
      delete state.noticedAt;
      return undefined;
    };
    // A mark of a day that has not begun was made by a wrong clock.
    if (!mark || mark.day > calendar.dayOf(now)) {
      const first = { day: initialDecidedDay(profile, calendar, now), decidedAt: now };
      await writeDigestMarks(store.db, new Map([[key, first]]));
      return sleepUntilNext();
    }
    const decision = decideDigest(profile, calendar, mark.day, now);
    if (!decision) return sleepUntilNext();
    if (decision.enqueue && isWaitingForCloses(decision.due, state, now)) {
      state.nextAt = now + CLOSE_CHECK_INTERVAL_MS;
      return undefined;
    }
    sleepUntilNext();
    return { ...decision, state, mark };
  };

  /** The stories of one day by profile key. Profiles with the same story share it; those without one are left out. */
  const storiesOf = async (decisions: readonly ProfileDecision[], now: number): Promise<Map<string, DigestStory>> => {
    const built = new Map<string, DigestStory | undefined>();
    const stories = new Map<string, DigestStory>();
    for (const { state, mark, due } of decisions) {
      const late = isDigestLate(due, now);
      const variant = due.closed ? `${late}` : `${late} ${mark.enqueuedAt}`;
      if (!built.has(variant))
        built.set(
          variant,
          due.closed
            ? closedDigest(calendar, due.day, late)
            : await parts.service.of(due.day, now, {
                late,
                ...(mark.enqueuedAt !== undefined && { before: mark.enqueuedAt }),
              }),
        );
      const story = built.get(variant);
      if (story) stories.set(state.key, story);
    }
    return stories;
  };

  /**
   * Enqueues one day's digests and moves their marks, in one transaction; the mark of a skipped one stays for a while.
   * Returns the decisions with what was not counted yet; those without a story are skipped.
   */
  const commit = async (
    day: SessionDate,
    decisions: readonly ProfileDecision[],
    now: number,
  ): Promise<readonly ProfileDecision[]> => {
    const stories = await storiesOf(
      decisions.filter(({ enqueue }) => enqueue),
      now,
    );
    const isMoved = ({ state, due }: ProfileDecision): boolean =>
      stories.has(state.key) || now - due.at > SKIP_IS_FINAL_MS;
    await store.transaction(async (db) => {
      const moved = decisions
        .filter(isMoved)
        .map(
          ({ state: { key } }) => [key, { day, decidedAt: now, ...(stories.has(key) && { enqueuedAt: now }) }] as const,
        );
      await writeDigestMarks(db, new Map(moved));
      if (stories.size > 0) await enqueueDigests(db, parts, day, stories, { now, dueAt: now });
    });
    return decisions.map((decision) => {
      const { state, skipped } = decision;
      const isUnknown = decision.enqueue && !stories.has(state.key);
      if (isUnknown) state.nextAt = now + NO_CLOSES_INTERVAL_MS;
      const all: readonly SkipReason[] = isUnknown ? [...skipped, 'no-closes'] : skipped;
      const fresh = all.slice(state.counted);
      state.counted = isMoved(decision) ? 0 : Math.max(all.length, state.counted);
      return { ...decision, enqueue: stories.has(state.key), skipped: fresh };
    });
  };

  const report = ({ state: { key }, due, enqueue, skipped }: ProfileDecision, now: number): void => {
    const late = isDigestLate(due, now);
    if (enqueue) {
      parts.onEnqueued?.(late);
      log.info({ day: due.day, times: key, late }, 'digest queued');
    }
    if (skipped.length > 0) log.warn({ day: due.day, times: key, skipped }, 'digests skipped');
    for (const why of skipped) parts.onSkipped?.(why);
  };

  const decide = async (due: readonly ProfileState[], now: number): Promise<void> => {
    const begin = performance.now();
    const marks = await readDigestMarks(
      store.db,
      due.map(({ key }) => key),
    );
    const decisions: ProfileDecision[] = [];
    for (const state of due) {
      const decision = await decisionFor(state, marks.get(state.key), now);
      if (decision) decisions.push(decision);
      await setImmediate();
    }
    const all: ProfileDecision[] = [];
    for (const [day, ofDay] of Map.groupBy(decisions, ({ due: { day } }) => day))
      all.push(...(await commit(day, ofDay, now)));
    const committed = all.filter(({ enqueue, skipped }) => enqueue || skipped.length > 0);
    if (committed.length === 0) return;
    for (const decision of committed) report(decision, now);
    const told = committed.filter(({ enqueue }) => enqueue).length;
    const skipped = committed.reduce((sum, decision) => sum + decision.skipped.length, 0);
    const tookMs = Math.round(performance.now() - begin);
    await writeJobRun(store.db, { name: 'digest', ranAt: now, tookMs, result: { counts: { told, skipped } } });
    storedNextAt = undefined;
  };

  const run = async (now: number): Promise<void> => {
    const clockWentBack = now < lastRunAt;
    lastRunAt = now;
    if (version === rules.version() && now < nextAt && !clockWentBack) return;
    await readProfiles();
    if (clockWentBack)
      for (const state of states.values()) {
        state.nextAt = Number.NEGATIVE_INFINITY;
        delete state.noticedAt;
      }
    try {
      await decide(
        [...states.values()].filter((state) => state.nextAt <= now),
        now,
      );
    } catch (fault) {
      // Nothing may have been stored: decide everything again.
      for (const state of states.values()) state.nextAt = Number.NEGATIVE_INFINITY;
      throw fault;
    } finally {
      nextAt = [...states.values()].reduce(
        (soonest, state) => Math.min(soonest, state.nextAt),
        Number.POSITIVE_INFINITY,
      );
    }
    if (nextAt === storedNextAt) return;
    await writeNextRun(store.db, 'digest', Number.isFinite(nextAt) ? nextAt : undefined);
    storedNextAt = nextAt;
  };

  return createPiecewiseJob('digest', async (now, stopping) => {
    if (!stopping()) await run(now);
  });
};
