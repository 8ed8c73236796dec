import { readJobRun, writeJobRun, writeNextRun } from '../store/job-runs.ts';
import type { Store } from '../store/store.ts';
import { StoreError } from '../store/store-error.ts';
import type { JobRun } from '../stories/job-run.ts';
import type { Logger } from '../telemetry/log.ts';
import { MINUTE_MS } from '../util/durations.ts';
import { createPiecewiseJob, type PiecewiseJob } from './piecewise-job.ts';

/** The result of a run. */
export interface TaskResult {
  /** Counts to show to a person; keys of `status.counts` in the messages. */
  readonly counts?: Readonly<Record<string, number>>;
  /** Why the run failed or was incomplete, in one line; it is retried after `retryMs`. */
  readonly failed?: string;
  /** Milliseconds until the next run, if sooner than usual. */
  readonly nextRunMs?: number;
}

/** A periodic job. Its only state is in the store. */
export interface Task {
  readonly name: string;
  /** When the task is due after a successful run at `ranAt`; both epoch milliseconds. */
  dueAfter(ranAt: number): number | Promise<number>;
  /** When a task that has never run is due, epoch milliseconds; by default at once. */
  firstDue?(now: number): number;
  /** Milliseconds until a retry after a failure. */
  readonly retryMs: number;
  /** A long task asks `stopping` between its steps, and leaves the rest to the next run. */
  run(now: number, stopping: () => boolean): Promise<TaskResult>;
}

/** The due time may change between runs: it is recomputed at this interval. */
const CHECK_INTERVAL_MS = 5 * MINUTE_MS;

const reasonOf = (fault: unknown): string => (fault instanceof Error ? fault.message : String(fault));

/**
 * Makes a job that runs a task when it is due, and stores the result, the duration and the next run. A failed task is
 * retried. A run of the job with nothing due costs a comparison.
 * @throws StoreError
 */
export const createScheduledJob = (task: Task, { store, log }: { store: Store; log: Logger }): PiecewiseJob => {
  const { name } = task;
  let checkAt = Number.NEGATIVE_INFINITY;
  let lastRunAt = Number.NEGATIVE_INFINITY;

  const dueOf = async (last: JobRun | undefined, now: number): Promise<number> => {
    if (last?.ranAt === undefined)
      return Math.min(task.firstDue?.(now) ?? now, last?.nextAt ?? Number.POSITIVE_INFINITY);
    // Written by a wrong clock.
    if (last.ranAt > now) return now;
    const { ranAt, result, nextAt } = last;
    const usual = await task.dueAfter(ranAt);
    if (nextAt === undefined) return usual;
    return result !== undefined && 'failed' in result
      ? Math.min(nextAt, ranAt + task.retryMs)
      : Math.min(nextAt, usual);
  };

  const run = async (now: number, stopping: () => boolean): Promise<JobRun> => {
    const begin = performance.now();
    const taskResult = await task.run(now, stopping).catch((fault: unknown): TaskResult => {
      if (fault instanceof StoreError) throw fault;
      return { failed: reasonOf(fault) };
    });
    const { counts, failed, nextRunMs = failed === undefined ? undefined : task.retryMs } = taskResult;
    if (failed !== undefined) log.warn({ job: name, reason: failed }, 'job failed; will retry');
    return {
      name,
      ranAt: now,
      tookMs: Math.round(performance.now() - begin),
      ...(failed !== undefined ? { result: { failed } } : counts && { result: { counts } }),
      nextAt: nextRunMs === undefined ? await task.dueAfter(now) : now + nextRunMs,
    };
  };

  return createPiecewiseJob(name, async (now, stopping) => {
    if (stopping()) return;
    if (now < checkAt && now >= lastRunAt) {
      lastRunAt = now;
      return;
    }
    lastRunAt = now;
    const last = await readJobRun(store.db, name);
    const due = await dueOf(last, now);
    if (due > now) {
      if (last?.nextAt !== due) await writeNextRun(store.db, name, due);
      checkAt = Math.min(due, now + CHECK_INTERVAL_MS);
      return;
    }
    const ran = await run(now, stopping);
    await writeJobRun(store.db, ran);
    checkAt = Math.min(ran.nextAt ?? now, now + CHECK_INTERVAL_MS);
  });
};
