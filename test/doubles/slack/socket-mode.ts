import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { type WebSocket, WebSocketServer } from 'ws';
import type { Ack, Acks } from './acks.ts';

export type EnvelopeType = 'slash_commands' | 'interactive' | 'events_api';

export interface SocketMode {
  /** The path and query of a new socket, good for one connection. */
  ticket(): string;
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void;
  /** Sockets that were told hello and are open. */
  count(): number;
  /** Sends an envelope to one socket; resolves with its acknowledgement. */
  send(type: EnvelopeType, payload: object): Promise<Ack>;
  /** Sends a frame as it is, down one socket. */
  frame(text: string): void;
  /** Another process holds so many sockets of the app. */
  setOthers(count: number): void;
  /** What Slack says before it closes a connection itself. */
  disconnect(reason: 'warning' | 'refresh_requested' | 'link_disabled'): void;
  /** The network breaks: no closing handshake. */
  drop(): void;
  /** The far end stops reading and writing, and keeps the connection. */
  freeze(): void;
  /** The next `count` sockets are opened and never told hello. */
  withholdHello(count: number): void;
}

const read = (data: Buffer): Omit<Ack, 'afterMs'> => {
  const parsed: unknown = JSON.parse(data.toString('utf8'));
  const message: object = typeof parsed === 'object' && parsed !== null ? parsed : {};
  return { envelopeId: String(Reflect.get(message, 'envelope_id')), payload: Reflect.get(message, 'payload') };
};

/** The socket side of Socket Mode: hello, envelopes, acknowledgements, disconnect messages. */
export const createSocketMode = (acks: Acks, notify: () => void): SocketMode => {
  const server = new WebSocketServer({ noServer: true });
  const tickets = new Set<string>();
  const open = new Set<WebSocket>();
  let withheld = 0;
  let others = 0;

  const welcome = (socket: WebSocket): void => {
    if (withheld > 0) {
      withheld -= 1;
      return;
    }
    open.add(socket);
    socket.on('message', (data: Buffer) => {
      const { envelopeId, payload } = read(data);
      acks.take(envelopeId, payload);
      notify();
    });
    socket.on('close', () => {
      open.delete(socket);
      notify();
    });
    socket.on('error', () => socket.terminate());
    const info = { type: 'hello', num_connections: open.size + others, connection_info: { app_id: 'A0000000001' } };
    socket.send(JSON.stringify({ ...info, debug_info: { host: 'double', approximate_connection_time: 18_060 } }));
    notify();
  };

  return {
    ticket: () => {
      const ticket = randomUUID();
      tickets.add(ticket);
      return `/link/?ticket=${ticket}&app_id=A0000000001`;
    },
    upgrade: (request, socket, head) => {
      const ticket = new URL(request.url ?? '/', 'http://localhost').searchParams.get('ticket') ?? '';
      if (tickets.delete(ticket)) server.handleUpgrade(request, socket, head, welcome);
      else socket.end('HTTP/1.1 401 Unauthorized\r\ncontent-length: 0\r\n\r\n');
    },
    count: () => open.size,
    send: (type, payload) => {
      const [socket] = open;
      if (socket === undefined) return Promise.reject(new Error('no socket is connected'));
      const envelope_id = randomUUID();
      const acked = acks.expect(envelope_id);
      const accepts_response_payload = type !== 'events_api';
      socket.send(JSON.stringify({ envelope_id, type, payload, accepts_response_payload }));
      return acked;
    },
    frame: (text) => {
      const [socket] = open;
      socket?.send(text);
    },
    setOthers: (count) => {
      others = count;
    },
    disconnect: (reason) => {
      for (const socket of open) socket.send(JSON.stringify({ type: 'disconnect', reason, debug_info: {} }));
    },
    drop: () => {
      for (const socket of server.clients) socket.terminate();
    },
    freeze: () => {
      for (const socket of open) socket.pause();
    },
    withholdHello: (count) => {
      withheld = count;
    },
  };
};
