import { readJobRun, writeJobRun, writeNextRun } from '../store/job-runs.ts';
import type { Store } from '../store/store.ts';
import { StoreError } from '../store/store-error.ts';
import type { JobRun } from '../stories/job-run.ts';
import type { Logger } from '../telemetry/log.ts';
import { createPiecewiseJob, type PiecewiseJob } from './piecewise-job.ts';

/** What a run came to. */
export interface TaskResult {
  /** How many of what, for a person; see `status.counts` in the messages. */
  readonly counts?: Readonly<Record<string, number>>;
  /** Why it was not all that it should be, in one line; it is tried again then. */
  readonly failed?: string;
  /** Milliseconds until it runs again, where that is sooner than usual. */
  readonly againMs?: number;
}

/** Work that is done now and then. All it knows of the past is in the store. */
export interface Task {
  readonly name: string;
  /** When it is due after a run at `ranAt` that ended well; both epoch milliseconds. */
  dueAfter(ranAt: number): number | Promise<number>;
  /** When it is due that has never run; at once, unless told. */
  firstDue?(now: number): number;
  /** Milliseconds until it is tried again after a failure. */
  readonly againMs: number;
  /** One that is long asks `stopping` now and then, and leaves the rest to the next run. */
  run(now: number, stopping: () => boolean): Promise<TaskResult>;
}

/** What a task is due by may change while it sleeps: it is worked out anew so often. */
const CHECK_INTERVAL_MS = 5 * 60_000;

const reasonOf = (fault: unknown): string => (fault instanceof Error ? fault.message : String(fault));

/**
 * Runs a task when it is due and notes in the store how it went, how long it took and when it runs next. One that fails
 * is tried again later. A wake before that costs a comparison.
 * @throws StoreError
 */
export const scheduledJob = (task: Task, { store, log }: { store: Store; log: Logger }): PiecewiseJob => {
  const { name } = task;
  let lookAt = Number.NEGATIVE_INFINITY;
  let wokenAt = Number.NEGATIVE_INFINITY;

  const dueOf = async (last: JobRun | undefined, now: number): Promise<number> => {
    if (last?.ranAt === undefined)
      return Math.min(task.firstDue?.(now) ?? now, last?.nextAt ?? Number.POSITIVE_INFINITY);
    // That of a clock that was wrong.
    if (last.ranAt > now) return now;
    const { ranAt, result, nextAt } = last;
    const usual = await task.dueAfter(ranAt);
    if (nextAt === undefined) return usual;
    return result !== undefined && 'failed' in result
      ? Math.min(nextAt, ranAt + task.againMs)
      : Math.min(nextAt, usual);
  };

  const run = async (now: number, stopping: () => boolean): Promise<JobRun> => {
    const begin = performance.now();
    const came = await task.run(now, stopping).catch((fault: unknown): TaskResult => {
      if (fault instanceof StoreError) throw fault;
      return { failed: reasonOf(fault) };
    });
    const { counts, failed, againMs = failed === undefined ? undefined : task.againMs } = came;
    if (failed !== undefined) log.warn({ job: name, reason: failed }, 'job failed; will retry');
    return {
      name,
      ranAt: now,
      tookMs: Math.round(performance.now() - begin),
      ...(failed !== undefined ? { result: { failed } } : counts && { result: { counts } }),
      nextAt: againMs === undefined ? await task.dueAfter(now) : now + againMs,
    };
  };

  return createPiecewiseJob(name, async (now, stopping) => {
    if (stopping()) return;
    if (now < lookAt && now >= wokenAt) {
      wokenAt = now;
      return;
    }
    wokenAt = now;
    const last = await readJobRun(store.db, name);
    const due = await dueOf(last, now);
    if (due > now) {
      if (last?.nextAt !== due) await writeNextRun(store.db, name, due);
      lookAt = Math.min(due, now + CHECK_INTERVAL_MS);
      return;
    }
    const ran = await run(now, stopping);
    await writeJobRun(store.db, ran);
    lookAt = Math.min(ran.nextAt ?? now, now + CHECK_INTERVAL_MS);
  });
};
