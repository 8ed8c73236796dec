import { setTimeout as sleep } from 'node:timers/promises';
import type { PlatformEvents } from '../../channels/platform-events.ts';
import type { Logger } from '../../telemetry/log.ts';
import { MINUTE_MS } from '../../util/durations.ts';
import type { Guard } from './guard.ts';
import { createIdentifyThrottler } from './identify.ts';
import type { LoginRefusal } from './refusal.ts';
import { openSession, type SessionListener } from './session.ts';

export interface GatewayOptions {
  readonly token: string;
  readonly apiUrl: string | undefined;
  readonly timeoutMs: number;
  /** The first wait after a lost connection; each further one is twice as long, up to three minutes. */
  readonly retryMs: number;
  readonly guard: Guard;
  readonly log: Logger;
  readonly stopping: AbortSignal;
  readonly onRefused: (refusal: LoginRefusal) => void;
  readonly listener?: SessionListener | undefined;
  readonly events?: PlatformEvents | undefined;
}

/** Keeps Discord within its 1,000 session starts a day, however long an outage lasts. */
const LONGEST_WAIT_MS = 180_000;
/** A connection that lived this long has earned a quick retry. */
const STEADY_MS = MINUTE_MS;

/** What the first try to connect came to. */
export type FirstTry =
  | { readonly kind: 'ready' | 'trying' }
  | { readonly kind: 'refused'; readonly refusal: LoginRefusal };

/**
 * Keeps one gateway connection alive until `stopping`, or until Discord refuses it. Resolves when the first try has
 * been decided, or has taken longer than `timeoutMs`; the keeping goes on. Never rejects.
 */
export const keepGateway = (options: GatewayOptions): Promise<FirstTry> => {
  const { promise, resolve } = Promise.withResolvers<FirstTry>();
  const patience = setTimeout(() => resolve({ kind: 'trying' }), options.timeoutMs);
  options.stopping.addEventListener('abort', () => resolve({ kind: 'trying' }), { once: true });
  void promise.then(() => clearTimeout(patience));
  void keep(options, resolve);
  return promise;
};

const keep = async (options: GatewayOptions, decide: (first: FirstTry) => void): Promise<void> => {
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
    if (performance.now() - since > STEADY_MS) failures = 0;
    const waitMs = Math.max(wait(options.retryMs, failures), guard.waitMs());
    // Said once for an outage: each try for the next hours would say the same.
    log[failures === 0 ? 'warn' : 'debug']({ why: end.why, waitMs }, 'discord connection lost, will try again');
    decide({ kind: 'trying' });
    await sleep(waitMs, undefined, { signal: stopping }).catch(() => undefined);
  }
};

/** Half of it chance, so that many bots do not return at once. */
const wait = (firstMs: number, failures: number): number =>
  Math.round(Math.min(firstMs * 2 ** failures, LONGEST_WAIT_MS) * (0.5 + Math.random() / 2));
