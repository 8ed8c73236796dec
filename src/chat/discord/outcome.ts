import { DiscordAPIError, HTTPError, RateLimitError, RESTJSONErrorCodes } from 'discord.js';
import type { Outcome } from '../platform.ts';
import { placeRefusal } from './place-refusal.ts';
import { refusalClassOf, refusesPerson } from './refusal-codes.ts';
import { BannedError, type RequestProgress } from './rest-client.ts';

/** Remedies: what a person has to do, one sentence each. */
export const NEW_TOKEN =
  'Reset the token at https://discord.com/developers/applications (your application > Bot > Reset Token), put it in DISCORD_TOKEN and restart.';

export const READ_HISTORY =
  'Give the bot Read Message History in this channel (Edit Channel, Permissions): it can then check for the card before re-sending it.';

export const TOKEN_REFUSED: Outcome = {
  kind: 'credential',
  reason: 'Discord rejected DISCORD_TOKEN (401); nothing can be posted.',
  remedy: NEW_TOKEN,
};

/** The network before Discord lets nothing of this address through for a while. */
export const BANNED_REASON = 'Discord has banned this address for a while (429, error 1015): all of Discord waits.';

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

/** Refusals of the network class that meet every channel, whichever is asked. */
const EVERYWHERE: ReadonlySet<number> = new Set([
  RESTJSONErrorCodes.SendMessagesHasBeenTemporarilyDisabled,
  RESTJSONErrorCodes.FeatureTemporarilyDisabledServerSide,
  RESTJSONErrorCodes.CloudflareIsBlockingYourRequest,
  RESTJSONErrorCodes.APIResourceOverloaded,
]);

/** The outcome of a failed post. */
export const outcomeOf = (error: unknown, progress: RequestProgress): Outcome => {
  if (error instanceof BannedError || progress.banned) return banned(progress.retryAfterMs);
  if (error instanceof RateLimitError) return throttled(error, progress);
  if (error instanceof DiscordAPIError) return refused(error, progress);
  if (error instanceof HTTPError) return { kind: 'unknown', reason: `Discord failed (${error.status}).` };
  const code = codeOf(error);
  if (!progress.maybeTaken || NOT_CONNECTED_CODES.has(code)) {
    return { kind: 'later', reason: `Discord could not be reached (${code}).` };
  }
  return { kind: 'unknown', reason: `No reply from Discord (${code}).` };
};

/** The outcome of a failed direct message: `gone` if it is about the person. */
export const directOutcomeOf = (error: unknown, progress: RequestProgress): Outcome =>
  error instanceof DiscordAPIError && typeof error.code === 'number' && refusesPerson(error.code)
    ? { kind: 'gone', reason: `The person takes no direct messages from the bot (${error.code}).` }
    : outcomeOf(error, progress);

const banned = (afterMs: number | undefined): Outcome => ({
  kind: 'later',
  reason: BANNED_REASON,
  everywhere: 'banned',
  ...(afterMs !== undefined && { afterMs }),
});

/** How long to wait, in milliseconds; a 429 without a time must not lead to an immediate next try. */
export const throttledMs = (
  { retryAfter, timeToReset }: RateLimitError,
  { retryAfterMs = 0 }: RequestProgress,
): number => {
  const named = Math.max(retryAfter, retryAfterMs);
  return Math.ceil(named > 0 ? named : Math.max(timeToReset, 1_000));
};

const throttled = (error: RateLimitError, progress: RequestProgress): Outcome => ({
  kind: 'later',
  reason: error.global ? 'Discord is rate limiting the bot.' : 'Discord is rate limiting this channel.',
  afterMs: throttledMs(error, progress),
  ...(error.global && { everywhere: 'throttled' as const }),
});

const refused = ({ code, status, message }: DiscordAPIError, { retryAfterMs }: RequestProgress): Outcome => {
  if (status === 408) return { kind: 'unknown', reason: 'Discord timed out (408).' };
  const named = retryAfterMs !== undefined && { afterMs: retryAfterMs };
  // Discord's own refusals have a numeric code; an answer without one comes from what stands before it.
  if (typeof code !== 'number') {
    const reason = `The answer was not Discord's (${status}): something in front of it refused the request.`;
    return { kind: 'later', reason, everywhere: 'refused', ...named };
  }
  if (status === 401) return TOKEN_REFUSED;
  const what = `${oneLine(message)} (${status}, ${code}).`;
  switch (refusalClassOf(code)) {
    case 'message':
      return { kind: 'rejected', reason: `Discord rejected the message: ${what}` };
    case 'place':
      return code === RESTJSONErrorCodes.UnknownChannel
        ? { kind: 'gone', reason: 'The channel no longer exists (10003).' }
        : placeRefusal(code, what);
    case 'credential':
      return { kind: 'credential', reason: `Discord refuses the bot: ${what}`, remedy: NEW_TOKEN };
    case 'network': {
      const everywhere = EVERYWHERE.has(code) && { everywhere: 'refused' as const };
      return { kind: 'later', reason: `Discord takes no messages at the moment: ${what}`, ...everywhere, ...named };
    }
    default:
      return { kind: 'unlisted', reason: `Discord refused the message: ${what}`, code: String(code) };
  }
};

const oneLine = (text: string): string => text.replaceAll(/\s+/g, ' ').slice(0, 300);

/** The error's code or name, never its message, which may hold a URL or a header. */
export const codeOf = (error: unknown): string => {
  if (!(error instanceof Error)) return 'unknown error';
  return 'code' in error && typeof error.code === 'string' ? error.code : error.name;
};
