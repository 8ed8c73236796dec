import { setTimeout as sleep } from 'node:timers/promises';
import type { IIdentifyThrottler } from 'discord.js';

/** Discord lets one shard identify every five seconds. */
const APART_MS = 5_000;

/**
 * Lets the gateway identify at most every five seconds, over all connections that share this throttler.
 * discord.js's own does not end its wait when the socket closes, and then identifies on a socket that is not open yet.
 */
export const createIdentifyThrottler = (): IIdentifyThrottler => {
  let next = 0;
  return {
    waitForIdentify: async (_shardId, signal) => {
      const wait = next - performance.now();
      next = Math.max(next, performance.now()) + APART_MS;
      if (wait > 0) await sleep(wait, undefined, { signal });
    },
  };
};
