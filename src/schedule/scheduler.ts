import { schedule } from 'node-cron';
import type { Logger } from '../telemetry/log.ts';

/** Work that decides for itself whether anything is due; called about once a second. */
export interface Job {
  readonly name: string;
  run(now: number): Promise<void>;
}

/**
 * Wakes each job every second, never twice at a time, until stopped. A job that fails is handed to `onFault`, and
 * woken again. `stop` ends the waking; what is running then is its owner's to end.
 */
export const startScheduler = (
  jobs: readonly Job[],
  log: Logger,
  onFault: (job: string, fault: unknown) => void,
): { stop(): Promise<void> } => {
  const tasks = jobs.map(({ name, run }) =>
    schedule('* * * * * *', () => run(Date.now()).catch((fault: unknown) => onFault(name, fault)), {
      name,
      noOverlap: true,
      suppressMissedWarning: true,
      logger: {
        info: () => undefined,
        debug: () => undefined,
        warn: (message) => log.debug({ job: name, message }, 'waking'),
        error: (message) => log.warn({ job: name, message: String(message) }, 'waking'),
      },
    }),
  );
  return {
    stop: async () => {
      await Promise.all(tasks.map((task) => task.destroy()));
    },
  };
};
