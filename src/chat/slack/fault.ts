import { webApi } from '@slack/bolt';
import { z } from 'zod';

/** Failure of a Web API call. */
export type SlackFault =
  /** Slack refused the call with an error code. */
  | { readonly kind: 'refused'; readonly code: string; readonly scope?: string; readonly details: readonly string[] }
  /** Too many calls; the call was not carried out. */
  | { readonly kind: 'throttled'; readonly afterMs?: number }
  /** A page of what stands before Slack, such as a proxy: it did not forward the request. */
  | { readonly kind: 'blocked'; readonly cause: string; readonly afterMs?: number }
  /** The request was not sent: no address, no route, no listener, or an untrusted certificate. */
  | { readonly kind: 'unreached'; readonly cause: string }
  /** The answer is missing or unreadable: the call may have been carried out. */
  | { readonly kind: 'lost'; readonly cause: string };

/** Slack's `ok: false` answer. `needed` comes with missing_scope, `messages` with invalid_blocks and its like. */
const refusal = z
  .object({
    error: z.string().regex(/^[a-z][a-z0-9_]*$/),
    needed: z.string().optional(),
    response_metadata: z.object({ messages: z.array(z.string()).optional() }).optional(),
  })
  .transform(({ error, needed, response_metadata }) => ({
    kind: 'refused' as const,
    code: error,
    ...(needed === undefined ? {} : { scope: needed }),
    details: response_metadata?.messages ?? [],
  }));

/** An error and its causes, outermost first. Happy Eyeballs adds one for each address tried. */
const causes = (error: unknown): unknown[] => {
  if (!(error instanceof Error)) return [];
  const inner = error instanceof AggregateError ? error.errors.flatMap(causes) : [];
  return [error, ...causes(error.cause), ...inner];
};

const field = (error: unknown, name: 'code' | 'syscall'): string => {
  const value: unknown = typeof error === 'object' && error !== null ? Reflect.get(error, name) : undefined;
  return typeof value === 'string' ? value : '';
};

const neverSent = (error: unknown): boolean =>
  ['connect', 'getaddrinfo'].includes(field(error, 'syscall')) ||
  /^(ECONNREFUSED|ENOTFOUND|EAI_AGAIN|ENETUNREACH|EHOSTUNREACH|UND_ERR_CONNECT_TIMEOUT|CERT_.+|ERR_TLS_.+|SELF_SIGNED.+|DEPTH_ZERO_.+|UNABLE_TO_.+)$/.test(
    field(error, 'code'),
  );

/** `ECONNRESET`, `TimeoutError`: for the log. Never the message, which may hold a URL with a ticket. */
const causeName = (chain: readonly unknown[]): string => {
  const code = chain.map((each) => field(each, 'code')).findLast((each) => /^[A-Z][A-Z0-9_]+$/.test(each));
  const last = chain.at(-1);
  return code ?? (last instanceof Error ? last.name : 'unknown');
};

/** web-api 8 throws a plain Error for a 429 without Retry-After. */
const throttledWithoutTime = (error: unknown): boolean =>
  error instanceof Error && error.message.startsWith('Retry header did not contain a valid timeout');

const retryAfter = (headers: unknown): { readonly afterMs?: number } => {
  const given: unknown =
    typeof headers === 'object' && headers !== null ? Reflect.get(headers, 'retry-after') : undefined;
  const seconds = Number(given);
  return given !== undefined && Number.isFinite(seconds) && seconds > 0 ? { afterMs: seconds * 1_000 } : {};
};

/** The fault behind an error of the Web API client. Unknown errors count as `lost`, the safe assumption. */
export const slackFault = (error: unknown): SlackFault => {
  if (error instanceof webApi.WebAPIRateLimitedError) return { kind: 'throttled', afterMs: error.retryAfter * 1_000 };
  if (throttledWithoutTime(error)) return { kind: 'throttled' };
  if (error instanceof webApi.WebAPIPlatformError) {
    const read = refusal.safeParse(error.data);
    return read.success ? read.data : { kind: 'lost', cause: 'unreadable response' };
  }
  if (error instanceof webApi.WebAPIHTTPError) {
    const cause = `HTTP ${error.statusCode}`;
    // Slack itself answers only 200 and 429; a 4xx comes from a proxy that did not forward the request.
    return error.statusCode < 500 && error.statusCode !== 408
      ? { kind: 'blocked', cause, ...retryAfter(error.headers) }
      : { kind: 'lost', cause };
  }
  // Names the field, not what it held.
  if (error instanceof z.ZodError)
    return { kind: 'lost', cause: `unreadable field ${error.issues[0]?.path.join('.') || 'answer'}` };
  const chain = causes(error);
  return { kind: chain.some(neverSent) ? 'unreached' : 'lost', cause: causeName(chain) };
};

/** A short text for logs and reasons. */
export const faultText = (fault: SlackFault): string => {
  if (fault.kind === 'refused') return fault.code;
  return fault.kind === 'throttled' ? 'ratelimited' : fault.cause;
};
