/** What the double answers to one request. */
export interface Answer {
  readonly status: number;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Discord's error shape. */
export const failure = (status: number, code: number, message: string, errors?: unknown): Answer => ({
  status,
  body: { message, code, ...(errors === undefined ? {} : { errors }) },
});

export const UNAUTHORIZED = failure(401, 0, '401: Unauthorized');
export const NOT_FOUND = failure(404, 0, '404: Not Found');
export const UNKNOWN_MESSAGE = failure(404, 10008, 'Unknown Message');
export const UNKNOWN_CHANNEL = failure(404, 10003, 'Unknown Channel');
export const MISSING_ACCESS = failure(403, 50001, 'Missing Access');
export const NOT_A_TEXT_CHANNEL = failure(400, 50008, 'Cannot send messages in a non-text channel');
export const ARCHIVED = failure(400, 50083, 'Thread is archived');
export const LOCKED = failure(403, 160005, 'Thread is locked');
export const MISSING_PERMISSIONS = failure(403, 50013, 'Missing Permissions');

/** `Invalid Form Body` with one `_errors` list at each path. */
export const invalidForm = (faults: readonly string[]): Answer =>
  failure(400, 50035, 'Invalid Form Body', {
    _errors: faults.map((message) => ({ code: 'BASE_TYPE_INVALID', message })),
  });

export type LimitScope = 'user' | 'global' | 'shared';

/** A 429. `retryAfter` in seconds; null leaves the time out, as a proxy in front of Discord does. */
export const tooMany = (retryAfter: number | null, scope: LimitScope): Answer => ({
  status: 429,
  body: { message: 'You are being rate limited.', retry_after: retryAfter ?? 0, global: scope === 'global' },
  headers: {
    ...(retryAfter === null ? {} : { 'Retry-After': String(retryAfter) }),
    'X-RateLimit-Scope': scope,
    ...(scope === 'global' ? { 'X-RateLimit-Global': 'true' } : {}),
  },
});
