import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';

/** Requests that were answered, by status, in each second since the first. */
export interface Answered {
  readonly second: number;
  readonly status: number;
  readonly count: number;
}

/** A double in a thread of its own, so that it costs the bot none of its time. */
export interface Apart {
  readonly token: string;
  readonly apiUrl: string;
  answered(): Promise<readonly Answered[]>;
  close(): Promise<void>;
}

/** Holds channels `first` to `first + count - 1`; allows so many requests a second over all routes. */
export const startDiscordApart = async (holds: {
  readonly first: bigint;
  readonly count: number;
  readonly perSecond: number;
}): Promise<Apart> => {
  const worker = new Worker(fileURLToPath(new URL('./apart-worker.ts', import.meta.url)), { workerData: holds });
  const [{ token, apiUrl }] = await once(worker, 'message');
  return {
    token,
    apiUrl,
    answered: async () => {
      worker.postMessage('report');
      const [report] = await once(worker, 'message');
      return report;
    },
    close: async () => {
      await worker.terminate();
    },
  };
};
