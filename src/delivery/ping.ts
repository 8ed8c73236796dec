import { z } from 'zod';
import type { Story } from '../cards/story.ts';
import type { Alert } from '../slides/alert.ts';
import { isDown } from '../slides/compare.ts';

/** Only what is read here: settings are checked as a whole where they are written. */
const Settings = z.object({ ping: z.object({ id: z.string().min(1), from: z.number().int().min(0) }).optional() });

const pingIn = (settings: string | null): { readonly id: string; readonly from: number } | undefined => {
  if (settings === null) return undefined;
  try {
    return Settings.safeParse(JSON.parse(settings)).data?.ping;
  } catch {
    return undefined;
  }
};

const reaches = (alert: Alert, from: number): boolean =>
  isDown(alert.price, alert.kind === 'day' ? alert.previous : alert.peak, from);

/**
 * Whom a card pings in a channel with these settings (a ChannelSettings as JSON): the platform's id of a role or a
 * group, where a slide in the card is at least so deep below its peak, or so deep a fall of one day.
 */
export const pingOf = (settings: string | null, stories: readonly Story[]): string | undefined => {
  const ping = pingIn(settings);
  const deep = ping && stories.some((it) => it.kind === 'slide' && it.alerts.some((each) => reaches(each, ping.from)));
  return deep ? ping.id : undefined;
};
