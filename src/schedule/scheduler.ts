/** A job, run about once a second, that decides for itself whether anything is due. */
export interface Job {
  readonly name: string;
  run(now: number): Promise<void>;
}

export interface SchedulerOptions {
  /** Epoch milliseconds. */
  readonly now: () => number;
  /** Whether a job may run yet. Default: always. */
  readonly mayRun?: (job: string) => boolean;
  readonly onFault: (job: string, fault: unknown) => void;
}

const WAKE_INTERVAL_MS = 1_000;

/**
 * Runs each job every second until stopped; runs of one job never overlap. The seconds are those of a timer, which goes on
 * if the computer's clock is set: a library for cron times waits until that has caught up. A failed run is passed to
 * `onFault`, and the job runs again. `stop` only ends the scheduling: whoever made a job ends its current run.
 */
export const startScheduler = (
  jobs: readonly Job[],
  { now, mayRun = () => true, onFault }: SchedulerOptions,
): { stop(): void } => {
  const timers = jobs.map(({ name, run }) => {
    let running = false;
    const wake = async (): Promise<void> => {
      if (running || !mayRun(name)) return;
      running = true;
      try {
        await run(now());
      } catch (fault) {
        onFault(name, fault);
      } finally {
        running = false;
      }
    };
    return setInterval(() => void wake(), WAKE_INTERVAL_MS);
  });
  return {
    stop: () => {
      for (const timer of timers) clearInterval(timer);
    },
  };
};
