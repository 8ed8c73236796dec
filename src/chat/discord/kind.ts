import { z } from 'zod';
import { baseUrl, SettingsError, wholeNumber } from '../../util/environment.ts';
import { platformKind } from '../platform-kind.ts';

export const discord = platformKind({
  id: 'discord',
  name: 'Discord',
  domain: 'discord.com',
  token: 'DISCORD_TOKEN',
  variables: {
    DISCORD_TOKEN: z.string().optional(),
    DISCORD_CHANNEL_ID: z
      .string()
      .regex(/^\d{15,20}$/, {
        error: 'expected a Discord channel ID, 15 to 20 digits (right-click the channel, Copy Channel ID)',
      })
      .optional(),
    DISCORD_API_URL: baseUrl(false).optional(),
    DISCORD_RATE: wholeNumber(1, 1_000).optional(),
  },
  read: ({
    DISCORD_TOKEN: token,
    DISCORD_CHANNEL_ID: channelId,
    DISCORD_API_URL: apiUrl,
    DISCORD_RATE: ratePerSecond,
  }) => {
    if (token === undefined && channelId === undefined) return undefined;
    if (token === undefined)
      throw new SettingsError('DISCORD_TOKEN is missing, but DISCORD_CHANNEL_ID is set; add the bot token');
    return {
      token,
      ...(channelId !== undefined && { channelId }),
      ...(apiUrl !== undefined && { apiUrl }),
      ...(ratePerSecond !== undefined && { ratePerSecond }),
    };
  },
  create: async (options, bot) => {
    const { createDiscord } = await import('./discord.ts');
    return createDiscord({ ...options, ...bot, log: bot.log.child({ platform: 'discord' }) });
  },
  createToLook: async (options, log) => {
    const { createDiscord } = await import('./discord.ts');
    return createDiscord({ ...options, log });
  },
});
