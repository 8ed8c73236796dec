import { SocketModeReceiver } from '@slack/bolt';
import type { Logger } from '../../telemetry/log.ts';
import { backoffMs } from '../../util/backoff.ts';
import { MINUTE_MS } from '../../util/durations.ts';
import { waitAtMost } from '../../util/promises.ts';
import { createConnectionState } from '../connection-state.ts';
import type { Sleep } from '../sleep.ts';
import type { SlackConnection } from './bolt-app.ts';
import { appTokenError, appTokenReason } from './check-tokens.ts';
import { faultText, type SlackFault, slackFault } from './fault.ts';
import { createNonsenseLog, readFrame } from './frames.ts';
import { boltLogger, webOptions } from './library-options.ts';

export interface SocketParts {
  readonly appToken: string;
  readonly apiUrl?: string;
  readonly timeoutMs: number;
  readonly log: Logger;
  readonly sleep: Sleep;
  /** The bot's time, epoch milliseconds. */
  readonly now: () => number;
  /** Milliseconds of a clock that is never set. */
  readonly monotonic: () => number;
  readonly random: () => number;
}

/** Waits between reconnects, also of `auth.test` at the start. */
export const RETRY_WAITS = { firstMs: 1_000, maxMs: MINUTE_MS };
/** The same while the app token is refused. */
const REFUSED_WAITS = { firstMs: MINUTE_MS, maxMs: 15 * MINUTE_MS };
/** After a connection of at least this length, the next is opened without waiting. */
const STABLE_CONNECTION_MS = 30_000;
/** Wait for the closing handshake before the socket is cut. */
const CLOSE_TIMEOUT_MS = 1_000;
/**
 * Slack says how many sockets the app has when one opens. If that is more than ours, it is opened anew after this time: a
 * socket of a bot that has just ended, or of our own change, is gone by then.
 */
const RECOUNT_MS = MINUTE_MS / 2;

const SHARED =
  'Another process holds a socket of this Slack app, and Slack shares commands and buttons out among all of them: some of them do not arrive here. Stop the other copy, or give it an app of its own.';

/**
 * Socket Mode with our own reconnecting. The library's is switched off: nothing handles its rejected promise, so one 503
 * or invalid_auth from apps.connections.open would end the process.
 */
export const createSocketConnection = (parts: SocketParts): SlackConnection => {
  const { appToken, timeoutMs, log, sleep, now, monotonic, random } = parts;
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
  const state = createConnectionState('slack', now, log);
  const ignore = createNonsenseLog(log);
  let up = false;
  let keeping: Promise<void> | undefined;
  /** Hellos in a row that told of more sockets than ours. */
  let sharedHellos = 0;

  client.on('connected', () => {
    up = true;
    state.up();
  });
  client.on('disconnected', () => {
    up = false;
  });

  const noteConnections = (count: number): void => {
    sharedHellos = count > 1 ? sharedHellos + 1 : 0;
    if (sharedHellos === 2) log.warn({ connections: count, reason: SHARED }, 'slack socket is shared');
  };

  // The library reads fields of what a frame holds where nothing catches that, and passes on events of any name.
  const [library] = client.listeners('ws_message');
  client.removeAllListeners('ws_message');
  client.on('ws_message', (data: unknown, isBinary: unknown) => {
    const { nonsense, connections } = readFrame(typeof data === 'string' ? data : '');
    if (nonsense) return ignore(nonsense);
    if (connections !== undefined) noteConnections(connections);
    Promise.resolve(library?.(data, isBinary)).catch(() => ignore({ kind: 'frame', fault: 'unreadable' }));
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

  /** Resolves when the connection has ended; it is ended here if Slack has to count our sockets again. */
  const connectionEnded = async (): Promise<'dropped' | 'recounted'> => {
    if (sharedHellos !== 1) {
      await dropped();
      return 'dropped';
    }
    const ended = new AbortController();
    const waited = sleep(RECOUNT_MS, AbortSignal.any([signal, ended.signal]));
    await Promise.race([dropped(), waited]);
    ended.abort();
    if (!up || signal.aborted) return 'dropped';
    await disconnect();
    return 'recounted';
  };

  /** Keeps the connection open until we stop. `first`: the result of the first try. */
  const keepConnected = async (first: SlackFault | undefined): Promise<void> => {
    let fault = first;
    let failures = 0;
    let refusals = 0;
    while (!signal.aborted) {
      let ended: 'dropped' | 'recounted' | undefined;
      if (fault === undefined) {
        log.info({}, 'slack socket connected');
        const since = monotonic();
        refusals = 0;
        ended = await connectionEnded();
        failures = ended === 'recounted' || monotonic() - since >= STABLE_CONNECTION_MS ? 0 : failures + 1;
      } else {
        failures += 1;
      }
      if (signal.aborted) return;
      const refused = fault && appTokenError(fault);
      const cause = fault === undefined ? 'dropped' : faultText(fault);
      const lost = { reason: `The socket to Slack is closed (${cause}).`, key: 'lost', values: { why: cause } };
      if (ended !== 'recounted') state.down((fault && appTokenReason(fault)) ?? lost);
      if (refused) refusals += 1;
      const waits = refused ? { ...REFUSED_WAITS, failures: refusals - 1 } : { ...RETRY_WAITS, failures: failures - 1 };
      const waitMs = failures === 0 ? 0 : backoffMs({ ...waits, random });
      // Warns once an outage, not at each try.
      if (refused && refusals === 1)
        log.error(
          { reason: refused.message, waitMs },
          'slack refuses the app token: commands do not arrive, cards are still posted, and it is asked again',
        );
      else if (ended !== 'recounted')
        log[failures <= 1 && !refused ? 'warn' : 'debug']({ waitMs, fault: cause }, 'slack socket is not connected');
      if (waitMs > 0) await sleep(waitMs, signal);
      if (signal.aborted) return;
      fault = await open();
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
    disconnection: state.get,
    notes: () => (sharedHellos >= 2 ? [{ text: SHARED, key: 'slack-shared' }] : []),
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
