import {
  type Client,
  Events,
  type GuildChannel,
  type GuildMember,
  type PartialGuildMember,
  type Role,
} from 'discord.js';
import type { PlatformEvents } from '../../channels/platform-events.ts';

const PLATFORM = 'discord';

/**
 * Tells when what the bot may do somewhere may have changed: its roles, a role of its own, what a channel allows.
 * Discord tells of our own member without the intent for members. A new session tells of everywhere, since nobody
 * knows what has happened before it.
 */
export const handlePermissionChanges = (client: Client, events: PlatformEvents): void => {
  const changed = (workspace: string, address?: string) =>
    void events.changed({ platform: PLATFORM, workspace, ...(address === undefined ? {} : { address }) });

  client.on(Events.ClientReady, () => void events.changed({ platform: PLATFORM }));
  client.on(Events.GuildMemberUpdate, (before, after) => {
    if (after.id === client.user?.id && standing(before) !== standing(after)) changed(after.guild.id);
  });
  client.on(Events.GuildRoleUpdate, (before, after) => {
    if (isOurs(after) && before.permissions.bitfield !== after.permissions.bitfield) changed(after.guild.id);
  });
  // What a role forbids in a channel goes with the role.
  client.on(Events.GuildRoleDelete, (role) => changed(role.guild.id));
  client.on(Events.ChannelUpdate, (before, after) => {
    if (before.isDMBased() || after.isDMBased()) return;
    if (rulesOf(before) !== rulesOf(after)) changed(after.guildId, after.id);
  });
};

/** Roles, and how long the member is silenced. */
const standing = (member: GuildMember | PartialGuildMember): string =>
  `${[...member.roles.cache.keys()].sort()} ${member.communicationDisabledUntilTimestamp ?? ''}`;

const isOurs = ({ id, guild }: Role): boolean => guild.members.me?.roles.cache.has(id) ?? true;

const rulesOf = (channel: GuildChannel): string =>
  channel.permissionOverwrites.cache
    .map(({ id, allow, deny }) => `${id} ${allow.bitfield} ${deny.bitfield}`)
    .sort()
    .join();
