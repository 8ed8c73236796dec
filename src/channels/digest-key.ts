import { type ChannelSettings, DEFAULT_KINDS, type DigestTimes } from '../stories/channel.ts';

/** When a digest is due, as all channels of one key have it. */
export interface DigestProfile extends DigestTimes {
  readonly timeZone: string;
}

/** The times of a channel's digest; undefined where it wants none. */
export const digestProfile = (settings: ChannelSettings, timeZone: string): DigestProfile | undefined =>
  (settings.kinds ?? DEFAULT_KINDS).includes('digest')
    ? { ...settings.digest, timeZone: settings.timeZone ?? timeZone }
    : undefined;

/** The same for all channels whose digests are due together. */
export const digestKey = ({ timeZone, at = '', days = [], closedDays = false }: DigestProfile): string =>
  [timeZone, at, days.toSorted().join(''), closedDays ? 'closed' : ''].join('|');
