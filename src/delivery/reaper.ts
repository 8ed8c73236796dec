import { expire, reclaim } from '../store/deliveries.ts';
import type { Store } from '../store/store.ts';
import { resolveUnconfirmed, type WhenUnsure } from '../store/unconfirmed.ts';
import type { Logger } from '../telemetry/log.ts';

/** Milliseconds between two looks for leases that ran out, and for what has outlived its use. */
const RECLAIM_INTERVAL_MS = 1_000;
const EXPIRE_INTERVAL_MS = 5_000;

export interface ReaperParts {
  readonly store: Store;
  readonly platform: string;
  readonly log: Logger;
  readonly leaseMs: number;
  readonly whenUnsure: WhenUnsure;
  readonly onExpired: (count: number) => void;
}

/** True once the interval is over, or the clock was set back. */
const every = (ms: number): ((now: number) => boolean) => {
  let last = Number.NEGATIVE_INFINITY;
  return (now) => {
    if (now >= last && now < last + ms) return false;
    last = now;
    return true;
  };
};

/** What a platform's courier puts in order beside its work; it may be called as often as one likes. @throws StoreError */
export const createReaper = (parts: ReaperParts): ((now: number) => Promise<void>) => {
  const { store, platform, log, leaseMs, whenUnsure } = parts;
  const reclaiming = every(RECLAIM_INTERVAL_MS);
  const expiring = every(EXPIRE_INTERVAL_MS);
  return async (now) => {
    const reclaims = reclaiming(now);
    const expires = expiring(now);
    if (!reclaims && !expires) return;
    const { expired, decided } = await store.transaction(async (db) => {
      if (reclaims) await reclaim(db, platform, now, leaseMs);
      if (!expires) return { expired: 0, decided: 0 };
      return { decided: await resolveUnconfirmed(db, now, whenUnsure), expired: await expire(db, now) };
    });
    if (expired > 0) {
      log.warn({ expired }, 'deliveries expired');
      parts.onExpired(expired);
    }
    if (decided > 0) log.warn({ decided, choice: whenUnsure }, 'what nobody could tell about was decided');
  };
};
