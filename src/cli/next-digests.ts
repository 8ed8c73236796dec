import { existsSync } from 'node:fs';
import { settingsOf } from '../channels/repair.ts';
import type { ChannelSettings } from '../channels/settings.ts';
import { nextDigestAt } from '../digest/digest-due.ts';
import type { Calendar } from '../market/calendar.ts';
import type { Settings } from '../settings.ts';
import { channelAt } from '../store/channels.ts';
import { openStore } from '../store/store.ts';

/** When a channel that .env names has its next digest. */
export interface NextDigest {
  readonly platform: string;
  readonly address: string;
  /** IANA name: the channel's own, or .env's. */
  readonly timeZone: string;
  /** Epoch milliseconds; absent where the channel wants none. */
  readonly at?: number;
}

/** What the channels have said for themselves; nothing before the first start. */
const settingsIn = async (
  path: string,
  places: readonly { readonly platform: string; readonly address: string }[],
): Promise<ChannelSettings[]> => {
  if (!existsSync(path)) return places.map(() => ({}));
  const store = await openStore(`sqlite:${path}`);
  try {
    const all: ChannelSettings[] = [];
    for (const { platform, address } of places)
      all.push(settingsOf((await channelAt(store.db, platform, address))?.settings ?? null));
    return all;
  } finally {
    await store.close();
  }
};

/** The next digest of each channel that .env names. @throws StoreError */
export const nextDigests = async (
  { discord, slack, timeZone }: Settings,
  path: string,
  calendar: Calendar,
  now: number,
): Promise<NextDigest[]> => {
  const places = [
    { platform: 'discord', address: discord?.channelId },
    { platform: 'slack', address: slack?.channelId },
  ].flatMap(({ platform, address }) => (address === undefined ? [] : [{ platform, address }]));
  const settings = await settingsIn(path, places);
  return places.map((place, nth) => {
    const own = settings[nth] ?? {};
    const at = nextDigestAt(own, timeZone, calendar, now);
    return { ...place, timeZone: own.timeZone ?? timeZone, ...(at !== undefined && { at }) };
  });
};
