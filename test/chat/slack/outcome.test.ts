import { webApi } from '@slack/bolt';
import { expect, test } from 'vitest';
import { slackFault } from '../../../src/chat/slack/fault.ts';
import { outcomeOf } from '../../../src/chat/slack/outcome.ts';

const refused = (error: string, more: object = {}) => new webApi.WebAPIPlatformError({ ok: false, error, ...more });

const failedFetch = (cause: Error) =>
  new webApi.WebAPIRequestError(Object.assign(new TypeError('fetch failed'), { cause }));

const network = (code: string, syscall?: string) => Object.assign(new Error(code), { code, syscall });

const kindOf = (error: unknown) => outcomeOf(slackFault(error)).kind;

test.each([
  ['ratelimited', 'later'],
  ['message_limit_exceeded', 'later'],
  ['internal_error', 'unknown'],
  ['fatal_error', 'unknown'],
  ['request_timeout', 'unknown'],
  ['service_unavailable', 'unknown'],
  ['is_archived', 'gone'],
  ['channel_not_found', 'gone'],
  ['not_in_channel', 'forbidden'],
  ['restricted_action', 'forbidden'],
  ['restricted_action_read_only_channel', 'forbidden'],
  ['missing_scope', 'forbidden'],
  ['account_inactive', 'credential'],
  ['token_revoked', 'credential'],
  ['invalid_auth', 'credential'],
  ['not_authed', 'credential'],
  ['token_expired', 'credential'],
  ['not_allowed_token_type', 'credential'],
  ['msg_blocks_too_long', 'rejected'],
  ['msg_too_long', 'rejected'],
  ['no_text', 'rejected'],
  ['invalid_blocks', 'rejected'],
  ['invalid_arguments', 'rejected'],
  ['invalid_metadata_format', 'rejected'],
])('%s means %s', (code, kind) => {
  const outcome = outcomeOf(slackFault(refused(code)));
  expect(outcome).toMatchObject({ kind, reason: expect.stringContaining(code) });
  if (outcome.kind === 'forbidden' || outcome.kind === 'credential') expect(outcome.remedy).toMatch(/\.$/);
});

test.each([
  ['a refused connection', failedFetch(network('ECONNREFUSED', 'connect')), 'later'],
  ['an unknown host', failedFetch(network('ENOTFOUND', 'getaddrinfo')), 'later'],
  ['a resolver that is away', failedFetch(network('EAI_AGAIN', 'getaddrinfo')), 'later'],
  ['no address that answers', failedFetch(new AggregateError([network('ETIMEDOUT', 'connect')])), 'later'],
  ['a certificate that is not trusted', failedFetch(network('CERT_HAS_EXPIRED')), 'later'],
  ['a reset connection', failedFetch(network('ECONNRESET', 'read')), 'unknown'],
  ['a silent connection', failedFetch(network('ETIMEDOUT', 'read')), 'unknown'],
  ['a timeout', new webApi.WebAPIRequestError(new DOMException('timed out', 'TimeoutError')), 'unknown'],
  ['a body that breaks off', new TypeError('terminated'), 'unknown'],
  ['HTTP 502', new webApi.WebAPIHTTPError(502, 'Bad Gateway', {}, ''), 'unknown'],
  [
    "a proxy's HTTP 408, behind which the message may have been taken",
    new webApi.WebAPIHTTPError(408, '', {}, ''),
    'unknown',
  ],
  ["a proxy's HTTP 403", new webApi.WebAPIHTTPError(403, 'Forbidden', {}, ''), 'later'],
  ['a page instead of JSON', refused('<html>We are down</html>'), 'unknown'],
  ['something that is no error', 'boom', 'unknown'],
])('%s', (_name, error, kind) => {
  expect(kindOf(error)).toBe(kind);
});

test('Retry-After is in seconds and afterMs in milliseconds', () => {
  expect(outcomeOf(slackFault(new webApi.WebAPIRateLimitedError(30)))).toMatchObject({
    kind: 'later',
    afterMs: 30_000,
  });
});

test('a missing scope is named', () => {
  expect(outcomeOf(slackFault(refused('missing_scope', { needed: 'chat:write.public' })))).toMatchObject({
    remedy: expect.stringContaining('chat:write.public'),
  });
});

test('the reason includes what Slack found wrong with the blocks', () => {
  const messages = ['[ERROR] must be less than 151 characters [json-pointer:/blocks/0/text/text]'];
  expect(outcomeOf(slackFault(refused('invalid_blocks', { response_metadata: { messages } })))).toMatchObject({
    kind: 'rejected',
    reason: expect.stringContaining('/blocks/0/text/text'),
  });
});

test('an archived channel and one that is not found are gone: they may come back, so neither is a pause', () => {
  expect(outcomeOf(slackFault(refused('is_archived')))).toMatchObject({ kind: 'gone' });
  expect(outcomeOf(slackFault(refused('channel_not_found')))).toMatchObject({ kind: 'gone' });
});

test('a card whose reply was lost is looked for half a minute later: Slack may still be carrying the call out', () => {
  expect(outcomeOf({ kind: 'lost', cause: 'ECONNRESET' })).toMatchObject({ kind: 'unknown', afterMs: 30_000 });
});
