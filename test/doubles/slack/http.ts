import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { sendDate } from '../date-header.ts';
import { type Call, readBody, readCall } from './call.ts';
import { TooSoon } from './chat-methods.ts';
import type { Decide, Failure } from './failures.ts';
import type { LateCalls } from './late-calls.ts';
import type { Answer, World } from './methods.ts';
import type { ResponseUrls } from './response-urls.ts';
import { answerCall } from './web-api.ts';

export interface HttpParts {
  readonly world: World;
  readonly decide: Decide;
  readonly responseUrls: ResponseUrls;
  readonly lateCalls: LateCalls;
  readonly notify: () => void;
}

const json = (response: ServerResponse, answer: object, headers: Record<string, string> = {}): void => {
  response.writeHead(200, { 'content-type': 'application/json; charset=utf-8', ...headers });
  response.end(JSON.stringify(answer));
};

const page = (response: ServerResponse, status: number, headers: Record<string, string> = {}): void => {
  response.writeHead(status, { 'content-type': 'text/html', ...headers });
  response.end('<html><body>Server Error</body></html>');
};

const slowDown = (response: ServerResponse, retryAfter: number): void => {
  response.writeHead(429, { 'content-type': 'application/json', 'retry-after': String(retryAfter) });
  response.end(JSON.stringify({ ok: false, error: 'ratelimited' }));
};

/** Fails the call in the planned way. `apply` carries it out. */
const failCall = (
  failure: Failure,
  request: IncomingMessage,
  response: ServerResponse,
  lateCalls: LateCalls,
  apply: () => void,
): void => {
  if ('applied' in failure && failure.applied === true) apply();
  switch (failure.kind) {
    case 'late':
      lateCalls.add(failure.afterMs, apply);
      break;
    case 'ratelimited':
      slowDown(response, failure.retryAfter ?? 1);
      break;
    case 'status':
      page(
        response,
        failure.status,
        failure.retryAfter === undefined ? {} : { 'retry-after': String(failure.retryAfter) },
      );
      break;
    case 'error':
      json(response, { ok: false, error: failure.error });
      break;
    case 'disconnect':
      request.socket.resetAndDestroy();
      break;
    case 'hang':
      break;
  }
};

/** The double's HTTP side: /api/METHOD, /upload/FILE and /response/ID. */
export const createHttp = ({ world, decide, responseUrls, lateCalls, notify }: HttpParts): Server => {
  const carryOut = (call: Call): Answer | TooSoon => {
    try {
      return answerCall(world, call);
    } catch (error) {
      if (error instanceof TooSoon) return error;
      throw error;
    }
  };

  const api = async (request: IncomingMessage, response: ServerResponse, method: string): Promise<void> => {
    const call = await readCall(request, method);
    const failure = decide(call);
    if (failure !== undefined) return failCall(failure, request, response, lateCalls, () => void carryOut(call));
    const answer = carryOut(call);
    if (answer instanceof TooSoon) return slowDown(response, answer.retryAfter);
    json(response, answer, { 'x-oauth-scopes': world.workspace.scopes.join(',') });
  };

  const upload = async (request: IncomingMessage, response: ServerResponse, id: string): Promise<void> => {
    const bytes = await readBody(request);
    const file = world.workspace.files.get(id);
    const store = (): void => {
      if (file !== undefined) file.bytes = bytes;
    };
    const failure = decide({ method: 'upload', params: { file: id, length: bytes.byteLength }, token: undefined });
    if (failure !== undefined) return failCall(failure, request, response, lateCalls, store);
    if (file === undefined || bytes.byteLength !== file.length) return page(response, 400);
    store();
    response.writeHead(200, { 'content-type': 'text/plain' }).end(`OK - ${bytes.byteLength}`);
  };

  const respond = async (request: IncomingMessage, response: ServerResponse, id: string): Promise<void> => {
    const body: unknown = JSON.parse((await readBody(request)).toString('utf8'));
    const use = (): ReturnType<ResponseUrls['use']> => responseUrls.use(id, body);
    const failure = decide({ method: 'respond', params: { ...Object(body) }, token: undefined });
    if (failure !== undefined) return failCall(failure, request, response, lateCalls, use);
    const { status, text } = use();
    response.writeHead(status, { 'content-type': 'text/plain' }).end(text);
  };

  const route = (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const [, room, name = ''] = new URL(request.url ?? '/', 'http://localhost').pathname.split('/');
    if (request.method === 'POST' && room === 'api') return api(request, response, name);
    if (request.method === 'POST' && room === 'upload') return upload(request, response, name);
    if (request.method === 'POST' && room === 'response') return respond(request, response, name);
    page(response, 404);
    return Promise.resolve();
  };

  return createServer((request, response) => {
    sendDate(response, world.workspace.options.now);
    lateCalls.catchUp();
    route(request, response)
      .catch(() => page(response, 500))
      .finally(notify);
  });
};
