import { setImmediate } from 'node:timers/promises';
import { type DigestProfile, digestKey } from '../channels/digest-key.ts';
import type { EffectiveRules } from '../channels/effective-rules.ts';
import type { Calendar, SessionDate } from '../market/calendar.ts';
import { enqueueDigests } from '../outbox/enqueue.ts';
import type { RouteParts } from '../outbox/route.ts';
import { createPiecewiseJob, type PiecewiseJob } from '../schedule/piecewise-job.ts';
import {
  createDigestMark,
  type DigestMark,
  dropDigestMarks,
  moveDigestMark,
  readDigestMarks,
} from '../store/digests.ts';
import { writeJobRun, writeNextRun } from '../store/job-runs.ts';
import type { Store } from '../store/store.ts';
import type { DigestStory } from '../stories/digest-story.ts';
import type { Logger } from '../telemetry/log.ts';
import { closedDigest } from './closed-digest.ts';
import { type DigestDecision, decideDigest, firstDecided, isDigestLate, type Skipped } from './digest-decision.ts';
import { type Due, nextDigest } from './digest-due.ts';
import type { DigestService } from './digest-service.ts';

/** The final bars of its session are waited for so long, from its time on or from when a start noticed it. */
const PATIENCE_MS = 30 * 60_000;
/** And looked for so often. */
const LOOK_MS = 5_000;
/** A mark made so much later than now was made by a clock that was wrong. */
const AHEAD_MS = 24 * 3_600_000;
export interface DigestJobParts extends RouteParts {
  readonly store: Store;
  readonly rules: Pick<EffectiveRules, 'digests' | 'version'>;
  readonly calendar: Calendar;
  readonly service: Pick<DigestService, 'of' | 'hasAll'>;
  readonly log: Logger;
  readonly onTold?: (late: boolean) => void;
  readonly onSkipped?: (why: Skipped) => void;
}

/** One set of times, and when there may next be something to decide for it. */
interface Times {
  readonly key: string;
  readonly profile: DigestProfile;
  nextAt: number;
  /** Since when this process has known of the digest that waits for its session's closes. */
  noticedAt?: number;
}

/** What is decided for one set of times. */
interface Decision extends DigestDecision {
  readonly times: Times;
  readonly mark: DigestMark;
}

/**
 * Owes every channel the digest of each day that it wants, when it is due. A function of now: what has been decided is
 * in the store, one mark for each set of times, and it moves in the transaction that owes the digest and only from
 * where it was read, so that neither two wakes, two processes nor a clock set back tell anything twice. What was due
 * while nobody was awake is told for six hours, the newest alone; the rest is skipped and counted. Between two dues a
 * wake costs a comparison.
 * @throws StoreError
 */
export const createDigestJob = (parts: DigestJobParts): PiecewiseJob => {
  const { store, rules, calendar, log } = parts;
  let known = new Map<string, Times>();
  let version: number | undefined;
  let wokenAt = Number.NEGATIVE_INFINITY;
  let nextAt = Number.NEGATIVE_INFINITY;
  let noted: number | undefined;

  /** Reads the book anew; sets of times that are gone from it are forgotten. */
  const readBook = async (): Promise<void> => {
    const read = rules.version();
    const before = known;
    known = new Map(
      rules.digests().map((profile) => {
        const key = digestKey(profile);
        return [key, before.get(key) ?? { key, profile, nextAt: Number.NEGATIVE_INFINITY }];
      }),
    );
    const gone = [...before.keys()].filter((key) => !known.has(key));
    if (gone.length > 0) await store.transaction((db) => dropDigestMarks(db, gone));
    version = read;
  };

  const isAwaited = ({ day, closed, at }: Due, times: Times, now: number): boolean => {
    if (closed || parts.service.hasAll(day)) return false;
    times.noticedAt ??= now;
    return now < Math.max(at, times.noticedAt) + PATIENCE_MS;
  };

  /** What is to be decided for a set of times; undefined where nothing is, or not yet. */
  const decisionFor = async (
    times: Times,
    mark: DigestMark | undefined,
    now: number,
  ): Promise<Decision | undefined> => {
    const { key, profile } = times;
    const sleep = (): undefined => {
      times.nextAt = nextDigest(profile, calendar, now)?.at ?? Number.POSITIVE_INFINITY;
      delete times.noticedAt;
      return undefined;
    };
    if (!mark || mark.decidedAt > now + AHEAD_MS) {
      const first = { day: firstDecided(profile, calendar, now), decidedAt: now };
      await store.transaction(async (db) => {
        if (mark) await moveDigestMark(db, key, mark, first);
        else await createDigestMark(db, key, first);
      });
      return sleep();
    }
    const verdict = decideDigest(profile, calendar, mark.day, now);
    if (!verdict) return sleep();
    if (verdict.tell && isAwaited(verdict.due, times, now)) {
      times.nextAt = now + LOOK_MS;
      return undefined;
    }
    sleep();
    return { ...verdict, times, mark };
  };

  /** The stories of one day, by key; those that tell the same are one. Keys that have none are left out. */
  const storiesOf = async (decisions: readonly Decision[], now: number): Promise<Map<string, DigestStory>> => {
    const made = new Map<string, DigestStory | undefined>();
    const stories = new Map<string, DigestStory>();
    for (const { times, mark, due } of decisions) {
      const late = isDigestLate(due, now);
      const same = due.closed ? `${late}` : `${late} ${mark.enqueuedAt}`;
      if (!made.has(same))
        made.set(
          same,
          due.closed
            ? closedDigest(calendar, due.day, late)
            : await parts.service.of(due.day, now, {
                late,
                ...(mark.enqueuedAt !== undefined && { before: mark.enqueuedAt }),
              }),
        );
      const story = made.get(same);
      if (story) stories.set(times.key, story);
    }
    return stories;
  };

  /** Moves the marks of one day's decisions and owes what is told, in one transaction. Returns what was this call's. */
  const settle = async (
    day: SessionDate,
    decisions: readonly Decision[],
    now: number,
  ): Promise<readonly Decision[]> => {
    const stories = await storiesOf(
      decisions.filter(({ tell }) => tell),
      now,
    );
    const own = await store.transaction(async (db) => {
      const moved: Decision[] = [];
      for (const decision of decisions) {
        const { key } = decision.times;
        const to = { day, decidedAt: now, ...(stories.has(key) && { enqueuedAt: now }) };
        if (await moveDigestMark(db, key, decision.mark, to)) moved.push(decision);
      }
      const told = new Map([...stories].filter(([key]) => moved.some(({ times }) => times.key === key)));
      if (told.size > 0) await enqueueDigests(db, parts, day, told, { now, dueAt: now });
      return moved;
    });
    return own.map((decision) => {
      const { times, tell, skipped } = decision;
      return tell && !stories.has(times.key)
        ? { ...decision, tell: false, skipped: [...skipped, 'no-closes'] }
        : decision;
    });
  };

  const report = ({ times: { key }, due, tell, skipped }: Decision, now: number): void => {
    const late = isDigestLate(due, now);
    if (tell) {
      parts.onTold?.(late);
      log.info({ day: due.day, times: key, late }, 'digest queued');
    }
    if (skipped.length > 0) log.warn({ day: due.day, times: key, skipped }, 'digests skipped');
    for (const why of skipped) parts.onSkipped?.(why);
  };

  const decide = async (due: readonly Times[], now: number): Promise<void> => {
    const begin = performance.now();
    const marks = await readDigestMarks(
      store.db,
      due.map(({ key }) => key),
    );
    const decisions: Decision[] = [];
    for (const times of due) {
      const decision = await decisionFor(times, marks.get(times.key), now);
      if (decision) decisions.push(decision);
      await setImmediate();
    }
    const own: Decision[] = [];
    for (const [day, some] of Map.groupBy(decisions, ({ due: { day } }) => day))
      own.push(...(await settle(day, some, now)));
    if (own.length === 0) return;
    for (const decision of own) report(decision, now);
    const told = own.filter(({ tell }) => tell).length;
    const skipped = own.reduce((sum, { skipped: some }) => sum + some.length, 0);
    const tookMs = Math.round(performance.now() - begin);
    await writeJobRun(store.db, { name: 'digest', ranAt: now, tookMs, result: { counts: { told, skipped } } });
    noted = undefined;
  };

  const wake = async (now: number): Promise<void> => {
    const wentBack = now < wokenAt;
    wokenAt = now;
    if (version === rules.version() && now < nextAt && !wentBack) return;
    await readBook();
    if (wentBack)
      for (const times of known.values()) {
        times.nextAt = Number.NEGATIVE_INFINITY;
        delete times.noticedAt;
      }
    try {
      await decide(
        [...known.values()].filter((times) => times.nextAt <= now),
        now,
      );
    } catch (fault) {
      // What was decided in memory alone is looked at again.
      for (const times of known.values()) times.nextAt = Number.NEGATIVE_INFINITY;
      throw fault;
    } finally {
      nextAt = [...known.values()].reduce(
        (soonest, times) => Math.min(soonest, times.nextAt),
        Number.POSITIVE_INFINITY,
      );
    }
    if (nextAt === noted) return;
    await writeNextRun(store.db, 'digest', Number.isFinite(nextAt) ? nextAt : undefined);
    noted = nextAt;
  };

  return createPiecewiseJob('digest', async (now, stopping) => {
    if (!stopping()) await wake(now);
  });
};
