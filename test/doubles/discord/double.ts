import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { sendDate } from '../date-header.ts';
import { type Answer, NOT_FOUND, UNAUTHORIZED } from './answer.ts';
import { type Asked, isLate } from './asked.ts';
import { directWith } from './direct-messages.ts';
import { type Decide, decider, type FaultPlan, type RandomFaults, type Asked as Request } from './faults.ts';
import { createGateway, type Gateway } from './gateway.ts';
import { createGuilds, type Guilds } from './guilds.ts';
import { type Click, type CommandUse, createInteractions, type Typing } from './interactions.ts';
import { createLimits, type LimitOptions } from './limits.ts';
import { type Form, readForm } from './multipart.ts';
import { ROUTES } from './routes.ts';
import { createWorld, type InvalidMessage, type StoredMessage } from './world.ts';
import { answerWithFault, write } from './write.ts';

export interface DoubleOptions {
  /** The one token Discord accepts; `discord-double-token` by default. */
  readonly token?: string;
  /** 127.0.0.1 and this port; 0, any free one, by default. A fixed one lets a double come back after an outage. */
  readonly port?: number;
  /** 5 posts in 5 s to one channel, and 50 requests a second in all, by default. */
  readonly limits?: Partial<LimitOptions>;
  /** Epoch milliseconds; moves nonces, limits and ids. */
  readonly now?: () => number;
}

export interface RecordedRequest extends Request {
  /** Answered with; undefined where the request was left without an answer. */
  status: number | undefined;
}

/** A Discord on loopback: REST and gateway. */
export interface DiscordDouble extends Guilds {
  readonly apiUrl: string;
  readonly port: number;
  readonly token: string;
  readonly applicationId: string;
  /** The server that everything is in unless something else is said. */
  readonly guildId: string;
  readonly gateway: Gateway;
  /** Every REST request, oldest first. */
  readonly requests: readonly RecordedRequest[];
  /** Message bodies that Discord would have refused with 50035. */
  readonly invalid: readonly InvalidMessage[];
  /** The commands that are registered. */
  readonly commands: readonly Readonly<Record<string, unknown>>[];
  /** Interactions without a first sign within three seconds. */
  readonly late: readonly Asked[];
  /** Somebody uses a slash command. @throws Error where it is not registered, or has no such option. */
  interact(use: CommandUse): Asked;
  /** Somebody types an option. */
  autocomplete(use: Typing): Asked;
  /** Somebody presses a button. */
  click(use: Click): Asked;
  /** The messages in a channel, oldest first. */
  messages(channelId: string): readonly StoredMessage[];
  /** Somebody deletes a role. */
  deleteRole(id: string): void;
  /** Whether a thread is archived. */
  isArchived(threadId: string): boolean;
  /** The ids of a channel's messages that were passed on to its followers. */
  crossposted(channelId: string): readonly string[];
  /** From now on people cannot add the app for themselves. */
  closeToPeople(): void;
  /** From now on the bot may not read the channel's history: it is shown an empty one. */
  hideHistory(channelId: string): void;
  /** The private messages to a person, oldest first. */
  directMessages(user: string): readonly StoredMessage[];
  /** From now on this person takes no messages from bots. */
  closeMessages(user: string): void;
  /** From now on no token is accepted; sockets close with 4004. */
  revokeToken(): void;
  /** The token is accepted again. */
  restoreToken(): void;
  /** So many sessions may still be started today; `resetAfter` in milliseconds. */
  limitStarts(remaining: number, resetAfter: number): void;
  /** Adds a fault; earlier ones are asked first. */
  fail(plan: FaultPlan | RandomFaults | Decide): void;
  /** Takes every fault back. */
  heal(): void;
  /** Closes the gateway's sockets with this code, or cuts them. */
  dropSockets(code?: number): void;
  close(): Promise<void>;
}

export const startDiscordDouble = async (options: DoubleOptions = {}): Promise<DiscordDouble> => {
  const token = options.token ?? 'discord-double-token';
  const now = options.now ?? Date.now;
  const world = createWorld(token, now);
  const limits = createLimits({ route: { requests: 5, seconds: 5 }, globalPerSecond: 50, ...options.limits }, now);
  const requests: RecordedRequest[] = [];
  let faults: Decide[] = [];

  const server = createServer((request, response) => {
    sendDate(response, now);
    void handle(request, response).catch(() => response.destroy());
  });
  server.listen(options.port ?? 0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('Expected a TCP address');
  const gatewayUrl = `ws://127.0.0.1:${address.port}/gateway`;
  const gateway = createGateway(server, world, () => gatewayUrl);

  const handle = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const url = new URL(request.url ?? '/', 'http://127.0.0.1');
    const path = decodeURIComponent(url.pathname).replace(/^\/api\/v10/, '');
    const method = request.method ?? 'GET';
    const form = await readForm(request.headers['content-type'] ?? '', await bytesOf(request));
    const recorded: RecordedRequest = { method, path, payload: form.payload, status: undefined };
    requests.push(recorded);
    const fault = firstFault(recorded);
    const answer = fault && isNotApplied(fault.kind) ? undefined : answerTo(recorded, url, request, form);
    recorded.status = fault ? answerWithFault(response, fault, answer) : write(response, answer ?? NOT_FOUND);
  };

  const firstFault = (asked: Request) => {
    for (const decide of faults) {
      const fault = decide(asked);
      if (fault !== undefined) return fault;
    }
    return undefined;
  };

  const answerTo = ({ method, path }: Request, url: URL, request: IncomingMessage, form: Form): Answer => {
    const route = ROUTES.find((each) => each.method === method && each.path.test(path));
    if (route === undefined || !url.pathname.startsWith('/api/v10/')) return NOT_FOUND;
    if (
      route.token !== false &&
      (world.token === undefined || request.headers.authorization !== `Bot ${world.token}`)
    ) {
      return UNAUTHORIZED;
    }
    const taken = route.limited === false ? { headers: {} } : limits.take(`${method} ${path}`);
    if ('refused' in taken) return taken.refused;
    const params = route.path.exec(path)?.slice(1) ?? [];
    const answer = route.answer({
      world,
      gatewayUrl,
      params,
      query: url.searchParams,
      ...form,
      dispatch: gateway.dispatch,
    });
    return { ...answer, headers: { ...taken.headers, ...answer.headers } };
  };

  return {
    apiUrl: `http://127.0.0.1:${address.port}/api`,
    port: address.port,
    token,
    applicationId: world.applicationId,
    guildId: world.guildId,
    gateway,
    requests,
    invalid: world.invalid,
    get commands() {
      return world.commands;
    },
    get late() {
      return world.asked.filter((asked) => isLate(asked, now()));
    },
    ...createInteractions(world, gateway),
    ...createGuilds(world, gateway),
    deleteRole: (id) => void world.deletedRoles.add(id),
    hideHistory: (channelId) => void world.unreadable.add(channelId),
    isArchived: (threadId) => world.channels.get(threadId)?.thread?.archived === true,
    crossposted: (channelId) =>
      (world.messages.get(channelId) ?? []).map(({ id }) => id).filter((id) => world.crossposted.has(id)),
    closeToPeople: () => {
      world.userInstall = false;
    },
    messages: (channelId) => world.messages.get(channelId) ?? [],
    directMessages: (user) => world.messages.get(directWith(world, user) ?? '') ?? [],
    closeMessages: (user) => void world.closed.add(user),
    revokeToken: () => {
      world.token = undefined;
      gateway.drop(4004);
    },
    restoreToken: () => {
      world.token = token;
    },
    limitStarts: (remaining, resetAfter) => {
      world.starts = { remaining, resetAfter };
    },
    fail: (plan) => void faults.push(decider(plan)),
    heal: () => {
      faults = [];
    },
    dropSockets: (code) => gateway.drop(code),
    close: async () => {
      gateway.close();
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
};

const isNotApplied = (kind: string): boolean => !['lose-answer', 'hang-in-body'].includes(kind);

const bytesOf = async (request: IncomingMessage): Promise<Uint8Array<ArrayBuffer>> => {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  return new Uint8Array(Buffer.concat(chunks));
};
