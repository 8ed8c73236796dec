import { ChannelType, type Client, Events, type Guild, type GuildBasedChannel, PermissionFlagsBits } from 'discord.js';
import type { PlatformEvents } from '../../channels/platform-events.ts';

const PLATFORM = 'discord';
const TO_GREET = [PermissionFlagsBits.ViewChannel, PermissionFlagsBits.SendMessages];

/**
 * Tells when the bot has come to a server. Those of READY and those that come back from an outage are no arrivals:
 * discord.js tells them apart. A server that is joined during its outage has no channels yet: it is told once it has.
 */
export const handleGuildJoins = (client: Client, events: PlatformEvents): void => {
  const awaited = new Set<string>();
  const arrived = (guild: Guild) => {
    const channel = channelToGreet(guild);
    if (channel === undefined) return;
    void events.invited({
      platform: PLATFORM,
      workspace: guild.id,
      address: channel.id,
      locale: guild.preferredLocale,
      destination: false,
    });
  };
  client.on(Events.GuildCreate, (guild) => {
    if (guild.available) arrived(guild);
    else awaited.add(guild.id);
  });
  client.on(Events.GuildAvailable, (guild) => {
    if (awaited.delete(guild.id)) arrived(guild);
  });
  client.on(Events.GuildDelete, ({ id }) => awaited.delete(id));
};

/** Where newcomers are announced, or else the uppermost text channel, of those that the bot may see and write in. */
const channelToGreet = (guild: Guild): GuildBasedChannel | undefined => {
  const texts = guild.channels.cache
    .filter((channel) => channel.type === ChannelType.GuildText)
    .sort((a, b) => a.rawPosition - b.rawPosition || (BigInt(a.id) < BigInt(b.id) ? -1 : 1));
  const { me } = guild.members;
  const welcome = guild.systemChannelId === null ? undefined : texts.get(guild.systemChannelId);
  return [...(welcome === undefined ? [] : [welcome]), ...texts.values()].find((channel) =>
    me === null ? false : channel.permissionsFor(me).has(TO_GREET),
  );
};
