import type { Health } from '../../src/board/board-view.ts';
import type { JobRun } from '../../src/stories/job-run.ts';
import { HOUR_MS } from '../../src/util/durations.ts';
import { health, NOW } from './board-view.ts';

const ranEveryHour = (name: string, results: readonly JobRun['result'][]): readonly JobRun[] =>
  results.map((result, at) => ({
    name,
    ranAt: NOW - HOUR_MS * (at + 1),
    tookMs: 1_200,
    ...(result !== undefined && { result }),
  }));

const done = { counts: { told: 3 } };
const failed = { failed: 'EDGAR does not answer' };

/** The last runs of two jobs: one that fails since two hours, and one that has failed once, long ago. */
export const histories: ReadonlyMap<string, readonly JobRun[]> = new Map([
  ['digest', ranEveryHour('digest', [done, done, failed, done])],
  ['refresh', ranEveryHour('refresh', [failed, failed, done, failed])],
]);

const lastOf = (name: string): JobRun => ({ ...(histories.get(name)?.[0] ?? { name }), nextAt: NOW + HOUR_MS });

/** A bad evening: a platform down, a source that fails, a job that fails. */
export const badHealth: Health = {
  ...health,
  status: 'failing',
  failures: [
    { part: 'slack', since: NOW - HOUR_MS, because: 'No cards go to slack: the token was refused' },
    { part: 'prices', since: NOW - 600_000, because: 'Yahoo cannot be reached' },
  ],
  problem: 'The clock is 90 s off. No cards go to slack: the token was refused',
  sources: [
    { name: 'yahoo', ok: false, detail: 'connection refused', at: NOW - 600_000 },
    { name: 'finnhub', ok: true, at: NOW },
  ],
  platforms: [
    { name: 'slack', state: 'down', detail: 'the token was refused', since: NOW - HOUR_MS },
    {
      name: 'discord',
      state: 'on',
      disconnected: { since: NOW - 300_000, reason: 'the gateway has closed' },
    },
  ],
  jobs: [lastOf('digest'), lastOf('refresh'), { name: 'upkeep', nextAt: NOW + HOUR_MS }],
};
