import { SocketModeReceiver } from '@slack/bolt';
import type { Logger } from '../../telemetry/log.ts';
import { boltLogger } from './bolt-logger.ts';
import { appTokenError } from './check-app-token.ts';
import { faultText, type SlackFault, slackFault } from './fault.ts';
import type { SlackConnection } from './slack-connection.ts';
import { reconnectBackoff, type Sleep, sleep as wait } from './sleep.ts';
import { webOptions } from './web-options.ts';

export interface SocketParts {
  readonly appToken: string;
  readonly apiUrl?: string;
  readonly timeoutMs: number;
  readonly log: Logger;
  readonly sleep: Sleep;
  readonly now: () => number;
  readonly random: () => number;
}

/** A connection that held this long is a good one: the next is opened without waiting. */
const STEADY_MS = 30_000;
/** How long the closing handshake may take before the socket is torn down. */
const CLOSE_MS = 1_000;

/**
 * Socket Mode, kept up by a loop of our own. The library's reconnecting is switched off: its promise for a failed
 * reconnect is held by nobody, so one 503 or invalid_auth from apps.connections.open would end the process.
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
    // An acknowledgement that cannot be sent any more is Slack's to ask for again.
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

  /** Closes the socket, with a handshake where the other side plays along. */
  const letGo = async (): Promise<void> => {
    const closed = client.disconnect();
    const patience = new AbortController();
    await Promise.race([closed, wait(CLOSE_MS, patience.signal)]);
    patience.abort();
    // Disconnecting a socket that is closing already tears it down.
    await Promise.all([closed, client.websocket?.disconnect()]);
  };

  /** One try, from apps.connections.open to Slack's hello. Undefined where the connection is up. */
  const open = async (): Promise<SlackFault | undefined> => {
    const opened = receiver.start().then(
      () => undefined,
      // The library rejects with nothing where the socket closed before the hello.
      (error: unknown): SlackFault =>
        error === undefined ? { kind: 'lost', cause: 'closed before hello' } : slackFault(error),
    );
    const giveUp = setTimeout(() => void letGo(), 2 * timeoutMs);
    const fault = await opened;
    clearTimeout(giveUp);
    return fault;
  };

  const dropped = (): Promise<void> =>
    up && !signal.aborted ? new Promise((resolve) => client.once('disconnected', () => resolve())) : Promise.resolve();

  /** Holds the connection until we stop or the app token is refused. `first` is how the first try ended. */
  const keep = async (first: SlackFault | undefined): Promise<void> => {
    let fault = first;
    let failures = 0;
    while (!signal.aborted) {
      if (fault === undefined) {
        log.info({}, 'slack socket connected');
        const since = now();
        await dropped();
        failures = now() - since >= STEADY_MS ? 0 : failures + 1;
      } else {
        failures += 1;
      }
      if (signal.aborted) return;
      const waitMs = failures === 0 ? 0 : reconnectBackoff(failures, random);
      // Said once for an outage: each try for the next hours would say the same.
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
      if (signal.aborted) await letGo();
      else keeping = keep(fault);
    },
    connected: () => up,
    address: () => undefined,
    stop: async () => {
      stopping.abort();
      await letGo();
      await keeping;
      // A try that was under way may have opened a socket after the first letting go.
      await letGo();
    },
  };
};
