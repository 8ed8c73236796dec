import type { Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { type RawData, type WebSocket, WebSocketServer } from 'ws';
import { z } from 'zod';
import { guildBody } from './guild-bodies.ts';
import type { World } from './world.ts';

/**
 * How far the gateway gets with a new socket: refused at the handshake (503), left hanging in it, silent before
 * HELLO, without READY, or all the way.
 */
export type GatewayMood = 'refusing' | 'hanging' | 'silent' | 'unready' | 'up';

export interface Gateway {
  /** What clients have tried, oldest first: `refused`, `hanging`, `identify`, `resume`, `heartbeat`. */
  readonly received: string[];
  /** Sockets that are open now. */
  readonly open: () => number;
  mood: GatewayMood;
  /** Closes a client's socket with this code when it identifies; none by default. Example: 4014. */
  closeOnIdentify: number | undefined;
  /** Closes every socket with this code, or cuts it where there is none. */
  drop(code?: number): void;
  /** Forgets every session, so that none can resume. */
  forgetSessions(): void;
  /** Sends one event to every ready client. */
  dispatch(name: string, data: unknown): void;
  /** Sends a frame as it is to every ready client. */
  sendRaw(frame: string): void;
  close(): void;
}

const Frame = z.discriminatedUnion('op', [
  z.object({ op: z.literal(1), d: z.number().nullable() }),
  z.object({ op: z.literal(2), d: z.object({ token: z.string(), intents: z.number() }) }),
  z.object({
    op: z.literal(6),
    d: z.object({ token: z.string(), session_id: z.string(), seq: z.number().nullable() }),
  }),
]);

const OP = { dispatch: 0, invalidSession: 9, hello: 10, heartbeatAck: 11 };
const AUTHENTICATION_FAILED = 4004;
const DECODE_ERROR = 4002;

/** Discord's gateway at /gateway of the server. */
export const createGateway = (server: Server, world: World, url: () => string): Gateway => {
  const sockets = new WebSocketServer({ noServer: true });
  const sessions = new Map<string, { sequence: number }>();
  const hanging = new Set<Duplex>();
  const ready = new Map<WebSocket, { sequence: number }>();

  const send = (socket: WebSocket, op: number, rest: object) =>
    socket.send(JSON.stringify({ op, d: null, s: null, t: null, ...rest }));
  const dispatchTo = (socket: WebSocket, session: { sequence: number }, t: string, d: unknown) => {
    session.sequence += 1;
    send(socket, OP.dispatch, { t, d, s: session.sequence });
  };

  const identify = (socket: WebSocket) => {
    if (gateway.mood === 'unready') return;
    if (gateway.closeOnIdentify !== undefined) return socket.close(gateway.closeOnIdentify);
    const id = world.newId();
    const session = { sequence: 0 };
    sessions.set(id, session);
    ready.set(socket, session);
    dispatchTo(socket, session, 'READY', {
      v: 10,
      user: { id: world.applicationId, username: 'slidewatch', discriminator: '0000', avatar: null, bot: true },
      guilds: [...world.guilds.keys()].map((guild) => ({ id: guild, unavailable: true })),
      session_id: id,
      resume_gateway_url: url(),
      application: { id: world.applicationId, flags: 0 },
    });
    for (const guild of world.guilds.values()) dispatchTo(socket, session, 'GUILD_CREATE', guildBody(world, guild));
  };

  const receive = (socket: WebSocket, data: RawData) => {
    const frame = Frame.safeParse(JSON.parse(data.toString()));
    if (!frame.success) return socket.close(DECODE_ERROR);
    const { op, d } = frame.data;
    if (op === 1) {
      gateway.received.push('heartbeat');
      return send(socket, OP.heartbeatAck, {});
    }
    gateway.received.push(op === 2 ? 'identify' : 'resume');
    if (d.token !== world.token) return socket.close(AUTHENTICATION_FAILED);
    if (op === 2) return identify(socket);
    const session = sessions.get(d.session_id);
    if (session === undefined) return send(socket, OP.invalidSession, { d: false });
    ready.set(socket, session);
    dispatchTo(socket, session, 'RESUMED', {});
  };

  server.on('upgrade', (request, tcp, head) => {
    tcp.on('error', () => tcp.destroy());
    if (gateway.mood === 'refusing') {
      gateway.received.push('refused');
      return tcp.end('HTTP/1.1 503 Service Unavailable\r\nContent-Length: 0\r\n\r\n');
    }
    if (gateway.mood === 'hanging') {
      gateway.received.push('hanging');
      hanging.add(tcp);
      return tcp.resume().on('close', () => hanging.delete(tcp));
    }
    sockets.handleUpgrade(request, tcp, head, (socket) => {
      socket.on('close', () => ready.delete(socket));
      socket.on('error', () => socket.terminate());
      socket.on('message', (data) => receive(socket, data));
      if (gateway.mood !== 'silent') send(socket, OP.hello, { d: { heartbeat_interval: 41_250 } });
    });
  });

  const gateway: Gateway = {
    received: [],
    open: () => sockets.clients.size,
    mood: 'up',
    closeOnIdentify: undefined,
    drop: (code) => {
      for (const socket of sockets.clients) code === undefined ? socket.terminate() : socket.close(code);
    },
    forgetSessions: () => sessions.clear(),
    dispatch: (name, data) => {
      for (const [socket, session] of ready) dispatchTo(socket, session, name, data);
    },
    sendRaw: (frame) => {
      for (const socket of ready.keys()) socket.send(frame);
    },
    close: () => {
      for (const socket of sockets.clients) socket.terminate();
      for (const tcp of hanging) tcp.destroy();
      sockets.close();
    },
  };
  return gateway;
};
