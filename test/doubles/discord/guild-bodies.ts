import type { Channel, Guild, Permissions, World } from './world.ts';

/** Bits of what a member may do. Source: Discord's documentation, "Permissions". */
export const BITS = {
  administrator: 1n << 3n,
  manageChannels: 1n << 4n,
  manageGuild: 1n << 5n,
  viewChannel: 1n << 10n,
  sendMessages: 1n << 11n,
  attachFiles: 1n << 15n,
  sendInThreads: 1n << 38n,
  connect: 1n << 20n,
  manageThreads: 1n << 34n,
  useExternalApps: 1n << 50n,
};

const ALLOWED = [
  'viewChannel',
  'sendMessages',
  'attachFiles',
  'sendInThreads',
  'connect',
] as const satisfies readonly (keyof Permissions)[];

export const bitsOf = (permissions: Permissions, allowed: boolean): string =>
  ALLOWED.filter((name) => permissions[name] === allowed)
    .reduce((sum, name) => sum | BITS[name], 0n)
    .toString();

export const roleBody = (id: string, name: string, permissions: string) => ({
  ...{ id, name, permissions, position: 0, color: 0, hoist: false, managed: false, mentionable: false, flags: 0 },
  colors: { primary_color: 0, secondary_color: null, tertiary_color: null },
});

/** The bot's own role, which Discord makes when the bot is invited. */
export const ownRoleBody = ({ roleId, role }: Guild) => roleBody(roleId, 'Slidewatch', bitsOf(role, true));

export const ownMemberBody = (world: World, guild: Guild) => ({
  user: { id: world.applicationId, username: 'slidewatch', discriminator: '0000', avatar: null, bot: true },
  ...{ roles: [guild.roleId, ...guild.moreRoles], joined_at: guild.joinedAt, deaf: false, mute: false, flags: 0 },
  ...{ nick: null, avatar: null, pending: false, communication_disabled_until: null },
});

/** A thread has no overwrites: its channel's hold. */
const threadBody = (id: string, { guildId, type, thread }: Channel) => ({
  ...{ id, type, guild_id: guildId, parent_id: thread?.parent, owner_id: '200000000000000009', name: `thread-${id}` },
  ...{ member_count: 2, message_count: 4, rate_limit_per_user: 0 },
  thread_metadata: {
    ...{ archived: thread?.archived, locked: thread?.locked },
    ...{ auto_archive_duration: 1_440, archive_timestamp: '2025-06-02T14:00:00.000000+00:00' },
  },
});

/** What a channel denies the bot stands in it as an overwrite for its member. */
export const channelBody = (world: World, id: string) => {
  const channel = world.channels.get(id);
  if (channel === undefined) throw new Error(`There is no channel ${id}`);
  if (channel.thread) return threadBody(id, channel);
  const deny = bitsOf(channel, false);
  return {
    ...{ id, type: channel.type, guild_id: channel.guildId, name: `channel-${id}`, position: channel.position },
    last_message_id: world.messages.get(id)?.at(-1)?.id ?? null,
    permission_overwrites: deny === '0' ? [] : [{ id: world.applicationId, type: 1, allow: '0', deny }],
  };
};

const bodiesIn = (world: World, guild: Guild, isWanted: (channel: Channel) => boolean) =>
  [...world.channels]
    .filter(([, channel]) => channel.guildId === guild.id && isWanted(channel))
    .map(([id]) => channelBody(world, id));

export const guildBody = (world: World, guild: Guild) => ({
  ...{ id: guild.id, name: 'Test server', owner_id: '200000000000000009', unavailable: false, member_count: 2 },
  ...{ preferred_locale: guild.locale, system_channel_id: guild.systemChannel ?? null, joined_at: guild.joinedAt },
  members: [ownMemberBody(world, guild)],
  roles: [roleBody(guild.id, '@everyone', '0'), ownRoleBody(guild)],
  channels: bodiesIn(world, guild, ({ thread }) => thread === undefined),
  threads: bodiesIn(world, guild, ({ thread }) => thread !== undefined && !thread.archived),
  ...{ emojis: [], stickers: [], features: [], voice_states: [], presences: [], stage_instances: [] },
  ...{ guild_scheduled_events: [], soundboard_sounds: [] },
});
