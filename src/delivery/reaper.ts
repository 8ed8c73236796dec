import { expire, reclaim } from '../store/deliveries.ts';
import { anythingToReap } from '../store/looks.ts';
import type { Store } from '../store/store.ts';
import { resolveUnconfirmed, type WhenUnsure } from '../store/unconfirmed.ts';
import type { Logger } from '../telemetry/log.ts';
import { isDueAgain } from '../util/due-again.ts';

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

/**
 * Reclaims expired leases of a platform, expires old deliveries and resolves unconfirmed ones. It throttles itself: call
 * it at any rate. @throws StoreError
 */
export const createReaper = (parts: ReaperParts): ((now: number) => Promise<void>) => {
  const { store, platform, log, leaseMs, whenUnsure } = parts;
  let reclaimedAt: number | undefined;
  let expiredAt: number | undefined;
  return async (now) => {
    const reclaims = isDueAgain(reclaimedAt, RECLAIM_INTERVAL_MS, now);
    const expires = isDueAgain(expiredAt, EXPIRE_INTERVAL_MS, now);
    if (!reclaims && !expires) return;
    if (reclaims) reclaimedAt = now;
    if (expires) expiredAt = now;
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
