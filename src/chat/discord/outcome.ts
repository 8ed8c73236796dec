import { DiscordAPIError, HTTPError, RateLimitError, RESTJSONErrorCodes } from 'discord.js';
import type { Outcome } from '../platform.ts';
import { CHECK_CHANNEL, NEW_TOKEN, SEE_CHANNEL, WRITE_CHANNEL } from './remedies.ts';
import type { Flight } from './wire.ts';

export const TOKEN_REFUSED: Outcome = {
  kind: 'down',
  reason: 'Discord rejected DISCORD_TOKEN (401); nothing can be posted.',
  remedy: NEW_TOKEN,
};

/** Where no connection came about, nothing was sent. */
const NOT_CONNECTED = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'ENETUNREACH',
  'EHOSTUNREACH',
  'ENETDOWN',
  'EHOSTDOWN',
  'UND_ERR_CONNECT_TIMEOUT',
]);

/** What a failed request means for its message. Codes: Discord's documentation, "JSON Error Codes". */
export const outcomeOf = (error: unknown, flight: Flight): Outcome => {
  if (error instanceof RateLimitError) return throttled(error);
  if (error instanceof DiscordAPIError) return refused(error);
  if (error instanceof HTTPError) return { kind: 'unknown', reason: `Discord failed (${error.status}).` };
  const code = codeOf(error);
  if (!flight.maybeTaken || NOT_CONNECTED.has(code)) {
    return { kind: 'later', reason: `Discord could not be reached (${code}).` };
  }
  return { kind: 'unknown', reason: `No reply from Discord (${code}).` };
};

const throttled = ({ retryAfter, timeToReset, global }: RateLimitError): Outcome => ({
  kind: 'later',
  reason: global ? 'Discord is rate limiting the bot.' : 'Discord is rate limiting this channel.',
  // A 429 that names no time must not be answered with an immediate next try.
  afterMs: Math.ceil(retryAfter > 0 ? retryAfter : Math.max(timeToReset, 1_000)),
  ...(global && { everywhere: true as const }),
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
  // Discord's own refusals carry a number; a 403 without one comes from the network in front of it.
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

/** The error's short name, never its message: that may hold an address or a header. */
export const codeOf = (error: unknown): string => {
  if (!(error instanceof Error)) return 'unknown error';
  return 'code' in error && typeof error.code === 'string' ? error.code : error.name;
};
