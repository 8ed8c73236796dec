import { setTimeout as sleep } from 'node:timers/promises';
import type { IIdentifyThrottler } from 'discord.js';

/** Discord allows one identify every five seconds. */
const IDENTIFY_INTERVAL_MS = 5_000;

/**
 * Spaces identifies of all connections that share this throttler. discord.js's own throttler goes on waiting after the
 * socket has closed, and then identifies on one that is not open yet.
 */
export const createIdentifyThrottler = (): IIdentifyThrottler => {
  let next = 0;
  return {
    waitForIdentify: async (_shardId, signal) => {
      const wait = next - performance.now();
      next = Math.max(next, performance.now()) + IDENTIFY_INTERVAL_MS;
      if (wait > 0) await sleep(wait, undefined, { signal });
    },
  };
};
