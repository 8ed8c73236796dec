import type { SilentChannel } from '../board/board-view.ts';
import { channelAt, isAway, type StoredChannel } from '../store/channels.ts';
import type { Db } from '../store/store.ts';
import { pauseFromStore } from '../stories/pause.ts';
import type { Destination } from './start-platforms.ts';

const silentChannel = (row: StoredChannel): SilentChannel[] => {
  const { platform, id: channel, paused } = row;
  if (isAway(row)) return [{ platform, channel, state: 'ended', because: row.status_reason ?? '' }];
  if (paused === null) return [];
  const since = row.paused_at === null ? {} : { since: row.paused_at };
  return [{ platform, channel, state: 'paused', ...since, because: pauseFromStore(paused).text }];
};

/** The channels that .env and config name and that take no cards, each with why. */
export const silentChannels = async (db: Db, destinations: readonly Destination[]): Promise<SilentChannel[]> => {
  const named = destinations.flatMap(({ platform: { name }, channelId, channels = [] }) =>
    [...(channelId === undefined ? [] : [channelId]), ...channels.map(({ address }) => address)].map(
      (address) => [name, address] as const,
    ),
  );
  const rows = await Promise.all(named.map(([platform, address]) => channelAt(db, platform, address)));
  return rows.flatMap((row) => (row ? silentChannel(row) : []));
};
