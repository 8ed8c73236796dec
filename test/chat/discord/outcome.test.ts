import { DiscordAPIError } from 'discord.js';
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
  ['a message that a proxy finds too large', 413, 'Payload Too Large', 'rejected'],
])('%s (%i, %s) makes the post %s', (_name, status, code, kind) => {
  expect(outcomeOf(answer(status, code), { maybeTaken: false, throttled: false })).toMatchObject({ kind });
});
