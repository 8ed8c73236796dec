import { DiscordAPIError, RateLimitError } from 'discord.js';
import { expect, test } from 'vitest';
import { outcomeOf } from '../../../src/chat/discord/outcome.ts';

/** An answer with a JSON body; a proxy's has no numeric code. */
const answer = (status: number, code: number | string) =>
  new DiscordAPIError({ code: 0, message: 'Refused' }, code, status, 'POST', '/channels/1/messages', {
    body: undefined,
    files: undefined,
  });

test.each([
  ['a timeout of Discord', 408, 0, 'unknown'],
  ['a timeout of a proxy, behind which the message may have been taken', 408, 'Request Timeout', 'unknown'],
  ['a refusal by a proxy', 403, 'Forbidden', 'later'],
  ['a message that a proxy finds too large', 413, 'Payload Too Large', 'later'],
  ['a proxy that wants to know who asks', 401, 'Unauthorized', 'later'],
  ['a token that is refused', 401, 0, 'credential'],
  ['an account that is to be verified', 403, 40002, 'credential'],
  ['a code that is in no list', 400, 987654, 'unlisted'],
  ['a code that no message meets', 400, 30005, 'unlisted'],
  ['a slow mode', 400, 20016, 'later'],
])('%s (%i, %s) makes the post %s', (_name, status, code, kind) => {
  expect(outcomeOf(answer(status, code), { maybeTaken: false, throttled: false })).toMatchObject({ kind });
});

test.each([
  ['a limit of one channel', false, { kind: 'later', reason: expect.stringContaining('this channel'), afterMs: 3_000 }],
  [
    'a limit of the whole bot',
    true,
    { kind: 'later', reason: expect.stringContaining('the bot'), afterMs: 3_000, everywhere: 'throttled' },
  ],
])('%s makes the post later, there or everywhere', (_name, global, outcome) => {
  const limit = { limit: 5, method: 'POST', hash: '', url: '', route: '', majorParameter: '1', sublimitTimeout: 0 };
  const scope = global ? 'global' : 'user';
  const error = new RateLimitError({ ...limit, global, scope, retryAfter: 2_999.5, timeToReset: 0 });
  expect(outcomeOf(error, { maybeTaken: false, throttled: true })).toEqual(outcome);
});
