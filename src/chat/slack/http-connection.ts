import { createServer, type RequestListener, type Server } from 'node:http';
import { HTTPModuleFunctions, HTTPReceiver } from '@slack/bolt';
import type { Logger } from '../../telemetry/log.ts';
import { backoffMs } from '../../util/backoff.ts';
import { waitAtMost } from '../../util/promises.ts';
import { createConnectionState } from '../connection-state.ts';
import { PlatformError } from '../platform.ts';
import type { Sleep } from '../sleep.ts';
import type { SlackConnection } from './bolt-app.ts';
import { createNonsenseLog, nonsenseOfBody } from './frames.ts';
import { boltLogger } from './library-options.ts';
import { byBotTime } from './request-time.ts';
import { RETRY_WAITS } from './socket-connection.ts';

export interface HttpParts {
  readonly signingSecret: string;
  readonly host: string;
  /** 0 means any free port. */
  readonly port: number;
  readonly log: Logger;
  readonly sleep: Sleep;
  /** The bot's time, epoch milliseconds. */
  readonly now: () => number;
  readonly random: () => number;
}

/** Longer than proxies keep an idle connection: Node's five seconds end one on which a request is just on its way. */
const KEEP_ALIVE_MS = 75_000;

/** Path of Slack's request URLs, also in the app's manifest. */
const EVENTS_PATH = '/slack/events';
/** Wait for requests under way at a stop. */
const CLOSE_TIMEOUT_MS = 1_000;
const PROBE_TIMEOUT_MS = 2_000;

const codeOf = (error: unknown): unknown => (error instanceof Error ? Reflect.get(error, 'code') : undefined);

const portFault = (error: unknown, host: string, port: number): string => {
  const code = codeOf(error);
  const reason =
    code === 'EADDRINUSE'
      ? 'is in use by another program'
      : code === 'EACCES'
        ? 'cannot be opened by this user'
        : code === 'EADDRNOTAVAIL'
          ? `cannot be opened: ${host} is not an address of this machine`
          : `cannot be opened (${typeof code === 'string' ? code : String(error)})`;
  return `SLACK_PORT ${port} ${reason}, so Slack's requests cannot be received. Set SLACK_PORT to a free port, or stop the program using it.`;
};

/** Whether a receiver of Slack's requests, such as a running bot, has the port: it refuses a request without a signature. */
const isReceiver = (host: string, port: number): Promise<boolean> =>
  fetch(`http://${host.includes(':') ? `[${host}]` : host}:${port}${EVENTS_PATH}`, {
    method: 'POST',
    signal: AbortSignal.timeout(PROBE_TIMEOUT_MS),
  }).then(
    ({ status }) => status === 401,
    () => false,
  );

/**
 * Looks whether the port could be opened, and closes it again. A port that a running bot has is all right.
 * @throws PlatformError
 */
export const checkPort = async (host: string, port: number): Promise<void> => {
  const server = createServer();
  try {
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject).listen({ host, port }, resolve);
    });
  } catch (error) {
    if (codeOf(error) === 'EADDRINUSE' && (await isReceiver(host, port))) return;
    throw new PlatformError(portFault(error, host, port), { cause: error });
  }
  await new Promise((resolve) => server.close(resolve));
};

/**
 * HTTP mode: receives Slack's signed requests on our port. Bolt checks every signature against the signing secret. A port
 * that cannot be had is tried again: posting needs none.
 */
export const createHttpConnection = (parts: HttpParts): SlackConnection => {
  const { signingSecret, host, port, log, sleep, now, random } = parts;
  const stopping = new AbortController();
  const { signal } = stopping;
  const state = createConnectionState('slack', now, log);
  const ignore = createNonsenseLog(log);
  const receiver = new HTTPReceiver({
    signingSecret,
    endpoints: EVENTS_PATH,
    logger: boltLogger(log),
    processEventErrorHandler: async ({ response }) => {
      log.warn({}, 'slack event could not be processed');
      if (response.headersSent) return false;
      response.writeHead(400).end();
      return true;
    },
  });
  let server: Server | undefined;
  let opening: Promise<void> | undefined;

  const library = receiver.requestListener;
  // The library reads a field of the body before it knows that there is one, where nothing catches that.
  const guarded: RequestListener = (request, response) => {
    if (request.method !== 'POST' || !request.url?.startsWith(EVENTS_PATH)) {
      response.writeHead(404).end();
      return;
    }
    const read = async (): Promise<void> => {
      const verified = await HTTPModuleFunctions.parseAndVerifyHTTPRequest(
        { enabled: true, signingSecret, bodyLimit: HTTPModuleFunctions.defaultBodyLimit },
        request,
      );
      let body: unknown;
      try {
        body = HTTPModuleFunctions.parseHTTPRequestBody(verified);
      } catch {
        body = undefined;
      }
      const nonsense = nonsenseOfBody(body);
      if (nonsense === undefined) return library(verified, response);
      ignore(nonsense);
      response.writeHead(400).end();
    };
    read().catch((error: unknown) => {
      const tooLarge = HTTPModuleFunctions.isRawBodyError(error) && error.statusCode === 413;
      if (!response.headersSent) response.writeHead(tooLarge ? 413 : 401).end();
    });
  };

  receiver.requestListener = byBotTime(guarded, { signingSecret, now });

  const address = (): string | undefined => {
    const bound = server?.address();
    if (typeof bound !== 'object' || bound === null) return undefined;
    const name = bound.family === 'IPv6' ? `[${bound.address}]` : bound.address;
    return `http://${name}:${bound.port}${EVENTS_PATH}`;
  };

  /** Why the port cannot be opened; undefined: it is. */
  const open = async (): Promise<string | undefined> => {
    try {
      const opened = await receiver.start({ host, port });
      opened.keepAliveTimeout = KEEP_ALIVE_MS;
      server = opened;
    } catch (error) {
      const fault = portFault(error, host, port);
      const values = { port: String(port), code: String(codeOf(error) ?? 'unknown') };
      state.down({ reason: fault, key: 'slack-port', values });
      return fault;
    }
    state.up();
    log.info({ address: address() }, 'listening for slack requests');
    return undefined;
  };

  const keepOpening = async (): Promise<void> => {
    for (let failures = 0; !signal.aborted; failures += 1) {
      await sleep(backoffMs({ ...RETRY_WAITS, failures, random }), signal);
      if (signal.aborted || (await open()) === undefined) return;
    }
  };

  return {
    receiver,
    start: async () => {
      const fault = await open();
      if (fault === undefined) return;
      log.error({ reason: fault }, 'slack commands do not arrive; cards are posted, and the port is tried again');
      opening = keepOpening();
    },
    connected: () => server?.listening ?? false,
    disconnection: state.get,
    notes: () => [],
    address,
    stop: async () => {
      stopping.abort();
      await opening;
      const open = server;
      if (open === undefined) return;
      server = undefined;
      const closed = receiver.stop();
      await waitAtMost(closed, CLOSE_TIMEOUT_MS);
      open.closeAllConnections();
      await closed;
    },
  };
};
