import type { Platform } from '../chat/platform.ts';
import { channelsToLookAt, type ShutChannel } from '../store/channels.ts';
import type { Store } from '../store/store.ts';
import type { Logger } from '../telemetry/log.ts';
import { backoffMs } from '../util/backoff.ts';
import { isDueAgain } from '../util/due-again.ts';
import { DAY_MS, MINUTE_MS } from '../util/durations.ts';

interface Where {
  readonly platform: string;
  readonly workspace?: string;
  readonly address?: string;
}

export interface PlaceLookParts {
  readonly store: Store;
  readonly platforms: readonly Platform[];
  /** Whether a platform has started and takes posts. */
  readonly takesPosts: (platform: string) => boolean;
  /** Called for a channel that is open again. Never rejects. */
  readonly onOpen: (where: { readonly platform: string; readonly address: string }) => Promise<void>;
  readonly log: Logger;
  /** In [0, 1). */
  readonly random?: () => number;
}

/** Looks at channels that are paused or away, for what no event has told. */
export interface PlaceLooks {
  readonly name: string;
  /** Looks at one channel of each platform, if one is due at `now`. @throws StoreError */
  run(now: number): Promise<void>;
  /** The channels of a scope are looked at next. */
  hurry(where: Where): void;
  stop(): Promise<void>;
}

/** When a channel was looked at, or first heard of, and how long the next look waits. */
interface Looked {
  readonly at: number;
  readonly waitMs: number;
  readonly looks: number;
}

/** Which channels there are to look at is asked for at this interval: their events come at once. */
const LIST_EVERY_MS = 10 * MINUTE_MS;
/** One request at a time on a platform, none sooner after another: the strictest platform takes 50 a minute. */
const GAP_MS = 2_000;
/** A channel that stays shut is looked at ever more rarely, one that was deleted once a day. */
const WAITS = { firstMs: 10 * MINUTE_MS, maxMs: DAY_MS };
const MAX_HINTS = 1_000;

/**
 * Without it, a paused channel would wait for its next card, and one that is away for an event that may have been missed. What a
 * look cannot see is left to the next card.
 */
const createPlatformLooks = (
  { store, takesPosts, onOpen, log, random = Math.random }: PlaceLookParts,
  { name: platform, isOpen }: Platform & Required<Pick<Platform, 'isOpen'>>,
) => {
  const looked = new Map<number, Looked>();
  /** By what they say. */
  const hints = new Map<string, Where>();
  let listedAt: number | undefined;
  let lookedAt: number | undefined;

  /** Those that were shut when the bot started are looked at soon: their events went to nobody. */
  const list = async (now: number): Promise<void> => {
    const isFirst = listedAt === undefined;
    listedAt = now;
    const shut = new Set((await channelsToLookAt(store.db, { platform })).map(({ id }) => id));
    for (const id of looked.keys()) if (!shut.has(id)) looked.delete(id);
    for (const id of shut)
      if (!looked.has(id))
        looked.set(id, { at: now, waitMs: isFirst ? 0 : backoffMs({ ...WAITS, failures: 0, random }), looks: 0 });
  };

  const hear = async (now: number): Promise<void> => {
    const heard = [...hints.values()];
    hints.clear();
    for (const hint of heard)
      for (const { id } of await channelsToLookAt(store.db, hint))
        looked.set(id, { at: now, waitMs: 0, looks: looked.get(id)?.looks ?? 0 });
  };

  const look = async ({ id, address }: ShutChannel, now: number): Promise<void> => {
    lookedAt = now;
    const open = await isOpen(address);
    if (open) {
      log.info({ platform, channel: address }, 'channel seems to take cards again');
      await onOpen({ platform, address });
    }
    const looks = (looked.get(id)?.looks ?? 0) + 1;
    looked.set(id, { at: now, waitMs: backoffMs({ ...WAITS, failures: looks, random }), looks });
  };

  /** The id of the channel whose look is due for the longest time. */
  const mostOverdue = (now: number): number | undefined => {
    let found: { readonly id: number; readonly dueAt: number } | undefined;
    for (const [id, { at, waitMs }] of looked)
      if (isDueAgain(at, waitMs, now) && (found === undefined || at + waitMs < found.dueAt))
        found = { id, dueAt: at + waitMs };
    return found?.id;
  };

  /** That channel, if it still takes no cards. */
  const next = async (now: number): Promise<ShutChannel | undefined> => {
    for (let id = mostOverdue(now); id !== undefined; id = mostOverdue(now)) {
      const [channel] = await channelsToLookAt(store.db, { platform }, [id]);
      if (channel) return channel;
      looked.delete(id);
    }
    return undefined;
  };

  return {
    hurry: (where: Where): void => {
      if (where.platform === platform && hints.size < MAX_HINTS) hints.set(JSON.stringify(where), where);
    },
    run: async (now: number): Promise<void> => {
      if (!takesPosts(platform)) return;
      if (isDueAgain(listedAt, LIST_EVERY_MS, now)) await list(now);
      await hear(now);
      if (!isDueAgain(lookedAt, GAP_MS, now)) return;
      const channel = await next(now);
      if (channel) await look(channel, now);
    },
  };
};

const canLook = (platform: Platform): platform is Platform & Required<Pick<Platform, 'isOpen'>> =>
  platform.isOpen !== undefined;

/** One look at a time on each platform. */
export const createPlaceLooks = (parts: PlaceLookParts): PlaceLooks => {
  let stopping = false;
  const onOpen: PlaceLookParts['onOpen'] = async (where) => {
    if (!stopping) await parts.onOpen(where);
  };
  const platforms = parts.platforms
    .filter(canLook)
    .map((platform) => createPlatformLooks({ ...parts, onOpen }, platform));
  return {
    name: 'places',
    hurry: (where) => {
      for (const { hurry } of platforms) hurry(where);
    },
    run: async (now) => {
      for (const { run } of platforms) if (!stopping) await run(now);
    },
    stop: async () => {
      stopping = true;
    },
  };
};
