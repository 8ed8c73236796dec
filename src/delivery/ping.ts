import { settingsOf } from '../channels/repair.ts';
import { isDown } from '../slides/compare.ts';
import type { Alert } from '../stories/alert.ts';
import type { Story } from '../stories/story.ts';

const reaches = (alert: Alert, from: number): boolean =>
  isDown(alert.price, alert.kind === 'day' ? alert.previous : alert.peak, from);

/**
 * Whom a card pings in a channel with these settings (a ChannelSettings as JSON): the platform's id of a role or a
 * group, where a slide in the card is at least so deep below its peak, or so deep a fall of one day.
 */
export const pingOf = (settings: string | null, stories: readonly Story[]): string | undefined => {
  const { ping } = settingsOf(settings);
  const deep = ping && stories.some((it) => it.kind === 'slide' && it.alerts.some((each) => reaches(each, ping.from)));
  return deep ? ping?.id : undefined;
};
