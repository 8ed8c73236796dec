/** Waits that Discord's rate limits have asked for. Nothing is sent until they are over. */
export interface Holds {
  /** Holds one channel, or all channels if none is given. */
  hold(ms: number, channelId?: string): void;
  /** Milliseconds until the channel may be tried again; 0 if it may now. */
  waitMs(channelId: string): number;
}

/** `now` in epoch milliseconds. */
export const createHolds = (now: () => number): Holds => {
  const channels = new Map<string, number>();
  let everywhere = 0;
  return {
    hold: (ms, channelId) => {
      const until = now() + ms;
      if (channelId === undefined) everywhere = Math.max(everywhere, until);
      else channels.set(channelId, Math.max(channels.get(channelId) ?? 0, until));
    },
    waitMs: (channelId) => {
      const at = now();
      for (const [id, until] of channels) if (until <= at) channels.delete(id);
      return Math.max(everywhere, channels.get(channelId) ?? at, at) - at;
    },
  };
};
