import { expire, reclaim } from '../store/deliveries.ts';
import { anythingToReap } from '../store/looks.ts';
import type { Store } from '../store/store.ts';
import { resolveUnconfirmed, type WhenUnsure } from '../store/unconfirmed.ts';
import type { Logger } from '../telemetry/log.ts';

const RECLAIM_INTERVAL_MS = 1_000;
const EXPIRE_INTERVAL_MS = 5_000;

interface ReaperParts {
  readonly store: Store;
  readonly platform: string;
  readonly log: Logger;
  /** Length of a lease. */
  readonly leaseMs: number;
  readonly whenUnsure: WhenUnsure;
  readonly onExpired: (count: number) => void;
}

/** Returns true at most once per interval; also when the clock was set back. */
const createThrottle = (intervalMs: number): ((now: number) => boolean) => {
  let last = Number.NEGATIVE_INFINITY;
  return (now) => {
    if (now >= last && now < last + intervalMs) return false;
    last = now;
    return true;
  };
};

/**
 * Reclaims expired leases of a platform, expires old deliveries and resolves unconfirmed ones. It throttles itself: call
 * it at any rate. @throws StoreError
 */
export const createReaper = (parts: ReaperParts): ((now: number) => Promise<void>) => {
  const { store, platform, log, leaseMs, whenUnsure } = parts;
  const reclaimIsDue = createThrottle(RECLAIM_INTERVAL_MS);
  const expireIsDue = createThrottle(EXPIRE_INTERVAL_MS);
  return async (now) => {
    const reclaims = reclaimIsDue(now);
    const expires = expireIsDue(now);
    if (!reclaims && !expires) return;
    if (!(await anythingToReap(store.db, platform, now))) return;
    const { expired, decided } = await store.transaction(async (db) => {
      if (reclaims) await reclaim(db, platform, now, leaseMs);
      if (!expires) return { expired: 0, decided: 0 };
      return { decided: await resolveUnconfirmed(db, now, whenUnsure), expired: await expire(db, now) };
    });
    if (expired > 0) {
      log.warn({ expired }, 'deliveries expired');
      parts.onExpired(expired);
    }
    if (decided > 0) log.warn({ decided, choice: whenUnsure }, 'unconfirmed deliveries resolved');
  };
};
