import { webApi } from '@slack/bolt';
import { z } from 'zod';

/** What went wrong with one call of the Web API, whatever the library threw. */
export type SlackFault =
  /** Slack answered and said no, with its own code. */
  | { readonly kind: 'refused'; readonly code: string; readonly scope?: string; readonly details: readonly string[] }
  /** Too many calls; nothing was done. */
  | { readonly kind: 'throttled'; readonly afterMs?: number }
  /** The request never reached Slack: no address, no route, no listener, no trust in the certificate. */
  | { readonly kind: 'unreached'; readonly cause: string }
  /** The request was sent and its answer is missing or unreadable: it may have been carried out. */
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

/** The causes of a failed fetch, outermost first. Happy Eyeballs puts one for each address tried. */
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

/** `ECONNRESET`, `TimeoutError`: a word for the log, never the message, which may hold an address with a ticket. */
const word = (chain: readonly unknown[]): string => {
  const code = chain.map((each) => field(each, 'code')).findLast((each) => /^[A-Z][A-Z0-9_]+$/.test(each));
  const last = chain.at(-1);
  return code ?? (last instanceof Error ? last.name : 'unknown');
};

/** web-api 8 throws a plain Error for a 429 whose Retry-After is missing. */
const throttledWithoutTime = (error: unknown): boolean =>
  error instanceof Error && error.message.startsWith('Retry header did not contain a valid timeout');

/** Tells the Web API client's errors apart. Anything unheard of counts as `lost`, the one that is safe to assume. */
export const slackFault = (error: unknown): SlackFault => {
  if (error instanceof webApi.WebAPIRateLimitedError) return { kind: 'throttled', afterMs: error.retryAfter * 1_000 };
  if (throttledWithoutTime(error)) return { kind: 'throttled' };
  if (error instanceof webApi.WebAPIPlatformError) {
    const read = refusal.safeParse(error.data);
    return read.success ? read.data : { kind: 'lost', cause: 'unreadable response' };
  }
  if (error instanceof webApi.WebAPIHTTPError) {
    const cause = `HTTP ${error.statusCode}`;
    // Slack itself answers 200 and 429 only; a 4xx is a proxy's, which did not let the request through.
    return error.statusCode < 500 && error.statusCode !== 408 ? { kind: 'unreached', cause } : { kind: 'lost', cause };
  }
  const chain = causes(error);
  return { kind: chain.some(neverSent) ? 'unreached' : 'lost', cause: word(chain) };
};

/** A fault in a few words, for a log field or a reason. */
export const faultText = (fault: SlackFault): string => {
  if (fault.kind === 'refused') return fault.code;
  return fault.kind === 'throttled' ? 'ratelimited' : fault.cause;
};
