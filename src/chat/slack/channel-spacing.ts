import type { Sleep } from '../sleep.ts';

/** Slack allows one message a second in a channel. */
const INTERVAL_MS = 1_000;
/** With more channels than this, those whose interval has passed are forgotten. */
const MAX_REMEMBERED_CHANNELS = 1_000;

/** Keeps messages to one channel a second apart. */
export interface ChannelSpacing {
  /** Resolves when the channel may be posted to, or the signal aborts. */
  acquire(channelId: string, signal: AbortSignal): Promise<void>;
}

/** `now` in epoch milliseconds. */
export const createChannelSpacing = ({
  now,
  sleep,
}: {
  readonly now: () => number;
  readonly sleep: Sleep;
}): ChannelSpacing => {
  const last = new Map<string, number>();
  return {
    acquire: async (channelId, signal) => {
      const at = now();
      // At most one interval, even if the clock was set back.
      const waitMs = Math.min(INTERVAL_MS, Math.max(0, (last.get(channelId) ?? 0) + INTERVAL_MS - at));
      last.set(channelId, at + waitMs);
      if (last.size > MAX_REMEMBERED_CHANNELS)
        for (const [id, time] of last) if (time + INTERVAL_MS <= at) last.delete(id);
      if (waitMs > 0) await sleep(waitMs, signal);
    },
  };
};
