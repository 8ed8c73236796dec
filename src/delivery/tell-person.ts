import { pauseText } from '../cards/pause-text.ts';
import type { Platform } from '../chat/platform.ts';
import type { Catalogue } from '../i18n/catalogue.ts';
import type { PendingDelivery } from '../store/deliveries.ts';
import type { Pause } from '../stories/pause.ts';
import type { Logger } from '../telemetry/log.ts';

export interface TellParts {
  readonly catalogue: Catalogue;
  readonly platform: Platform;
  readonly log: Logger;
}

/** Tells whoever set up a channel what has become of it, and what to do; false where nobody could be told. */
export type TellPerson = (
  what: 'paused' | 'gone',
  of: Pick<PendingDelivery, 'address' | 'language' | 'person'>,
  pause?: Pause,
) => Promise<boolean>;

/** By direct message, in the channel's language, where the platform has words for it and lets us. Never rejects. */
export const createTellPerson =
  ({ catalogue, platform, log }: TellParts): TellPerson =>
  async (what, { address, language, person }, pause) => {
    if (person === null || platform.tell === undefined) return false;
    const words = catalogue.in(catalogue.isLanguage(language) ? language : 'en');
    const key = pause ? 'courier.paused' : `courier.${what}_${platform.name}`;
    if (!words.knows(key)) return false;
    const why = pause && pauseText(words, pause);
    // Both platforms show a channel's name where its id stands like this.
    const told = await platform.tell(person, words.say(key, { channel: `<#${address}>`, ...(why && { why }) }));
    const fields = { platform: platform.name, channel: address, what };
    if (told) log.info(fields, 'the person who set up the channel was told');
    else log.warn(fields, 'the person who set up the channel could not be told');
    return told;
  };
