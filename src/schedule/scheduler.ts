import { schedule } from 'node-cron';
import type { Logger } from '../telemetry/log.ts';

/** A job, run about once a second, that decides for itself whether anything is due. */
export interface Job {
  readonly name: string;
  run(now: number): Promise<void>;
}

/** What the scheduler goes by. */
interface SchedulerClock {
  /** Epoch milliseconds. */
  readonly now: () => number;
  /** Whether a job may run yet. */
  readonly mayRun: (job: string) => boolean;
}

/**
 * Runs each job every second until stopped; runs of one job never overlap. A failed run is passed to `onFault`, and the
 * job runs again. `stop` only ends the scheduling: whoever made a job ends its current run.
 */
export const startScheduler = (
  jobs: readonly Job[],
  log: Logger,
  onFault: (job: string, fault: unknown) => void,
  { now, mayRun }: SchedulerClock,
): { stop(): Promise<void> } => {
  const tasks = jobs.map(({ name, run }) =>
    schedule(
      '* * * * * *',
      async () => {
        if (mayRun(name)) await run(now()).catch((fault: unknown) => onFault(name, fault));
      },
      {
        name,
        noOverlap: true,
        suppressMissedWarning: true,
        logger: {
          info: () => undefined,
          debug: () => undefined,
          warn: (message) => log.debug({ job: name, message }, 'waking'),
          error: (message) => log.warn({ job: name, message: String(message) }, 'waking'),
        },
      },
    ),
  );
  return {
    stop: async () => {
      await Promise.all(tasks.map((task) => task.destroy()));
    },
  };
};
