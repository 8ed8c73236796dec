import { envChannels, type Settings } from '../app/settings.ts';
import { settingsOf } from '../channels/repair-settings.ts';
import { nextDigestAt } from '../digest/digest-due.ts';
import type { Calendar } from '../market/calendar.ts';
import { channelAt } from '../store/channels.ts';
import { lookUp } from './own-store.ts';

/** The next digest of a channel set in .env or config. */
export interface NextDigest {
  readonly platform: string;
  readonly address: string;
  /** IANA time zone: the channel's own, or the one from .env. */
  readonly timeZone: string;
  /** Whether a file of config has its settings. */
  readonly isFromFile?: true;
  /** Epoch milliseconds; absent if the channel has turned the digest off. */
  readonly at?: number;
}

/** The next digest of each channel set in .env. @throws StoreError */
export const nextDigests = async (settings: Settings, calendar: Calendar, now: number): Promise<NextDigest[]> => {
  const { timeZone } = settings;
  const places = envChannels(settings);
  // Without a database, no channel has its own settings yet.
  const stored = await lookUp((db) =>
    Promise.all(places.map(async (it) => settingsOf((await channelAt(db, it.platform, it.address))?.settings ?? null))),
  );
  return places.map((place, nth) => {
    const own = place.settings ?? stored?.[nth] ?? {};
    const at = nextDigestAt(own, timeZone, calendar, now);
    const { platform, address, settings } = place;
    return {
      ...{ platform, address, timeZone: own.timeZone ?? timeZone },
      ...(settings && { isFromFile: true as const }),
      ...(at !== undefined && { at }),
    };
  });
};
