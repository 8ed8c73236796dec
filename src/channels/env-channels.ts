import { channelAt, channelsInUse, openChannel } from '../store/channels.ts';
import { type Changed, ending, type Registry } from './registry.ts';

/** Platforms whose channels .env may name. */
const PLATFORMS = ['discord', 'slack', 'terminal'];
const BOARD = { platform: 'board', address: 'local' };
const NOT_NAMED = 'not in .env any more';

/** A platform that .env configures, with the channel that it names there. */
export interface EnvChannel {
  readonly platform: string;
  readonly address?: string;
  /** False where the platform was left out at this start: its channels wait for it. */
  readonly started: boolean;
}

/**
 * Makes .env's channels and the board's, and retires those that .env has named before and names no longer. A channel
 * that is there keeps what its people have set. @throws StoreError
 */
export const openEnvChannels = (
  registry: Registry,
  named: readonly EnvChannel[],
  language: string,
  now: number,
): Promise<void> =>
  registry.change(async (db) => {
    const changed: Changed[] = [];
    for (const platform of PLATFORMS) {
      const own = named.filter((it) => it.platform === platform);
      if (own.some(({ started }) => !started)) continue;
      const others = (await channelsInUse(db, platform)).filter(
        ({ origin, address }) => origin === 'env' && !own.some((it) => it.address === address),
      );
      changed.push(...(await ending(db, others, NOT_NAMED, now)));
    }
    const places = named.flatMap(({ platform, address, started }) =>
      started && address !== undefined ? [{ platform, address }] : [],
    );
    for (const place of [...places, BOARD]) {
      const before = await channelAt(db, place.platform, place.address);
      if (before && before.retired === null) continue;
      const opened = { ...place, origin: 'env' as const, language: before?.language ?? language };
      changed.push({ before, after: await openChannel(db, opened, now) });
    }
    return { changed, value: undefined };
  });
