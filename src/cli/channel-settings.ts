import { settingsOf } from '../channels/repair-settings.ts';
import { channelsInUse } from '../store/channels.ts';
import type { ChannelSettings } from '../stories/channel.ts';
import { BOARD_ID, PLATFORM_IDS } from '../stories/platforms.ts';
import { lookUp, ownSettings } from './own-store.ts';
import { UsageError } from './usage-error.ts';

/** Channels that an error names. */
const MOST_NAMED = 5;

/** The id alone, or after the name of its platform and a colon. */
const isMeant = (typed: string, platform: string, address: string): boolean =>
  typed === address || typed === `${platform}:${address}`;

/**
 * The settings of a channel, by the platform's id of it: those in the database; none of its own if it is only named in .env.
 * @throws UsageError if there is no such channel, StoreError, SettingsError.
 */
export const channelSettings = async (typed: string): Promise<ChannelSettings> => {
  const stored =
    (await lookUp((db) => Promise.all([...PLATFORM_IDS, BOARD_ID].map((id) => channelsInUse(db, id))))) ?? [];
  const channels = stored.flat();
  const found = channels.filter(({ platform, address }) => isMeant(typed, platform, address));
  if (found[0]) return settingsOf(found[0].settings);
  const named = ownSettings().platforms.flatMap(({ id, options: { channelId } }) =>
    channelId === undefined ? [] : [{ platform: id, address: channelId }],
  );
  if (named.some(({ platform, address }) => isMeant(typed, platform, address))) return {};
  const known = [...new Set([...channels, ...named].map(({ platform, address }) => `${platform}:${address}`))];
  const others = known.length > MOST_NAMED ? ` and ${known.length - MOST_NAMED} more` : '';
  throw new UsageError(
    `--channel ${typed}: no such channel; ${
      known.length === 0
        ? 'the bot has none yet: set one up, or give --levels and --day'
        : `the bot has ${known.slice(0, MOST_NAMED).join(', ')}${others}`
    }`,
  );
};
