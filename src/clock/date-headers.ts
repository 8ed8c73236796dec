import diagnostics from 'node:diagnostics_channel';
import type { HeardTime } from './bot-clock.ts';

/** A Date header is cut to whole seconds. */
const DATE_STEP_MS = 1_000;

/** The time by an answer's headers, epoch milliseconds: its Date, and its Age if it comes from a cache. */
export const timeOfHeaders = (headers: Pick<Headers, 'get'>): number | undefined => {
  const date = Date.parse(headers.get('date') ?? '');
  const age = Number(headers.get('age') ?? 0);
  return Number.isFinite(date) && Number.isFinite(age) ? date + age * 1_000 + DATE_STEP_MS / 2 : undefined;
};

interface UndiciRequest {
  readonly origin: string | URL;
}

const headersOf = (raw: readonly (Uint8Array | string)[]): Pick<Headers, 'get'> => {
  const text = raw.map(String);
  return {
    get: (name) => text.find((_, at) => at % 2 === 1 && text[at - 1]?.toLowerCase() === name) ?? null,
  };
};

/**
 * Passes on what time the answers to this process's HTTP requests tell. Every client here sends by undici, Node's own or
 * a library's, which announces its requests. `nameOf` names the host of an origin, and leaves out those whose clocks do
 * not count. Returns a function that ends it.
 */
export const listenToDates = (
  nameOf: (origin: string) => string | undefined,
  hear: (heard: HeardTime) => void,
): (() => void) => {
  const sentAt = new WeakMap<object, number>();
  const onSent = (message: unknown): void => {
    const { request } = message as { readonly request: UndiciRequest };
    sentAt.set(request, performance.now());
  };
  const onHeaders = (message: unknown): void => {
    const { request, response } = message as {
      readonly request: UndiciRequest;
      readonly response: { readonly headers: readonly (Uint8Array | string)[] };
    };
    const host = nameOf(String(request.origin));
    const told = host === undefined ? undefined : timeOfHeaders(headersOf(response.headers));
    if (host === undefined || told === undefined) return;
    const halfTripMs = (performance.now() - (sentAt.get(request) ?? performance.now())) / 2;
    hear({ host, time: told + halfTripMs, marginMs: halfTripMs + DATE_STEP_MS });
  };
  diagnostics.subscribe('undici:client:sendHeaders', onSent);
  diagnostics.subscribe('undici:request:headers', onHeaders);
  return () => {
    diagnostics.unsubscribe('undici:client:sendHeaders', onSent);
    diagnostics.unsubscribe('undici:request:headers', onHeaders);
  };
};
