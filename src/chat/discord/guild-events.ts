import {
  type Channel,
  ChannelType,
  type Client,
  Events,
  type Guild,
  type GuildBasedChannel,
  type GuildChannel,
  type GuildMember,
  type PartialGuildMember,
  PermissionFlagsBits,
  type Role,
} from 'discord.js';
import { z } from 'zod';
import type { PlatformEvents } from '../../channels/platform-events.ts';
import type { Pause } from '../../stories/pause.ts';

const PLATFORM = 'discord';

/** Passes on what happens to the servers and channels of the bot: joined, removed, permissions changed. */
export const handleGuildEvents = (client: Client, events: PlatformEvents): void => {
  handleGuildJoins(client, events);
  handleRemovals(client, events);
  handlePermissionChanges(client, events);
};

/**
 * Reports servers that the bot has joined. discord.js emits GuildCreate for these only, not for the servers of READY or
 * after an outage. A server joined during its outage has no channels yet: it is reported once it is available.
 */
const handleGuildJoins = (client: Client, events: PlatformEvents): void => {
  const unavailable = new Set<string>();
  const report = (guild: Guild) => {
    const channel = channelToGreet(guild);
    if (channel === undefined) {
      // Nothing can be greeted, but what was set up before may take cards again.
      void events.changed({ platform: PLATFORM, workspace: guild.id });
      return;
    }
    void events.invited({
      platform: PLATFORM,
      workspace: guild.id,
      address: channel.id,
      locale: guild.preferredLocale,
      destination: false,
    });
  };
  client.on(Events.GuildCreate, (guild) => {
    if (guild.available) report(guild);
    else unavailable.add(guild.id);
  });
  client.on(Events.GuildAvailable, (guild) => {
    if (unavailable.delete(guild.id)) report(guild);
  });
  client.on(Events.GuildDelete, ({ id }) => unavailable.delete(id));
};

const GREETING_PERMISSIONS = [PermissionFlagsBits.ViewChannel, PermissionFlagsBits.SendMessages];

/** The server's channel for newcomers, otherwise its first text channel, if the bot may see it and write in it. */
const channelToGreet = (guild: Guild): GuildBasedChannel | undefined => {
  const textChannels = guild.channels.cache
    .filter((channel) => channel.type === ChannelType.GuildText)
    .sort((a, b) => a.rawPosition - b.rawPosition || (BigInt(a.id) < BigInt(b.id) ? -1 : 1));
  const { me } = guild.members;
  const welcome = guild.systemChannelId === null ? undefined : textChannels.get(guild.systemChannelId);
  return [...(welcome === undefined ? [] : [welcome]), ...textChannels.values()].find((channel) =>
    me === null ? false : channel.permissionsFor(me).has(GREETING_PERMISSIONS),
  );
};

/** People remove a bot and invite it again to give it other permissions, or by mistake. */
const REMOVED: Pause = {
  text: 'The bot was removed from the server. Invite it again, and cards come as before.',
  key: 'discord-removed',
};

/** Reports servers and channels that no longer exist for the bot. discord.js emits nothing of this for an outage. */
const handleRemovals = (client: Client, events: PlatformEvents): void => {
  const deleted = (address: string, workspace: string) =>
    void events.removed({ platform: PLATFORM, workspace, address, reason: 'The channel was deleted.' });
  client.on(Events.GuildDelete, ({ id: workspace }) => {
    const reason = 'The bot was removed from the server, or the server was deleted.';
    void events.removed({ platform: PLATFORM, workspace, reason, pause: REMOVED });
  });
  client.on(Events.ChannelDelete, (channel) => {
    if (!channel.isDMBased()) deleted(channel.id, channel.guildId);
  });
  client.on(Events.ThreadDelete, ({ id, guildId }) => deleted(id, guildId));
};

/**
 * Reports where the bot's permissions may have changed: its roles, the permissions of one of them, or those of a channel.
 * Discord sends changes of our own member even without the members intent. A new session reports everything, because
 * changes before it are unknown.
 */
const handlePermissionChanges = (client: Client, events: PlatformEvents): void => {
  const changed = (workspace: string, address?: string) =>
    void events.changed({ platform: PLATFORM, workspace, ...(address === undefined ? {} : { address }) });

  client.on(Events.ClientReady, () => void events.changed({ platform: PLATFORM }));
  client.on(Events.GuildMemberUpdate, (before, after) => {
    if (after.id === client.user?.id && rolesAndTimeout(before) !== rolesAndTimeout(after)) changed(after.guild.id);
  });
  client.on(Events.GuildRoleUpdate, (before, after) => {
    if (isOurs(after) && before.permissions.bitfield !== after.permissions.bitfield) changed(after.guild.id);
  });
  // A deleted role may have denied something in a channel.
  client.on(Events.GuildRoleDelete, (role) => changed(role.guild.id));
  client.on(Events.ChannelUpdate, (before, after) => {
    if (before.isDMBased() || after.isDMBased()) return;
    if (overwritesOf(before) === overwritesOf(after)) return;
    changed(after.guildId, after.id);
    // Threads have no permissions of their own.
    if ('threads' in after) for (const thread of after.threads.cache.values()) changed(after.guildId, thread.id);
  });
  // discord.js tells nothing of a thread that it does not know, such as one that was archived at the start.
  client.on(Events.Raw, ({ t, d }: { readonly t: unknown; readonly d: unknown }) => {
    if (t !== 'THREAD_UPDATE') return;
    const { data: thread } = UnlockedThread.safeParse(d);
    if (thread && stateOf(client.channels.cache.get(thread.id)) !== thread.thread_metadata.archived)
      changed(thread.guild_id, thread.id);
  });
};

/** A thread that takes messages: one that is archived and not locked is unarchived by the next one. */
const UnlockedThread = z.object({
  id: z.string(),
  guild_id: z.string(),
  thread_metadata: z.object({ archived: z.boolean(), locked: z.literal(false) }),
});

/** Whether an unlocked thread is archived; undefined for one that is locked or not known. */
const stateOf = (channel: Channel | undefined): boolean | undefined =>
  channel?.isThread() && !channel.locked ? (channel.archived ?? undefined) : undefined;

/** A key of a member's roles and of the time until which a moderator has silenced them. */
const rolesAndTimeout = (member: GuildMember | PartialGuildMember): string =>
  `${[...member.roles.cache.keys()].sort()} ${member.communicationDisabledUntilTimestamp ?? ''}`;

const isOurs = ({ id, guild }: Role): boolean => guild.members.me?.roles.cache.has(id) ?? true;

const overwritesOf = (channel: GuildChannel): string =>
  channel.permissionOverwrites.cache
    .map(({ id, allow, deny }) => `${id} ${allow.bitfield} ${deny.bitfield}`)
    .sort()
    .join();
