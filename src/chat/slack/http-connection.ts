import type { Server } from 'node:http';
import { HTTPReceiver } from '@slack/bolt';
import type { Logger } from '../../telemetry/log.ts';
import { PlatformError } from '../platform.ts';
import { boltLogger } from './bolt-logger.ts';
import type { SlackConnection } from './slack-connection.ts';
import { sleep } from './sleep.ts';

export interface HttpParts {
  readonly signingSecret: string;
  readonly host: string;
  /** 0 takes any free port. */
  readonly port: number;
  readonly log: Logger;
}

/** The path of Slack's request URLs, in the app's manifest too. */
const PATH = '/slack/events';
/** How long requests under way may take to end when we stop. */
const CLOSE_MS = 1_000;

const portError = (error: unknown, host: string, port: number): unknown => {
  const code: unknown = error instanceof Error ? Reflect.get(error, 'code') : undefined;
  const why =
    code === 'EADDRINUSE'
      ? 'is in use by another program'
      : code === 'EACCES'
        ? 'cannot be opened by this user'
        : code === 'EADDRNOTAVAIL'
          ? `cannot be opened: ${host} is not an address of this machine`
          : undefined;
  return why === undefined
    ? error
    : new PlatformError(
        `SLACK_PORT ${port} ${why}, so Slack's requests cannot be received. Set SLACK_PORT to a free port, or stop the program using it.`,
      );
};

/** HTTP mode: Slack's signed requests, taken on a port of ours. Bolt checks every signature against the signing secret. */
export const createHttpConnection = ({ signingSecret, host, port, log }: HttpParts): SlackConnection => {
  const receiver = new HTTPReceiver({ signingSecret, endpoints: PATH, logger: boltLogger(log) });
  let server: Server | undefined;

  const address = (): string | undefined => {
    const bound = server?.address();
    if (typeof bound !== 'object' || bound === null) return undefined;
    const name = bound.family === 'IPv6' ? `[${bound.address}]` : bound.address;
    return `http://${name}:${bound.port}${PATH}`;
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
      const patience = new AbortController();
      await Promise.race([closed, sleep(CLOSE_MS, patience.signal)]);
      patience.abort();
      open.closeAllConnections();
      await closed;
    },
  };
};
