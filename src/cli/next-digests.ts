import type { Settings } from '../app/settings.ts';
import { settingsOf } from '../channels/repair.ts';
import { nextDigestAt } from '../digest/digest-due.ts';
import type { Calendar } from '../market/calendar.ts';
import { channelAt } from '../store/channels.ts';
import { lookUp } from './own-store.ts';

/** When a channel that .env names has its next digest. */
export interface NextDigest {
  readonly platform: string;
  readonly address: string;
  /** IANA name: the channel's own, or .env's. */
  readonly timeZone: string;
  /** Epoch milliseconds; absent where the channel wants none. */
  readonly at?: number;
}

/** The next digest of each channel that .env names. @throws StoreError */
export const nextDigests = async (
  { discord, slack, timeZone }: Settings,
  calendar: Calendar,
  now: number,
): Promise<NextDigest[]> => {
  const places = [
    { platform: 'discord', address: discord?.channelId },
    { platform: 'slack', address: slack?.channelId },
  ].flatMap(({ platform, address }) => (address === undefined ? [] : [{ platform, address }]));
  // Before the first start no channel has settings of its own.
  const settings = await lookUp((db) =>
    Promise.all(places.map(async (it) => settingsOf((await channelAt(db, it.platform, it.address))?.settings ?? null))),
  );
  return places.map((place, nth) => {
    const own = settings?.[nth] ?? {};
    const at = nextDigestAt(own, timeZone, calendar, now);
    return { ...place, timeZone: own.timeZone ?? timeZone, ...(at !== undefined && { at }) };
  });
};
