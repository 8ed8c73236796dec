import { ChannelType, DiscordAPIError, RESTJSONErrorCodes, Routes } from 'discord.js';
import { z } from 'zod';
import type { Logger } from '../../telemetry/log.ts';
import { PlatformError } from '../platform.ts';
import { codeOf, outcomeOf } from './outcome.ts';
import type { RequestProgress, RestClient } from './rest-client.ts';

const NO_CHANNEL =
  'Discord has no channel with the ID in DISCORD_CHANNEL_ID (10003). Copy the ID again (right-click the channel, Copy Channel ID) and restart.';

const ChannelAnswer = z.object({
  guild_id: z.string().optional(),
  type: z.number().optional().catch(undefined),
  thread_metadata: z
    .object({ archived: z.boolean().optional(), locked: z.boolean().optional() })
    .optional()
    .catch(undefined),
});

/** Kinds of channels that take no messages of their own. Any other kind is left to the first card. */
const WITHOUT_MESSAGES: Readonly<Record<number, string>> = {
  [ChannelType.GuildCategory]: 'a category',
  [ChannelType.GuildDirectory]: 'a directory',
  [ChannelType.GuildForum]: 'a forum',
  [ChannelType.GuildMedia]: 'a media channel',
};

/** Why a channel that the bot sees takes no messages, and what to do; undefined: it seems to. */
const obstacleOf = ({ type = ChannelType.GuildText, thread_metadata: thread }: z.infer<typeof ChannelAnswer>) => {
  const kind = WITHOUT_MESSAGES[type];
  if (kind !== undefined) {
    return {
      reason: `The channel in DISCORD_CHANNEL_ID is ${kind}, which takes no messages.`,
      remedy: 'Name a text channel, an announcement channel, a thread or a post of a forum, and restart.',
    };
  }
  if (thread?.locked) {
    return { reason: 'The thread in DISCORD_CHANNEL_ID is locked.', remedy: 'Ask a moderator to unlock it.' };
  }
  return undefined;
};

/** Whether the bot sees a channel that takes messages; undefined if that cannot be told. Never rejects. */
export const takesMessages = async (client: RestClient, channelId: string): Promise<boolean | undefined> => {
  const progress: RequestProgress = { maybeTaken: false, throttled: false };
  try {
    const found = ChannelAnswer.safeParse(
      await client.track(progress, () => client.rest.get(Routes.channel(channelId))),
    );
    return found.data && obstacleOf(found.data) === undefined;
  } catch (error) {
    const { kind } = outcomeOf(error, progress);
    return kind === 'gone' || kind === 'forbidden' ? false : undefined;
  }
};

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
    const obstacle = found.data && obstacleOf(found.data);
    if (obstacle) log.error({ channel: channelId, ...obstacle }, 'cards cannot be posted there');
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
