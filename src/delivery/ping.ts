import { settingsOf } from '../channels/repair-settings.ts';
import { isDown } from '../market/compare.ts';
import { referencePrice } from '../slides/alert-kinds.ts';
import type { Alert } from '../stories/alert.ts';
import type { Story } from '../stories/story.ts';

/** Whether an alert's fall, from the peak or of the day, is at least `from` basis points. */
const reaches = (alert: Alert, from: number): boolean => isDown(alert.price, referencePrice(alert), from);

/**
 * The role or group (platform's id) that a card pings in a channel with these settings (a ChannelSettings as JSON), if a
 * slide on the card is deep enough; else undefined.
 */
export const pingOf = (settings: string | null, stories: readonly Story[]): string | undefined => {
  const { ping } = settingsOf(settings);
  const pings = ping && stories.some((it) => it.kind === 'slide' && it.alerts.some((each) => reaches(each, ping.from)));
  return pings ? ping?.id : undefined;
};
