import type { PlatformEvents } from '../../channels/platform-events.ts';
import type { Disconnection } from '../../stories/platforms.ts';
import type { Logger } from '../../telemetry/log.ts';
import { backoffMs } from '../../util/backoff.ts';
import { MINUTE_MS } from '../../util/durations.ts';
import { createConnectionState } from '../connection-state.ts';
import { sleep as realSleep, type Sleep } from '../sleep.ts';
import { createIdentifyThrottler } from './identify.ts';
import type { InvalidRequestGuard } from './invalid-request-guard.ts';
import type { LoginRefusal } from './login-refusal.ts';
import type { RestClient } from './rest-client.ts';
import { openSession, type SessionListener, type SessionOptions } from './session.ts';
import { readSessionStarts } from './session-starts.ts';

export interface GatewayOptions {
  readonly token: string;
  readonly apiUrl: string | undefined;
  readonly timeoutMs: number;
  /** First wait after a lost connection; doubles with each failure, up to three minutes. */
  readonly retryMs: number;
  readonly guard: InvalidRequestGuard;
  /** For requests with the bot's token. */
  readonly client: RestClient;
  /** Epoch milliseconds. */
  readonly now: () => number;
  readonly log: Logger;
  readonly stopping: AbortSignal;
  /** Default: real time. */
  readonly sleep?: Sleep | undefined;
  readonly listener?: SessionListener | undefined;
  readonly events?: PlatformEvents | undefined;
  readonly onChannels?: SessionOptions['onChannels'];
}

/** Long enough for Discord's limit of 1,000 session starts a day, however long an outage lasts. */
const MAX_RETRY_WAIT_MS = 180_000;
/** After a refusal: this many times the first wait of a lost connection, and at most a quarter of an hour. */
const REFUSED_FACTOR = 30;
const MAX_REFUSED_WAIT_MS = 15 * MINUTE_MS;
/** After a connection of at least this length the waits start again from the first. */
const STABLE_CONNECTION_MS = MINUTE_MS;

/** Result of the first try to connect. */
export type FirstTry =
  | { readonly kind: 'ready' | 'trying' }
  | { readonly kind: 'refused'; readonly refusal: LoginRefusal };

/** One gateway connection. */
export interface Gateway {
  /**
   * Keeps it open until `stopping`; call it once. Resolves when the first try has ended or has taken longer than `timeoutMs`, and
   * continues in the background, with growing waits where Discord refuses the bot. Never rejects.
   */
  keep(): Promise<FirstTry>;
  /** Ends a wait after a refusal. */
  retryNow(): void;
  /** Since when and why there is no connection; undefined: there is one. */
  disconnection(): Disconnection | undefined;
}

/** "2024-07-30 20:04 UTC" */
const minuteOf = (time: Date): string => `${time.toISOString().slice(0, 16).replace('T', ' ')} UTC`;

export const createGateway = (options: GatewayOptions): Gateway => {
  const { log, stopping, guard, now, client, retryMs, sleep = realSleep } = options;
  const said = new Set<string>();
  const state = createConnectionState('discord', now, log);
  let wake = new AbortController();
  const badFrames = { count: 0 };

  /** Logs once until the next connection. */
  const sayOnce = (level: 'warn' | 'error', fields: object, message: string, key = message): void => {
    log[said.has(key) ? 'debug' : level](fields, message);
    said.add(key);
  };

  const onBadFrame = (fault: string): void => {
    badFrames.count += 1;
    sayOnce('warn', { fault, count: badFrames.count }, 'discord sent a frame that makes no sense: reconnecting', fault);
  };

  const wait = async (ms: number): Promise<void> => {
    wake = new AbortController();
    await sleep(ms, AbortSignal.any([stopping, wake.signal]));
  };

  const keepConnected = async (decide: (first: FirstTry) => void): Promise<void> => {
    const throttler = createIdentifyThrottler();
    const stopped = new Promise<{ readonly kind: 'stopped' }>((resolve) => {
      stopping.addEventListener('abort', () => resolve({ kind: 'stopped' }), { once: true });
    });

    /** Opens one session and waits for its end. */
    const connect = async () => {
      const starts = await readSessionStarts(client);
      if (starts.kind !== 'left') return { ...starts, stable: false };
      const session = openSession({ ...options, throttler, onBadFrame });
      let since = Number.POSITIVE_INFINITY;
      void session.ready.then(() => {
        since = performance.now();
        state.up();
        for (const key of [...said]) if (!key.startsWith('malformed')) said.delete(key);
        log.info('discord connected');
        decide({ kind: 'ready' });
      });
      const end = await Promise.race([session.ended, stopped]);
      session.close();
      return { ...end, stable: performance.now() - since > STABLE_CONNECTION_MS };
    };

    for (let failures = 0; !stopping.aborted; failures += 1) {
      const end = await connect();
      if (end.kind === 'stopped' || stopping.aborted) return;
      if (end.stable) failures = 0;
      const backoff = (firstMs: number, maxMs: number): number =>
        Math.max(backoffMs({ firstMs, maxMs, failures, random: Math.random }), guard.waitMs());
      if (end.kind === 'used-up') {
        const until = new Date(now() + end.afterMs);
        const reason = `Discord's session starts of the day are used up until ${until.toISOString()}.`;
        state.down({ reason, key: 'discord-starts', values: { instant: minuteOf(until) } });
        sayOnce('warn', { until }, 'discord session starts of the day are used up: connects again then; cards go out');
        decide({ kind: 'trying' });
        await wait(end.afterMs);
      } else if (end.kind === 'refused') {
        const { refusal } = end;
        const waitMs = backoff(REFUSED_FACTOR * retryMs, MAX_REFUSED_WAIT_MS);
        const { message: reason, key, values } = refusal;
        state.down({ reason, key, ...(values && { values }) });
        sayOnce('error', { reason: refusal.message, waitMs }, 'discord gateway rejected the bot', refusal.message);
        decide({ kind: 'refused', refusal });
        await wait(waitMs);
      } else {
        const waitMs = backoff(retryMs, MAX_RETRY_WAIT_MS);
        const reason = `The connection to Discord is lost (${end.why}).`;
        state.down({ reason, key: 'lost', values: { why: end.why } });
        sayOnce('warn', { why: end.why, waitMs }, 'discord connection lost, will try again');
        decide({ kind: 'trying' });
        await sleep(waitMs, stopping);
      }
    }
  };

  return {
    keep: () => {
      const { promise, resolve } = Promise.withResolvers<FirstTry>();
      const timer = setTimeout(() => resolve({ kind: 'trying' }), options.timeoutMs);
      stopping.addEventListener('abort', () => resolve({ kind: 'trying' }), { once: true });
      void promise.then(() => clearTimeout(timer));
      void keepConnected(resolve);
      return promise;
    },
    retryNow: () => wake.abort(),
    disconnection: state.get,
  };
};
