import { DiscordAPIError, RESTJSONErrorCodes, Routes } from 'discord.js';
import { z } from 'zod';
import type { Logger } from '../../telemetry/log.ts';
import { PlatformError } from '../platform.ts';
import { codeOf, outcomeOf } from './outcome.ts';
import type { Flight, Wire } from './wire.ts';

const NO_CHANNEL =
  'Discord has no channel with the ID in DISCORD_CHANNEL_ID (10003). Copy the ID again (right-click the channel, Copy Channel ID) and restart.';

const Found = z.object({ guild_id: z.string().optional() });

/**
 * Asks Discord for the channel; resolves with the server's id where Discord names it.
 * @throws PlatformError where it does not exist. A channel that we may not see is told of and no more: posting waits
 * for the permission and goes on by itself.
 */
export const checkChannel = async (wire: Wire, channelId: string, log: Logger): Promise<string | undefined> => {
  const flight: Flight = { maybeTaken: false, throttled: false };
  try {
    const found = Found.safeParse(await wire.fly(flight, () => wire.rest.get(Routes.channel(channelId))));
    return found.data?.guild_id;
  } catch (error) {
    if (error instanceof DiscordAPIError && error.code === RESTJSONErrorCodes.UnknownChannel)
      throw new PlatformError(NO_CHANNEL);
    const outcome = outcomeOf(error, flight);
    if (outcome.kind === 'forbidden')
      log.error({ channel: channelId, reason: outcome.reason, remedy: outcome.remedy }, 'cards cannot be posted yet');
    else log.warn({ fault: codeOf(error) }, 'discord channel could not be checked');
    return undefined;
  }
};
