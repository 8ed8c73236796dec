import type { webApi } from '@slack/bolt';
import type { PlaceLook } from '../../../commands/command.ts';
import { pauseText } from '../../cards/channel-notice-card.ts';
import { platformNoteText } from '../../cards/platform-note-text.ts';
import type { Translator } from '../../i18n/catalogue.ts';
import { resultWithin } from '../../util/promises.ts';
import { placeFault } from './check-channel.ts';
import { type PlaceRefusal, placeRefusalOf } from './refusals.ts';
import { POSTING_SCOPE, type Scopes, scopeNote } from './scopes.ts';

/** Nobody waits longer to hear whether cards can be posted: then the first card shows it. */
const LOOK_TIMEOUT_MS = 2_000;

/** An ended channel can be made whole from here: the bot is invited to it, or it is unarchived. */
const keyOf = ({ ends, key }: PlaceRefusal): string => {
  if (ends === undefined) return key;
  return ends === 'archived' ? 'slack-inactive' : 'slack-invite';
};

/** Whether cards can be posted in a channel, by the bot's scopes and its membership. In case of doubt nothing is in the way. */
export type LookAtPlace = (words: Translator, channelId: string) => Promise<PlaceLook>;

export const createLookAtPlace = (client: webApi.WebClient, scopes: Scopes): LookAtPlace => {
  const reasonAt = async (words: Translator, channelId: string): Promise<string | undefined> => {
    const fault = await resultWithin(placeFault(client, channelId), LOOK_TIMEOUT_MS);
    const place = fault?.kind === 'refused' ? placeRefusalOf(fault.code) : undefined;
    if (fault?.kind !== 'refused' || place === undefined || fault.code === 'missing_scope') return undefined;
    return pauseText(words, { text: place.remedy, key: keyOf(place), values: { code: fault.code } });
  };

  return async (words, channelId) => {
    const missing = scopes.missing();
    const note = scopeNote(missing);
    const lacking = note && platformNoteText(words, note);
    const why = missing.includes(POSTING_SCOPE) ? lacking : await reasonAt(words, channelId);
    return {
      ...(why !== undefined && { obstacle: words.say('slack.obstacle', { why }) }),
      ...(lacking !== undefined && { lacking }),
    };
  };
};
