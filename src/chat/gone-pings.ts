import { HOUR_MS, MINUTE_MS } from '../util/durations.ts';
import { createLru } from '../util/lru.ts';

/** For so long is believed what the platform has said. */
const BELIEVED_MS = 6 * HOUR_MS;
/** And for so long that it has not told. */
const DOUBT_MS = 10 * MINUTE_MS;
const CACHE_SIZE = 10_000;

/** Whether a role or a user group that a card pings is gone. Both platforms take such a ping, show a dead name and tell nobody. */
export interface GonePings {
  /** False in case of doubt: the card pings then. Never rejects. */
  isGone(id: string, workspace?: string): Promise<boolean>;
}

/**
 * `ask`: undefined in case of doubt. `monotonic`: milliseconds of a clock that is never set.
 */
export const createGonePings = (
  ask: (id: string, workspace: string | undefined) => Promise<boolean | undefined>,
  monotonic: () => number,
): GonePings => {
  const known = createLru<string, { readonly gone: boolean; readonly until: number }>(CACHE_SIZE);
  return {
    isGone: async (id, workspace) => {
      const held = known.get(id);
      if (held && monotonic() < held.until) return held.gone;
      const gone = await ask(id, workspace);
      known.set(id, { gone: gone ?? false, until: monotonic() + (gone === undefined ? DOUBT_MS : BELIEVED_MS) });
      return gone ?? false;
    },
  };
};
