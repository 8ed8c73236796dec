import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { isIPv6 } from 'node:net';
import { getRequestListener } from '@hono/node-server';
import type { Catalogue } from '../i18n/catalogue.ts';
import type { Logger } from '../telemetry/log.ts';
import { BoardError, boardErrorOf, hasNoDescriptors } from './board-error.ts';
import type { BoardView } from './board-view.ts';
import { createChangeStream, MAX_STREAMS } from './change-stream.ts';
import { createLiveAnswers } from './live-parts.ts';
import { isLoopback, ownHosts } from './own-hosts.ts';
import { tokenCheck } from './token.ts';

export interface BoardOptions {
  /** The address to listen on, such as 127.0.0.1. */
  readonly host: string;
  /** 0 for any free port. */
  readonly port: number;
  /** Opens the board: as a bearer token, or as the password of any user. Needed where other machines can reach it. */
  readonly token?: string;
  /** Where a proxy serves the board, such as https://slidewatch.example.com. */
  readonly origin?: string;
  readonly view: BoardView;
  readonly log: Logger;
  readonly catalogue: Catalogue;
  /** Language of the page, such as `ko`; cards have their own. Default `en`. */
  readonly language?: string;
}

export interface Board {
  /** URL for a browser on this machine, without a trailing slash: `http://127.0.0.1:4170`. */
  readonly url: string;
  /** Makes every open page refresh. */
  changed(): void;
  /** Ends the event streams of open pages and frees the port. */
  close(): Promise<void>;
}

/** The streams of open pages, and as many again for what these ask for. Further ones are refused: cards need descriptors, too. */
const MAX_CONNECTIONS = 2 * MAX_STREAMS;

const SWEEP_MS = 15_000;

const connectionFailure = (fault: NodeJS.ErrnoException): string =>
  hasNoDescriptors(fault)
    ? 'too many files and connections are open: the board cannot take another; raise the limit (ulimit -n, LimitNOFILE)'
    : 'board connection failed';

/** Serves the local web page. Rejects with BoardError if it cannot listen. */
export const startBoard = async (options: BoardOptions): Promise<Board> => {
  const { host, port, token, origin, view, log, catalogue, language } = options;
  if (token === undefined && !isLoopback(host))
    throw new BoardError(
      `BOARD_HOST ${host} opens the board to other machines: set BOARD_TOKEN too, or BOARD_HOST=127.0.0.1`,
    );
  if (token === undefined && origin !== undefined)
    throw new BoardError('BOARD_ORIGIN opens the board to others: set BOARD_TOKEN too');
  const changes = createChangeStream();
  const live = createLiveAnswers();
  /** The pages are loaded with the first request: they cost memory and start-up time. */
  const loadRoutes = async () =>
    (await import('./routes.ts')).boardRoutes({
      ...{ view, changes, live, catalogue, log },
      ...(language !== undefined && { language }),
      ...(origin !== undefined && { origin }),
      isOwnHost: ownHosts(host, origin),
      isAllowed: token === undefined ? () => true : tokenCheck(token),
    });
  let routes: ReturnType<typeof loadRoutes> | undefined;
  const answer: Parameters<typeof getRequestListener>[0] = async (request, bindings) => {
    routes ??= loadRoutes().catch((fault: unknown) => {
      routes = undefined;
      throw fault;
    });
    return (await routes).fetch(request, bindings);
  };
  const sweeps = setInterval(changes.sweep, SWEEP_MS).unref();
  // Node's own Request and Response stay in place: the chat clients use them.
  const server = createServer(getRequestListener(answer, { overrideGlobalObjects: false }));
  server.maxConnections = MAX_CONNECTIONS;
  const listening = await listen(server, host, port);
  const url = origin ?? listening;
  // A connection that fails (too many open files) must not end the bot.
  server.on('error', (fault) => log.error({ err: fault }, connectionFailure(fault)));
  log.info({ url }, 'board opened');
  return {
    url,
    changed: () => {
      live.changed();
      changes.changed();
    },
    close: async () => {
      clearInterval(sweeps);
      changes.end();
      const closed = once(server, 'close');
      server.close();
      // The streams' last chunks go out first, so that pages see an end and not a failure.
      setImmediate(() => server.closeAllConnections());
      await closed;
    },
  };
};

const listen = async (server: Server, host: string, port: number): Promise<string> => {
  try {
    server.listen(port, host);
    await once(server, 'listening');
  } catch (fault) {
    throw boardErrorOf(fault as NodeJS.ErrnoException, host, port);
  }
  const address = server.address();
  const bound = typeof address === 'object' && address !== null ? address.port : port;
  return `http://${reachable(host)}:${bound}`;
};

/** Browsers cannot open the wildcard addresses. */
const reachable = (host: string): string => {
  if (host === '0.0.0.0') return '127.0.0.1';
  if (host === '::') return '[::1]';
  return isIPv6(host) ? `[${host}]` : host;
};
