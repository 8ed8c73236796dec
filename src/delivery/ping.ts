import { settingsOf } from '../channels/repair-settings.ts';
import { isDown } from '../market/compare.ts';
import { referencePrice } from '../slides/alert-kinds.ts';
import type { Alert } from '../stories/alert.ts';
import type { Story } from '../stories/story.ts';

/** Whether an alert's fall, from the peak or of the day, is at least `from` basis points. A rise counts with those of any depth alone. */
const reaches = (alert: Alert, from: number): boolean => from === 0 || isDown(alert.price, referencePrice(alert), from);

/** Whether a card of this story pings: a slide that is deep enough, and every test. */
const pings = (story: Story, from: number): boolean =>
  story.kind === 'test' || (story.kind === 'slide' && story.alerts.some((alert) => reaches(alert, from)));

/** The role or group (platform's id) that a card pings in a channel with these settings (a ChannelSettings as JSON), or undefined. */
export const pingOf = (settings: string | null, stories: readonly Story[]): string | undefined => {
  const { ping } = settingsOf(settings);
  return ping && stories.some((story) => pings(story, ping.from)) ? ping.id : undefined;
};
