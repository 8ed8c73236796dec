import { SocketModeReceiver } from '@slack/bolt';
import type { Logger } from '../../telemetry/log.ts';
import { backoffMs } from '../../util/backoff.ts';
import { MINUTE_MS } from '../../util/durations.ts';
import { waitAtMost } from '../../util/promises.ts';
import type { Sleep } from '../sleep.ts';
import type { SlackConnection } from './bolt-app.ts';
import { appTokenError } from './check-tokens.ts';
import { faultText, type SlackFault, slackFault } from './fault.ts';
import { boltLogger, webOptions } from './library-options.ts';

export interface SocketParts {
  readonly appToken: string;
  readonly apiUrl?: string;
  readonly timeoutMs: number;
  readonly log: Logger;
  readonly sleep: Sleep;
  readonly now: () => number;
  readonly random: () => number;
}

/** Waits between reconnects, also of `auth.test` at the start. */
export const RETRY_WAITS = { firstMs: 1_000, maxMs: MINUTE_MS };
/** After a connection of at least this length, the next is opened without waiting. */
const STABLE_CONNECTION_MS = 30_000;
/** Wait for the closing handshake before the socket is cut. */
const CLOSE_TIMEOUT_MS = 1_000;

/**
 * Socket Mode with our own reconnecting. The library's is switched off: nothing handles its rejected promise, so one 503
 * or invalid_auth from apps.connections.open would end the process.
 */
export const createSocketConnection = (parts: SocketParts): SlackConnection => {
  const { appToken, timeoutMs, log, sleep, now, random } = parts;
  const stopping = new AbortController();
  const { signal } = stopping;
  const receiver = new SocketModeReceiver({
    appToken,
    logger: boltLogger(log),
    autoReconnectEnabled: false,
    installerOptions: { clientOptions: webOptions({ ...parts, signal }) },
    // Slack repeats an event whose acknowledgement could not be sent.
    processEventErrorHandler: async () => {
      log.warn({}, 'slack event could not be processed');
      return false;
    },
  });
  const { client } = receiver;
  let up = false;
  let keeping: Promise<void> | undefined;

  client.on('connected', () => {
    up = true;
  });
  client.on('disconnected', () => {
    up = false;
  });

  /** Closes the socket, with a handshake if the other side answers. */
  const disconnect = async (): Promise<void> => {
    const closed = client.disconnect();
    await waitAtMost(closed, CLOSE_TIMEOUT_MS);
    // Disconnecting a socket that is already closing cuts it.
    await Promise.all([closed, client.websocket?.disconnect()]);
  };

  /** One try, from apps.connections.open to Slack's hello. Undefined if it succeeded. */
  const open = async (): Promise<SlackFault | undefined> => {
    const opened = receiver.start().then(
      () => undefined,
      // The library rejects with undefined if the socket closed before the hello.
      (error: unknown): SlackFault =>
        error === undefined ? { kind: 'lost', cause: 'closed before hello' } : slackFault(error),
    );
    const timer = setTimeout(() => void disconnect(), 2 * timeoutMs);
    const fault = await opened;
    clearTimeout(timer);
    return fault;
  };

  const dropped = (): Promise<void> =>
    up && !signal.aborted ? new Promise((resolve) => client.once('disconnected', () => resolve())) : Promise.resolve();

  /** Keeps the connection open until we stop or the app token is refused. `first`: the result of the first try. */
  const keepConnected = async (first: SlackFault | undefined): Promise<void> => {
    let fault = first;
    let failures = 0;
    while (!signal.aborted) {
      if (fault === undefined) {
        log.info({}, 'slack socket connected');
        const since = now();
        await dropped();
        failures = now() - since >= STABLE_CONNECTION_MS ? 0 : failures + 1;
      } else {
        failures += 1;
      }
      if (signal.aborted) return;
      const waitMs = failures === 0 ? 0 : backoffMs({ ...RETRY_WAITS, failures: failures - 1, random });
      // Warns once an outage, not at each try.
      log[failures <= 1 ? 'warn' : 'debug'](
        { waitMs, fault: fault === undefined ? 'dropped' : faultText(fault) },
        'slack socket is not connected',
      );
      if (waitMs > 0) await sleep(waitMs, signal);
      if (signal.aborted) return;
      fault = await open();
      const refused = fault && appTokenError(fault);
      if (refused !== undefined) {
        log.error({ reason: refused.message }, 'slack commands stopped; cards are still posted');
        return;
      }
    }
  };

  return {
    receiver,
    start: async () => {
      const fault = await open();
      const refused = fault && appTokenError(fault);
      if (refused !== undefined) throw refused;
      if (signal.aborted) await disconnect();
      else keeping = keepConnected(fault);
    },
    connected: () => up,
    address: () => undefined,
    stop: async () => {
      stopping.abort();
      await disconnect();
      await keeping;
      // A try that was under way may have opened another socket.
      await disconnect();
    },
  };
};
