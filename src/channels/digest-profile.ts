import { type ChannelSettings, DEFAULT_KINDS, type DigestTimes } from '../stories/channel.ts';

/** When digests are due: the same for all channels with one `digestKey`. */
export interface DigestProfile extends DigestTimes {
  readonly timeZone: string;
}

/** The digest profile of a channel; undefined if it wants no digest. */
export const digestProfile = (settings: ChannelSettings, timeZone: string): DigestProfile | undefined =>
  (settings.kinds ?? DEFAULT_KINDS).includes('digest')
    ? { ...settings.digest, timeZone: settings.timeZone ?? timeZone }
    : undefined;

/** The key of a profile in the store: equal for channels whose digests are always due together. */
export const digestKey = ({ timeZone, at = '', days = [], closedDays = false }: DigestProfile): string =>
  [timeZone, at, days.toSorted().join(''), closedDays ? 'closed' : ''].join('|');
