import { channelAt, channelsInUse, isInUse, openChannel } from '../store/channels.ts';
import { BOARD_ID, PLATFORM_IDS } from '../stories/platforms.ts';
import { type Changed, type Registry, retireChannels } from './registry.ts';

const BOARD_PLACE = { platform: BOARD_ID, address: 'local' };
const NOT_IN_ENV = { status: 'retired', reason: 'not in .env any more' } as const;

/** A platform configured in .env, with the channel named for it. */
export interface EnvChannel {
  readonly platform: string;
  readonly address?: string;
  /** False if the platform was not started this time: its channels are left as they are. */
  readonly started: boolean;
}

/**
 * Opens the channels of .env and of the board, and retires those that .env no longer names. An existing channel keeps
 * its settings. @throws StoreError
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
    const places = named.flatMap(({ platform, address, started }) =>
      started && address !== undefined ? [{ platform, address }] : [],
    );
    for (const place of [...places, BOARD_PLACE]) {
      const before = await channelAt(db, place.platform, place.address);
      if (before && isInUse(before)) continue;
      const opened = { ...place, origin: 'env' as const, language: before?.language ?? language };
      changed.push({ before, after: await openChannel(db, opened, now) });
    }
    return { changed, value: undefined };
  });
