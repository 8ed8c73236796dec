import { pauseText } from '../cards/channel-notice-card.ts';
import type { Platform } from '../chat/platform.ts';
import type { Catalogue } from '../i18n/catalogue.ts';
import type { PendingDelivery } from '../store/deliveries.ts';
import type { OptionalPart } from '../stories/lacks.ts';
import type { Pause } from '../stories/pause.ts';
import type { Logger } from '../telemetry/log.ts';

interface NotifyPersonParts {
  readonly catalogue: Catalogue;
  readonly platform: Platform;
  readonly log: Logger;
}

/**
 * Sends a direct message to the person who set up a channel: that it is paused, gone, or takes cards
 * only in part, and what to do. False if the
 * person is unknown or could not be reached. Never rejects.
 */
export type NotifyPerson = (
  event: 'paused' | 'gone' | `lacks-${OptionalPart}`,
  channel: Pick<PendingDelivery, 'address' | 'language' | 'person'>,
  pause?: Pause,
) => Promise<boolean>;

/** Writes in the channel's language. */
export const createNotifyPerson =
  ({ catalogue, platform, log }: NotifyPersonParts): NotifyPerson =>
  async (event, { address, language, person }, pause) => {
    if (person === null || platform.sendDirectMessage === undefined) return false;
    const words = catalogue.orEnglish(language);
    const key = event === 'gone' ? `courier.gone_${platform.name}` : `courier.${event}`;
    if (!words.knows(key)) return false;
    const why = pause && pauseText(words, pause);
    // Both platforms show `<#id>` as the channel's name.
    const reached = await platform.sendDirectMessage(
      person,
      words.say(key, { channel: `<#${address}>`, ...(why && { why }) }),
    );
    const fields = { platform: platform.name, channel: address, what: event };
    if (reached) log.info(fields, 'person who set up the channel notified');
    else log.warn(fields, 'person who set up the channel could not be notified');
    return reached;
  };
