import type { PlatformEvents } from '../../channels/platform-events.ts';
import type { Logger } from '../../telemetry/log.ts';
import { backoffMs } from '../../util/backoff.ts';
import { MINUTE_MS } from '../../util/durations.ts';
import { sleep } from '../sleep.ts';
import { createIdentifyThrottler } from './identify.ts';
import type { InvalidRequestGuard } from './invalid-request-guard.ts';
import type { LoginRefusal } from './login-refusal.ts';
import { openSession, type SessionListener } from './session.ts';

export interface GatewayOptions {
  readonly token: string;
  readonly apiUrl: string | undefined;
  readonly timeoutMs: number;
  /** First wait after a lost connection; doubles with each failure, up to three minutes. */
  readonly retryMs: number;
  readonly guard: InvalidRequestGuard;
  readonly log: Logger;
  readonly stopping: AbortSignal;
  readonly onRefused: (refusal: LoginRefusal) => void;
  readonly listener?: SessionListener | undefined;
  readonly events?: PlatformEvents | undefined;
}

/** Long enough for Discord's limit of 1,000 session starts a day, however long an outage lasts. */
const MAX_RETRY_WAIT_MS = 180_000;
/** After a connection of at least this length the waits start again from the first. */
const STABLE_CONNECTION_MS = MINUTE_MS;

/** Result of the first try to connect. */
export type FirstTry =
  | { readonly kind: 'ready' | 'trying' }
  | { readonly kind: 'refused'; readonly refusal: LoginRefusal };

/**
 * Keeps one gateway connection open until `stopping`, or until Discord refuses it. Resolves when the first try has ended
 * or has taken longer than `timeoutMs`, and continues in the background. Never rejects.
 */
export const keepGateway = (options: GatewayOptions): Promise<FirstTry> => {
  const { promise, resolve } = Promise.withResolvers<FirstTry>();
  const timer = setTimeout(() => resolve({ kind: 'trying' }), options.timeoutMs);
  options.stopping.addEventListener('abort', () => resolve({ kind: 'trying' }), { once: true });
  void promise.then(() => clearTimeout(timer));
  void keepConnected(options, resolve);
  return promise;
};

const keepConnected = async (options: GatewayOptions, decide: (first: FirstTry) => void): Promise<void> => {
  const { log, stopping, guard } = options;
  const throttler = createIdentifyThrottler();
  const stopped = new Promise<{ readonly kind: 'stopped' }>((resolve) => {
    stopping.addEventListener('abort', () => resolve({ kind: 'stopped' }), { once: true });
  });
  for (let failures = 0; !stopping.aborted; failures += 1) {
    const session = openSession({ ...options, throttler });
    let since = Number.POSITIVE_INFINITY;
    void session.ready.then(() => {
      since = performance.now();
      log.info('discord connected');
      decide({ kind: 'ready' });
    });
    const end = await Promise.race([session.ended, stopped]);
    session.close();
    if (end.kind === 'stopped') return;
    if (end.kind === 'refused') {
      decide({ kind: 'refused', refusal: end.refusal });
      options.onRefused(end.refusal);
      return;
    }
    if (performance.now() - since > STABLE_CONNECTION_MS) failures = 0;
    const waitMs = Math.max(
      backoffMs({ firstMs: options.retryMs, maxMs: MAX_RETRY_WAIT_MS, failures, random: Math.random }),
      guard.waitMs(),
    );
    // Warns once an outage, not at each try.
    log[failures === 0 ? 'warn' : 'debug']({ why: end.why, waitMs }, 'discord connection lost, will try again');
    decide({ kind: 'trying' });
    await sleep(waitMs, stopping);
  }
};
