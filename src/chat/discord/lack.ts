import { DiscordAPIError, RESTJSONErrorCodes } from 'discord.js';
import type { OptionalPart } from '../../stories/lacks.ts';
import type { Lack, Outcome } from '../platform.ts';

const TRIED_AGAIN = 'It is tried again every few hours.';

/** A part without which the card was taken, after `error`, whose outcome is `refusal`. */
export const lackOf = (part: OptionalPart, error: unknown, refusal: Outcome): Lack => {
  const reason = 'reason' in refusal ? refusal.reason : '';
  const code = error instanceof DiscordAPIError ? error.code : undefined;
  if (part === 'picture' && code === RESTJSONErrorCodes.MissingPermissions) {
    return {
      part,
      reason: 'The bot may not attach files in this channel (50013).',
      remedy: 'Give it Attach Files there (Edit Channel, Permissions).',
      why: { key: 'discord-attach' },
    };
  }
  if (refusal.kind === 'forbidden' && refusal.why) return { part, reason, remedy: refusal.remedy, why: refusal.why };
  return { part, reason, remedy: TRIED_AGAIN, why: { key: 'discord-part', values: { what: reason } } };
};
