import { RESTJSONErrorCodes } from 'discord.js';
import type { Outcome } from '../platform.ts';

interface PlaceText {
  readonly key: string;
  readonly reason: string;
  readonly remedy: string;
}

const NOT_HERE: PlaceText = {
  key: 'discord-kind',
  reason: 'The channel is of a kind that takes no messages, such as a forum or a category',
  remedy: 'Type /setup in a text channel, an announcement channel, a thread or a post of a forum.',
};

const BY_AUTOMOD: PlaceText = {
  key: 'discord-automod',
  reason: 'AutoMod of the server blocks the card',
  remedy: "Exempt the bot's role or the channel in Server Settings > AutoMod.",
};

/** What a refusal about the place says, and what a person can do. */
const PLACES: Readonly<Record<number, PlaceText>> = {
  [RESTJSONErrorCodes.MissingAccess]: {
    key: 'discord-see',
    reason: 'The bot cannot see this channel',
    remedy:
      'Give the bot View Channel, Send Messages and Attach Files in this channel (Edit Channel, Permissions), or invite it to the server again; to a private thread, add it with @Slidewatch.',
  },
  [RESTJSONErrorCodes.MissingPermissions]: {
    key: 'discord-write',
    reason: 'The bot is not allowed to post in this channel',
    remedy:
      'Give the bot Send Messages (in a thread: Send Messages in Threads) and Attach Files in this channel (Edit Channel, Permissions).',
  },
  [RESTJSONErrorCodes.InvalidActionOnArchivedThread]: {
    key: 'discord-archived',
    reason: 'The thread is archived',
    remedy: 'Unarchive it (open the thread and write in it, or have a moderator unlock it).',
  },
  [RESTJSONErrorCodes.ThreadLocked]: {
    key: 'discord-locked',
    reason: 'The thread is locked',
    remedy: 'A moderator can unlock it (right-click the thread, Unlock Thread).',
  },
  [RESTJSONErrorCodes.CannotSendMessagesInNonTextChannel]: NOT_HERE,
  [RESTJSONErrorCodes.CannotSendAMessageInAForumChannel]: NOT_HERE,
  [RESTJSONErrorCodes.CannotExecuteActionOnThisChannelType]: NOT_HERE,
  [RESTJSONErrorCodes.MessageWasBlockedByAutomaticModeration]: BY_AUTOMOD,
  [RESTJSONErrorCodes.TitleWasBlockedByAutomaticModeration]: BY_AUTOMOD,
};

/** The outcome of a refusal about the place; `what`: Discord's own words. */
export const placeRefusal = (code: number, what: string): Outcome => {
  const place = PLACES[code];
  return place
    ? { kind: 'forbidden', reason: `${place.reason} (${code}).`, remedy: place.remedy, why: { key: place.key } }
    : {
        kind: 'forbidden',
        reason: `Discord does not allow posting here: ${what}`,
        remedy: "Check the bot's permissions in this channel: View Channel, Send Messages, Attach Files.",
        why: { key: 'discord-check', values: { what } },
      };
};
