import type { Asked, Shown } from './asked.ts';
import { isRecord } from './components.ts';
import type { Gateway } from './gateway.ts';
import { BITS, bitsOf, roleBody } from './guild-bodies.ts';
import { ALL, type World } from './world.ts';

interface Use {
  /** Discord's name of the person's language; `en-US` by default. */
  readonly locale?: string;
  /** Ids of the person and the channel. */
  readonly user?: string;
  readonly channel?: string;
  /** True in a private conversation with the bot. */
  readonly private?: boolean;
  /** What the person may do in the channel, as bits (guild-bodies.ts); nothing by default. */
  readonly permissions?: bigint;
  /** What the bot may do there; what the channel says by default. */
  readonly appPermissions?: bigint;
  /** True in a server that the bot is no member of: only the person has the app. */
  readonly personal?: boolean;
  /** True in a group of people, without the bot: only the person has the app. */
  readonly group?: boolean;
}

export interface CommandUse extends Use {
  /** `quote`, `facts list` */
  readonly command: string;
  readonly options?: Readonly<Record<string, string>>;
  /** True where the server has opened the command to everybody, whatever rights its registration asks for. */
  readonly opened?: boolean;
  /** True where Discord still shows the command as it once was, for servers and people, everywhere. */
  readonly stale?: boolean;
}

export interface Typing extends CommandUse {
  /** The option that is being typed, and what is there so far. */
  readonly option: string;
  readonly typed: string;
}

export interface Click extends Use {
  readonly customId: string;
  /** The message with the button; a public one by default. */
  readonly on?: Shown;
  /** The id of the public message; a new one by default. */
  readonly message?: string;
}

const KINDS = { command: 2, click: 3, typing: 4 };
/** Type of an option that is answered with a role's id. */
const ROLE = 8;
const EPHEMERAL = 1 << 6;
/** A server that the bot has never been in. */
export const ABROAD = '900000000000000077';
const USER = '200000000000000001';
const CHANNEL = '112233445566778899';

/** People who ask: each use goes over the gateway as an INTERACTION_CREATE. */
export const createInteractions = (world: World, gateway: Gateway) => {
  const dispatch = (kind: Asked['kind'], use: Use, data: object, rest: object = {}, original?: Shown): Asked => {
    const channelId = use.channel ?? CHANNEL;
    const id = world.newId();
    const asked: Asked = {
      ...{ id, token: `interaction-token-${id}`, kind, channelId, at: world.now(), original, shown: [], followUps: 0 },
      abroad: isAbroad(use),
      quiet: use.personal === true && ((use.permissions ?? 0n) & BITS.useExternalApps) === 0n,
      ...{ acknowledgedAt: undefined, callback: undefined, choices: undefined },
    };
    world.asked.push(asked);
    gateway.dispatch('INTERACTION_CREATE', {
      ...{ id, token: asked.token, application_id: world.applicationId, version: 1, type: KINDS[kind], data },
      ...{ channel_id: channelId, app_permissions: String(appBits(world, channelId, use)), entitlements: [] },
      ...{ locale: use.locale ?? 'en-US', attachment_size_limit: 10 * 2 ** 20 },
      authorizing_integration_owners: isAbroad(use)
        ? { 1: userOf(use).id }
        : { 0: use.private ? '0' : guildIdOf(world, channelId) },
      ...(use.private || use.group ? inPrivate(channelId, use) : inServer(world, channelId, use)),
      ...rest,
    });
    return asked;
  };

  return {
    interact: (use: CommandUse): Asked => dispatch('command', use, dataOf(world, use)),
    autocomplete: (use: Typing): Asked => dispatch('typing', use, dataOf(world, use, use)),
    click: (use: Click): Asked => {
      const message = messageOf(world, use);
      return dispatch('click', use, { custom_id: use.customId, component_type: 2 }, { message }, use.on);
    },
  };
};

/** Discord shows a command only where its registration has it, and only to people with all the rights it asks for. */
const whyHidden = (command: Record<string, unknown>, use: CommandUse): string | undefined => {
  if (use.stale) return undefined;
  const { contexts, integration_types: types } = command;
  const context = use.group ? 2 : use.private ? 1 : 0;
  if (Array.isArray(contexts) && !contexts.includes(context)) return 'is not registered for such a place';
  if (isAbroad(use) && Array.isArray(types) && !types.includes(1)) return 'is not registered for people';
  const wanted = BigInt(String(command.default_member_permissions ?? 0));
  const { permissions = 0n, opened = false } = use;
  if (
    use.private ||
    use.group ||
    opened ||
    (permissions & BITS.administrator) !== 0n ||
    (permissions & wanted) === wanted
  )
    return undefined;
  return 'is hidden from people with these permissions';
};

const dataOf = (world: World, use: CommandUse, typing?: Typing) => {
  const { command, options = {} } = use;
  const [name = '', subcommand] = command.split(' ');
  const found = named(world.commands, name);
  const leaf = subcommand === undefined ? found : named(found?.options, subcommand);
  if (leaf === undefined) throw new Error(`No command ${command} is registered`);
  const hidden = found && whyHidden(found, use);
  if (hidden !== undefined) throw new Error(`Command ${command} ${hidden}`);
  const all = typing === undefined ? options : { ...options, [typing.option]: typing.typed };
  const given = Object.entries(all).map(([option, value]) => {
    const known = named(leaf.options, option);
    if (known === undefined) throw new Error(`Command ${command} has no option ${option}`);
    const focused = typing?.option === option;
    if (focused && known.autocomplete !== true) throw new Error(`Option ${option} of ${command} is not completed`);
    return { name: option, type: Number(known.type), value, ...(focused ? { focused } : {}) };
  });
  const roles = given.filter(({ type }) => type === ROLE).map(({ value }) => [value, roleBody(value, value, '0')]);
  return {
    id: found?.id,
    name,
    type: 1,
    ...(roles.length > 0 ? { resolved: { roles: Object.fromEntries(roles) } } : {}),
    options: subcommand === undefined ? given : [{ name: subcommand, type: 1, options: given }],
  };
};

const named = (list: unknown, name: string): Record<string, unknown> | undefined =>
  Array.isArray(list) ? list.filter(isRecord).find((each) => each.name === name) : undefined;

const userOf = ({ user = USER }: Use) => ({
  id: user,
  username: `user-${user}`,
  discriminator: '0',
  avatar: null,
  global_name: null,
});

const isAbroad = ({ personal = false, group = false }: Use): boolean => personal || group;

/** In a private conversation the bot may do all; in a channel that was never made, too. */
const appBits = (world: World, channelId: string, { appPermissions, ...use }: Use): bigint =>
  appPermissions ?? (isAbroad(use) ? 0n : BigInt(bitsOf(world.allowedIn(channelId) ?? ALL, true)));

const inServer = (world: World, channelId: string, use: Use) => ({
  guild_id: use.personal ? ABROAD : guildIdOf(world, channelId),
  guild_locale: 'en-US',
  context: 0,
  channel: {
    id: channelId,
    ...{ name: `channel-${channelId}`, position: 0 },
    ...(use.personal ? { type: 0, guild_id: ABROAD } : placeOf(world, channelId)),
  },
  member: {
    ...{ user: userOf(use), roles: [], permissions: String(use.permissions ?? 0n) },
    ...{ joined_at: '2024-01-01T00:00:00Z', deaf: false, mute: false, flags: 0 },
  },
});

/** What an interaction says of its channel: a thread's state, too. */
const placeOf = (world: World, channelId: string) => {
  const { type = 0, thread } = world.channels.get(channelId) ?? {};
  const { parent, archived = false, locked = false } = thread ?? {};
  const metadata = { archived, locked, auto_archive_duration: 1_440, archive_timestamp: '2025-06-02T14:00:00+00:00' };
  return {
    ...{ type, guild_id: guildIdOf(world, channelId) },
    ...(thread ? { parent_id: parent, thread_metadata: metadata } : {}),
  };
};

const guildIdOf = (world: World, channelId: string): string => world.channels.get(channelId)?.guildId ?? world.guildId;

const inPrivate = (channelId: string, use: Use) => ({
  context: use.group ? 2 : 1,
  channel: { id: channelId, type: use.group ? 3 : 1, last_message_id: null },
  user: userOf(use),
});

const messageOf = (world: World, { on, message, channel = CHANNEL }: Click) => ({
  id: on?.id ?? message ?? world.newId(),
  channel_id: channel,
  type: 0,
  author: { id: world.applicationId, username: 'slidewatch', discriminator: '0000', avatar: null, bot: true },
  content: '',
  timestamp: new Date(world.now()).toISOString(),
  edited_timestamp: null,
  tts: false,
  mention_everyone: false,
  ...{ mentions: [], mention_roles: [], attachments: [], embeds: [], pinned: false },
  components: on?.payload.components ?? [],
  flags: Number(on?.payload.flags ?? 0) | (on?.ephemeral ? EPHEMERAL : 0),
});
