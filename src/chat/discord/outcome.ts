import { DiscordAPIError, HTTPError, RateLimitError, RESTJSONErrorCodes } from 'discord.js';
import type { Outcome } from '../platform.ts';

import type { RequestProgress } from './rest-client.ts';

/** Remedies: what a person has to do, one sentence each. */
export const NEW_TOKEN =
  'Reset the token at https://discord.com/developers/applications (your application > Bot > Reset Token), put it in DISCORD_TOKEN and restart.';

const SEE_CHANNEL =
  'Give the bot View Channel, Send Messages and Attach Files in this channel (Edit Channel, Permissions), or invite it to the server again.';

const WRITE_CHANNEL = 'Give the bot Send Messages and Attach Files in this channel (Edit Channel, Permissions).';

const CHECK_CHANNEL = "Check the bot's permissions in this channel: View Channel, Send Messages, Attach Files.";

export const READ_HISTORY =
  'Give the bot Read Message History in this channel (Edit Channel, Permissions): it can then check for the card before re-sending it.';

export const TOKEN_REFUSED: Outcome = {
  kind: 'credential',
  reason: 'Discord rejected DISCORD_TOKEN (401); nothing can be posted.',
  remedy: NEW_TOKEN,
};

/** Errors without a connection: nothing was sent. */
const NOT_CONNECTED_CODES = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'ENETUNREACH',
  'EHOSTUNREACH',
  'ENETDOWN',
  'EHOSTDOWN',
  'UND_ERR_CONNECT_TIMEOUT',
]);

/** The outcome of a failed post. Codes: Discord's documentation, "JSON Error Codes". */
export const outcomeOf = (error: unknown, progress: RequestProgress): Outcome => {
  if (error instanceof RateLimitError) return throttled(error);
  if (error instanceof DiscordAPIError) return refused(error);
  if (error instanceof HTTPError) return { kind: 'unknown', reason: `Discord failed (${error.status}).` };
  const code = codeOf(error);
  if (!progress.maybeTaken || NOT_CONNECTED_CODES.has(code)) {
    return { kind: 'later', reason: `Discord could not be reached (${code}).` };
  }
  return { kind: 'unknown', reason: `No reply from Discord (${code}).` };
};

const throttled = ({ retryAfter, timeToReset, global }: RateLimitError): Outcome => ({
  kind: 'later',
  reason: global ? 'Discord is rate limiting the bot.' : 'Discord is rate limiting this channel.',
  // A 429 without a time must not lead to an immediate next try.
  afterMs: Math.ceil(retryAfter > 0 ? retryAfter : Math.max(timeToReset, 1_000)),
  ...(global && { everywhere: 'throttled' as const }),
});

const refused = ({ code, status, message }: DiscordAPIError): Outcome => {
  if (status === 401) return TOKEN_REFUSED;
  if (status === 408) return { kind: 'unknown', reason: 'Discord timed out (408).' };
  switch (code) {
    case RESTJSONErrorCodes.UnknownChannel:
      return { kind: 'gone', reason: 'The channel no longer exists (10003).' };
    case RESTJSONErrorCodes.MissingAccess:
      return {
        kind: 'forbidden',
        reason: 'The bot cannot see this channel (50001).',
        remedy: SEE_CHANNEL,
        why: { key: 'discord-see' },
      };
    case RESTJSONErrorCodes.MissingPermissions:
      return {
        kind: 'forbidden',
        reason: 'The bot is not allowed to post in this channel (50013).',
        remedy: WRITE_CHANNEL,
        why: { key: 'discord-write' },
      };
  }
  // Discord's own refusals have a numeric code; a 403 without one comes from a proxy.
  if (typeof code !== 'number') {
    return status === 403
      ? { kind: 'later', reason: 'A proxy in front of Discord rejected the request (403).' }
      : { kind: 'rejected', reason: `A proxy in front of Discord rejected the message (${status}).` };
  }
  const what = `${oneLine(message)} (${status}, ${code}).`;
  return status === 403
    ? {
        kind: 'forbidden',
        reason: `Discord does not allow posting here: ${what}`,
        remedy: CHECK_CHANNEL,
        why: { key: 'discord-check', values: { what } },
      }
    : { kind: 'rejected', reason: `Discord rejected the message: ${what}` };
};

const oneLine = (text: string): string => text.replaceAll(/\s+/g, ' ').slice(0, 300);

/** The error's code or name, never its message, which may hold a URL or a header. */
export const codeOf = (error: unknown): string => {
  if (!(error instanceof Error)) return 'unknown error';
  return 'code' in error && typeof error.code === 'string' ? error.code : error.name;
};
