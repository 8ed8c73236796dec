import { type Client, Events } from 'discord.js';
import type { PlatformEvents } from '../../channels/platform-events.ts';

const PLATFORM = 'discord';

/** Tells when there is nothing left to post to. An outage of a server is none of these. */
export const handleGuildRemovals = (client: Client, events: PlatformEvents): void => {
  const deleted = (address: string, workspace: string) =>
    void events.removed({ platform: PLATFORM, workspace, address, reason: 'The channel was deleted.' });
  client.on(Events.GuildDelete, ({ id: workspace }) => {
    const reason = 'The bot was removed from the server, or the server was deleted.';
    void events.removed({ platform: PLATFORM, workspace, reason });
  });
  client.on(Events.ChannelDelete, (channel) => {
    if (!channel.isDMBased()) deleted(channel.id, channel.guildId);
  });
  client.on(Events.ThreadDelete, ({ id, guildId }) => deleted(id, guildId));
};
