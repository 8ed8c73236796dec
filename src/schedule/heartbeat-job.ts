import type { Logger } from '../telemetry/log.ts';
import { isDueAgain } from '../util/due-again.ts';
import { MINUTE_MS } from '../util/durations.ts';
import type { Job } from './scheduler.ts';

const INTERVAL_MS = MINUTE_MS;
const ANSWER_MS = 10_000;

interface HeartbeatParts {
  /** Secret: whoever has it can keep the alarm quiet. */
  readonly url: string;
  readonly isWell: () => Promise<boolean>;
  readonly log: Logger;
}

/**
 * Calls a URL once a minute while all is well, and not while something fails: a service such as Healthchecks or Uptime Kuma
 * tells a person when the calls stop, also because the whole machine has.
 */
export const createHeartbeatJob = ({ url, isWell, log }: HeartbeatParts): Job & { stop(): Promise<void> } => {
  const stopping = new AbortController();
  let ranAt: number | undefined;
  let reached = true;
  const call = async (): Promise<boolean> => {
    const signal = AbortSignal.any([stopping.signal, AbortSignal.timeout(ANSWER_MS)]);
    try {
      const answer = await fetch(url, { signal });
      await answer.body?.cancel();
      return answer.ok;
    } catch {
      return false;
    }
  };
  return {
    name: 'heartbeat',
    run: async (now) => {
      if (stopping.signal.aborted || !isDueAgain(ranAt, INTERVAL_MS, now)) return;
      ranAt = now;
      if (!(await isWell())) return;
      const before = reached;
      reached = await call();
      if (before && !reached && !stopping.signal.aborted)
        log.warn('HEARTBEAT_URL cannot be reached: check it, and the network');
      if (!before && reached) log.info('HEARTBEAT_URL is reached again');
    },
    stop: async () => stopping.abort(),
  };
};
