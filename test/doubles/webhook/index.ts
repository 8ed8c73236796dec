import { createHmac, timingSafeEqual } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { WebhookEvent } from '../../../src/chat/webhook/event.ts';
import { type Loopback, listenOnLoopback } from '../loopback.ts';

/**
 * What the world does to a request. `hang`: takes it and never answers. `drop`: takes it and closes the connection. `drop-early`:
 * closes it at the head of the request. `endless`: 200 and a body without end. `trickle`: a head that never ends. `redirect`: to
 * this receiver itself. A number is a status, `headers` go with it.
 */
export type WebhookFault =
  | 'hang'
  | 'drop'
  | 'drop-early'
  | 'endless'
  | 'trickle'
  | 'redirect'
  | { readonly status: number; readonly headers?: Readonly<Record<string, string>> };

/** A request whose signature is good. */
export interface Received {
  readonly id: string;
  /** Of the try, epoch seconds. */
  readonly timestamp: number;
  readonly event: WebhookEvent;
}

/** A receiver on loopback that verifies each request by the Standard Webhooks scheme, and keeps an event once. */
export interface WebhookDouble extends Loopback {
  /** `whsec_` and base64. */
  readonly secret: string;
  /** Every request with a good signature, those that come again included. */
  readonly received: readonly Received[];
  /** The events that it has taken, each once, in their order. */
  readonly taken: readonly Received[];
  /** Why requests were refused with 401. */
  readonly refused: readonly string[];
  /** Requests in all, of any kind. */
  readonly requests: () => number;
  /** Endless bodies that are still taken. */
  readonly pouring: () => number;
  /** Bytes that were sent in endless bodies. */
  readonly bytesSent: () => number;
  /** Faults for requests to come; undefined lets one through. Requests are counted from 0 since the call. */
  fail(decide: (nth: number) => WebhookFault | undefined): void;
  heal(): void;
}

const TOLERANCE_S = 300;
const KEY = Buffer.from('a secret of thirty-two bytes, no more'.slice(0, 32));

const bodyOf = async (request: IncomingMessage): Promise<string> => {
  const pieces: Uint8Array[] = [];
  for await (const piece of request) pieces.push(piece as Uint8Array);
  return Buffer.concat(pieces).toString('utf8');
};

/** `now`: epoch milliseconds. */
export const startWebhookDouble = async ({
  now = Date.now,
  port = 0,
}: {
  readonly now?: () => number;
  readonly port?: number;
} = {}): Promise<WebhookDouble> => {
  const received: Received[] = [];
  const taken: Received[] = [];
  const refused: string[] = [];
  let count = 0;
  let countSince = 0;
  let bytes = 0;
  let pouring = 0;
  let decide: (nth: number) => WebhookFault | undefined = () => undefined;

  const refusalOf = (headers: IncomingMessage['headers'], body: string): string | undefined => {
    const { 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': signatures } = headers;
    if (typeof id !== 'string' || typeof timestamp !== 'string' || typeof signatures !== 'string') return 'no headers';
    if (!/^\d+$/.test(timestamp) || Math.abs(now() / 1_000 - Number(timestamp)) > TOLERANCE_S) return 'not of our time';
    const own = createHmac('sha256', KEY).update(`${id}.${timestamp}.${body}`).digest();
    const isGood = signatures.split(' ').some((signed) => {
      const [version, text = ''] = signed.split(',');
      const theirs = Buffer.from(text, 'base64');
      return version === 'v1' && theirs.length === own.length && timingSafeEqual(theirs, own);
    });
    return isGood ? undefined : 'another signature';
  };

  const pour = (response: ServerResponse): void => {
    const piece = Buffer.alloc(16 * 1_024, 'x');
    const more = (): void => {
      while (!response.destroyed) {
        bytes += piece.length;
        if (!response.write(piece)) return;
      }
    };
    pouring += 1;
    response.on('close', () => {
      pouring -= 1;
    });
    response.on('drain', more);
    more();
  };

  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    count += 1;
    const fault = decide(countSince);
    countSince += 1;
    if (fault === 'drop-early') return void request.socket.destroy();
    const body = await bodyOf(request);
    const refusal = refusalOf(request.headers, body);
    if (refusal !== undefined) {
      refused.push(refusal);
      return void response.writeHead(401).end();
    }
    const it: Received = {
      id: String(request.headers['webhook-id']),
      timestamp: Number(request.headers['webhook-timestamp']),
      event: JSON.parse(body) as WebhookEvent,
    };
    received.push(it);
    const take = (): void => {
      if (!taken.some(({ id }) => id === it.id)) taken.push(it);
    };
    switch (fault) {
      case 'hang':
        return take();
      case 'drop':
        take();
        return void request.socket.destroy();
      case 'trickle':
        take();
        return void request.socket.write('HTTP/1.1 200 OK\r\nx-endless: ');
      case 'redirect':
        return void response.writeHead(307, { location: '/elsewhere' }).end();
      case 'endless':
        take();
        response.writeHead(200);
        return pour(response);
      case undefined:
        take();
        return void response.writeHead(204).end();
      default:
        return void response.writeHead(fault.status, fault.headers).end('{"error":"as asked"}');
    }
  };

  const server = createServer((request, response) => {
    // A connection that is closed while its body comes.
    answer(request, response).catch(() => undefined);
  });
  const loopback = await listenOnLoopback(server, port);
  return {
    ...loopback,
    secret: `whsec_${KEY.toString('base64')}`,
    received,
    taken,
    refused,
    requests: () => count,
    pouring: () => pouring,
    bytesSent: () => bytes,
    fail: (given) => {
      decide = given;
      countSince = 0;
    },
    heal: () => {
      decide = () => undefined;
    },
  };
};
