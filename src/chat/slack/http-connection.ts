import type { Server } from 'node:http';
import { HTTPReceiver } from '@slack/bolt';
import type { Logger } from '../../telemetry/log.ts';
import { waitAtMost } from '../../util/promises.ts';
import { PlatformError } from '../platform.ts';
import type { SlackConnection } from './bolt-app.ts';
import { boltLogger } from './library-options.ts';
import { byBotTime } from './request-time.ts';

export interface HttpParts {
  readonly signingSecret: string;
  readonly host: string;
  /** 0 means any free port. */
  readonly port: number;
  readonly log: Logger;
  /** The bot's time, epoch milliseconds. */
  readonly now: () => number;
}

/** Path of Slack's request URLs, also in the app's manifest. */
const EVENTS_PATH = '/slack/events';
/** Wait for requests under way at a stop. */
const CLOSE_TIMEOUT_MS = 1_000;

const portError = (error: unknown, host: string, port: number): PlatformError => {
  const code: unknown = error instanceof Error ? Reflect.get(error, 'code') : undefined;
  const reason =
    code === 'EADDRINUSE'
      ? 'is in use by another program'
      : code === 'EACCES'
        ? 'cannot be opened by this user'
        : code === 'EADDRNOTAVAIL'
          ? `cannot be opened: ${host} is not an address of this machine`
          : `cannot be opened (${typeof code === 'string' ? code : String(error)})`;
  return new PlatformError(
    `SLACK_PORT ${port} ${reason}, so Slack's requests cannot be received. Set SLACK_PORT to a free port, or stop the program using it.`,
    { cause: error },
  );
};

/** HTTP mode: receives Slack's signed requests on our port. Bolt checks every signature against the signing secret. */
export const createHttpConnection = ({ signingSecret, host, port, log, now }: HttpParts): SlackConnection => {
  const receiver = new HTTPReceiver({ signingSecret, endpoints: EVENTS_PATH, logger: boltLogger(log) });
  receiver.requestListener = byBotTime(receiver.requestListener, { signingSecret, now });
  let server: Server | undefined;

  const address = (): string | undefined => {
    const bound = server?.address();
    if (typeof bound !== 'object' || bound === null) return undefined;
    const name = bound.family === 'IPv6' ? `[${bound.address}]` : bound.address;
    return `http://${name}:${bound.port}${EVENTS_PATH}`;
  };

  return {
    receiver,
    start: async () => {
      try {
        server = await receiver.start({ host, port });
      } catch (error) {
        throw portError(error, host, port);
      }
      log.info({ address: address() }, 'listening for slack requests');
    },
    connected: () => server?.listening ?? false,
    address,
    stop: async () => {
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
