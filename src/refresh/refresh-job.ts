import type { Job } from '../schedule/wake.ts';
import { lastRun, writeJobRun } from '../store/job-runs.ts';
import { type RefreshParts, refreshFromFilings } from './refresh-facts.ts';

const NAME = 'refresh';
/** Between two looks at the filings; after one that failed in part, and after one that did not. */
const AGAIN_MS = 15 * 60_000;
const NEXT_MS = 6 * 3_600_000;

/** Looks for new filings every six hours, and sooner where a look failed or a report's figures were not all in. */
export const createRefreshJob = (parts: RefreshParts): Job => {
  let triedAt: number | undefined;
  return {
    name: NAME,
    run: async (now) => {
      if (triedAt !== undefined && now < triedAt + AGAIN_MS && now >= triedAt) return;
      const ran = await lastRun(parts.store.db, NAME);
      if (ran !== undefined && now < ran + NEXT_MS && now >= ran) return;
      triedAt = now;
      const { failed, waiting } = await refreshFromFilings(parts, now);
      if (failed.length === 0 && waiting.length === 0) await writeJobRun(parts.store.db, { name: NAME, ranAt: now });
    },
  };
};
