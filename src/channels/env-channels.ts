import {
  channelAt,
  channelsInUse,
  isInUse,
  openChannel,
  type StoredChannel,
  writeLanguage,
  writeSettings,
} from '../store/channels.ts';
import { recheckHeld } from '../store/held-deliveries.ts';
import { retryPaused } from '../store/pauses.ts';
import type { Db } from '../store/store.ts';
import type { ChannelSettings } from '../stories/channel.ts';
import { BOARD_ID, PLATFORM_IDS } from '../stories/platforms.ts';
import { type Changed, type Registry, retireChannels } from './registry.ts';
import { checkedSettings } from './settings-schema.ts';
import { settingsText, withoutDefaults } from './without-defaults.ts';

const BOARD_PLACE = { platform: BOARD_ID, address: 'local' };
const NOT_IN_ENV = { status: 'retired', reason: 'not in .env any more' } as const;

/** A platform that is set up, with a channel named for it in .env or in config. */
export interface EnvChannel {
  readonly platform: string;
  readonly address?: string;
  /** What config says of the channel: it takes the place of what is stored. Absent in .env, where the channel itself has them. */
  readonly settings?: ChannelSettings;
  readonly language?: string;
  /** False if the platform was not started this time: its channels are left as they are. */
  readonly started: boolean;
}

/** Gives a channel in use what config says of it; a paused one, which its operator may have mended, is tried again. */
const rewrite = async (
  db: Db,
  before: StoredChannel,
  { settings, language }: Pick<StoredChannel, 'settings' | 'language'>,
  now: number,
): Promise<Changed> => {
  const { platform, address } = before;
  await retryPaused(db, { platform, address }, now);
  if (language !== before.language) await writeLanguage(db, before.id, language);
  if (settings !== before.settings) {
    await writeSettings(db, before.id, settings);
    await recheckHeld(db, before.id);
  }
  return { before, after: { ...before, settings, language } };
};

/**
 * Opens the channels of .env, of config and of the board, and retires those that are no longer named. An existing channel keeps
 * its settings, if they are not config's. @throws StoreError and BadSettings
 */
export const openEnvChannels = (
  registry: Registry,
  named: readonly EnvChannel[],
  language: string,
  now: number,
): Promise<void> =>
  registry.change(async (db) => {
    const changed: Changed[] = [];
    for (const platform of PLATFORM_IDS) {
      const own = named.filter((it) => it.platform === platform);
      if (own.some(({ started }) => !started)) continue;
      const others = (await channelsInUse(db, platform)).filter(
        ({ origin, address }) => origin === 'env' && !own.some((it) => it.address === address),
      );
      changed.push(...(await retireChannels(db, others, NOT_IN_ENV, now)));
    }
    const places: readonly (Pick<EnvChannel, 'settings' | 'language'> & typeof BOARD_PLACE)[] = [
      ...named.flatMap(({ address, started, ...it }) => (started && address !== undefined ? [{ ...it, address }] : [])),
      BOARD_PLACE,
    ];
    for (const { platform, address, ...own } of places) {
      const before = await channelAt(db, platform, address);
      const told = own.settings && {
        settings: settingsText(withoutDefaults(checkedSettings(own.settings), registry.defaults)),
        language: own.language ?? language,
      };
      if (before && isInUse(before)) {
        if (told) changed.push(await rewrite(db, before, told, now));
        continue;
      }
      const opened = { platform, address, origin: 'env' as const, language: before?.language ?? language, ...told };
      changed.push({ before, after: await openChannel(db, opened, now) });
    }
    return { changed, value: undefined };
  });
