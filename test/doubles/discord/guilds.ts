import type { Gateway } from './gateway.ts';
import { channelBody, guildBody, ownMemberBody, ownRoleBody, roleBody } from './guild-bodies.ts';
import { ALL, type Guild, type Permissions, TYPES, type World } from './world.ts';

export interface NewGuild {
  /** By id; all permissions by default. The order is the one they are shown in. */
  readonly channels?: Readonly<Record<string, Partial<Permissions> & { readonly type?: number }>>;
  /** Where newcomers are announced. */
  readonly systemChannel?: string;
  /** `en-US` by default. */
  readonly locale?: string;
  /** True where the server is joined during its outage; `recover` ends it. */
  readonly unavailable?: boolean;
}

/** Servers, and what happens to the bot in them; all of it goes over the gateway at once. */
export interface Guilds {
  /** Somebody invites the bot. Returns the server's id. */
  joinGuild(guild?: NewGuild): string;
  /** Somebody throws the bot out. */
  leaveGuild(guildId: string): void;
  /** Somebody invites the bot to a server again that it was thrown out of; its channels are as they were. */
  rejoinGuild(guildId: string): void;
  /** Somebody opens a thread in a channel. */
  addThread(threadId: string, parent: string): void;
  /** Somebody archives or locks a thread, or takes it back. */
  changeThread(threadId: string, state: { readonly archived: boolean; readonly locked: boolean }): void;
  /** An outage of that server begins, and ends. */
  lose(guildId: string): void;
  recover(guildId: string): void;
  /** Somebody changes what the bot's own role may do in a server; in the first one where none is named. */
  changeRole(permissions: Partial<Permissions>, guildId?: string): void;
  /** Somebody makes these roles and gives them to the bot, or takes them. */
  changeMember(roles: readonly string[], guildId?: string): void;
  /** A text channel with all permissions by default. Setting up a channel again changes them. */
  addChannel(channelId: string, changes?: Partial<Permissions> & { readonly type?: number }): void;
  /** The bot may do everything in a channel from now on, and no event says so. */
  allowQuietly(channelId: string): void;
  /** Somebody deletes a channel. */
  removeChannel(channelId: string): void;
}

export const createGuilds = (world: World, gateway: Gateway): Guilds => {
  const guildOf = (id = world.guildId): Guild => {
    const guild = world.guilds.get(id);
    if (guild === undefined) throw new Error(`There is no server ${id}`);
    return guild;
  };
  const left = new Map<string, Guild>();
  return {
    joinGuild: ({ channels = {}, systemChannel, locale = 'en-US', unavailable = false } = {}) => {
      const guild = world.addGuild(locale, systemChannel);
      for (const [position, [id, { type = 0, ...permissions }]] of Object.entries(channels).entries())
        world.channels.set(id, { ...ALL, ...permissions, guildId: guild.id, type, position });
      gateway.dispatch('GUILD_CREATE', unavailable ? { id: guild.id, unavailable } : guildBody(world, guild));
      return guild.id;
    },
    leaveGuild: (id) => {
      left.set(id, guildOf(id));
      world.guilds.delete(id);
      gateway.dispatch('GUILD_DELETE', { id });
    },
    rejoinGuild: (id) => {
      const guild = left.get(id);
      if (guild === undefined) throw new Error(`The bot has not left server ${id}`);
      world.guilds.set(id, guild);
      gateway.dispatch('GUILD_CREATE', guildBody(world, guild));
    },
    addThread: (id, parent) => {
      const channel = world.channels.get(parent);
      if (channel === undefined) throw new Error(`There is no channel ${parent}`);
      const thread = { parent, archived: false, locked: false };
      world.channels.set(id, { ...channel, type: TYPES.thread, thread });
      gateway.dispatch('THREAD_CREATE', channelBody(world, id));
    },
    changeThread: (id, state) => {
      const channel = world.channels.get(id);
      if (channel?.thread === undefined) throw new Error(`There is no thread ${id}`);
      world.channels.set(id, { ...channel, thread: { ...channel.thread, ...state } });
      gateway.dispatch('THREAD_UPDATE', channelBody(world, id));
    },
    lose: (id) => gateway.dispatch('GUILD_DELETE', { id, unavailable: true }),
    recover: (id) => gateway.dispatch('GUILD_CREATE', guildBody(world, guildOf(id))),
    changeRole: (permissions, id) => {
      const guild = guildOf(id);
      guild.role = { ...guild.role, ...permissions };
      gateway.dispatch('GUILD_ROLE_UPDATE', { guild_id: guild.id, role: ownRoleBody(guild) });
    },
    changeMember: (roles, id) => {
      const guild = guildOf(id);
      for (const role of roles.map((each) => roleBody(each, each, '0')))
        gateway.dispatch('GUILD_ROLE_CREATE', { guild_id: guild.id, role });
      guild.moreRoles = roles;
      gateway.dispatch('GUILD_MEMBER_UPDATE', { guild_id: guild.id, ...ownMemberBody(world, guild) });
    },
    addChannel: (id, permissions) => {
      const before = world.channels.get(id);
      const place = before ?? { guildId: world.guildId, type: 0, position: world.channels.size };
      world.channels.set(id, { ...place, ...ALL, ...permissions });
      gateway.dispatch(before === undefined ? 'CHANNEL_CREATE' : 'CHANNEL_UPDATE', channelBody(world, id));
    },
    allowQuietly: (id) => {
      const channel = world.channels.get(id);
      if (channel !== undefined) world.channels.set(id, { ...channel, ...ALL });
    },
    removeChannel: (id) => {
      if (!world.channels.has(id)) return;
      const body = channelBody(world, id);
      world.channels.delete(id);
      gateway.dispatch('CHANNEL_DELETE', body);
    },
  };
};
