import { DiscordAPIError, RESTJSONErrorCodes, Routes } from 'discord.js';
import { z } from 'zod';
import type { Logger } from '../../telemetry/log.ts';
import { PlatformError } from '../platform.ts';
import { codeOf, outcomeOf } from './outcome.ts';
import type { RequestProgress, RestClient } from './rest-client.ts';

const NO_CHANNEL =
  'Discord has no channel with the ID in DISCORD_CHANNEL_ID (10003). Copy the ID again (right-click the channel, Copy Channel ID) and restart.';

const ChannelAnswer = z.object({ guild_id: z.string().optional() });

/**
 * Looks up the channel; resolves with the server's id if Discord names it. A channel that we may not see is only logged:
 * posting continues as soon as the bot has the permission.
 * @throws PlatformError if the channel does not exist.
 */
export const checkChannel = async (client: RestClient, channelId: string, log: Logger): Promise<string | undefined> => {
  const progress: RequestProgress = { maybeTaken: false, throttled: false };
  try {
    const found = ChannelAnswer.safeParse(
      await client.track(progress, () => client.rest.get(Routes.channel(channelId))),
    );
    return found.data?.guild_id;
  } catch (error) {
    if (error instanceof DiscordAPIError && error.code === RESTJSONErrorCodes.UnknownChannel)
      throw new PlatformError(NO_CHANNEL);
    const outcome = outcomeOf(error, progress);
    if (outcome.kind === 'forbidden')
      log.error({ channel: channelId, reason: outcome.reason, remedy: outcome.remedy }, 'cards cannot be posted yet');
    else log.warn({ fault: codeOf(error) }, 'discord channel could not be checked');
    return undefined;
  }
};
