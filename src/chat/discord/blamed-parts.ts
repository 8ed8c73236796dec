import { DiscordAPIError, RESTJSONErrorCodes } from 'discord.js';
import type { MessagePart } from '../../stories/lacks.ts';
import { refusalClassOf } from './refusal-codes.ts';

/** Refusals that may be about one part of a message alone, by code. */
const BLAMED: Readonly<Record<number, readonly MessagePart[]>> = {
  [RESTJSONErrorCodes.MissingPermissions]: ['picture'],
  [RESTJSONErrorCodes.ExplicitContentCannotBeSentToTheDesiredRecipient]: ['picture'],
  [RESTJSONErrorCodes.AccessToFileUploadsHasBeenLimitedForThisGuild]: ['picture'],
  [RESTJSONErrorCodes.MessageWasBlockedByAutomaticModeration]: ['links', 'picture'],
  [RESTJSONErrorCodes.MessageBlockedByHarmfulLinksFilter]: ['links'],
};

const PAYLOAD_TOO_LARGE = 413;

/** Parts without which the message may be taken, the likeliest first; none: it is no matter of a part. */
export const partsBlamedBy = (error: unknown): readonly MessagePart[] => {
  if (!(error instanceof DiscordAPIError)) return [];
  const { code, status } = error;
  if (typeof code !== 'number') return status === PAYLOAD_TOO_LARGE ? ['picture'] : [];
  return BLAMED[code] ?? (refusalClassOf(code) === 'message' ? ['picture', 'ping', 'buttons', 'links'] : []);
};
