import type { Asked } from './asked.ts';
import type { UploadedFile } from './multipart.ts';
import { createSnowflakes } from './snowflake.ts';

export interface Permissions {
  readonly viewChannel: boolean;
  readonly sendMessages: boolean;
  readonly attachFiles: boolean;
  readonly sendInThreads: boolean;
  /** Without it a voice channel's chat is closed, too. */
  readonly connect: boolean;
}

export const ALL: Permissions = {
  viewChannel: true,
  sendMessages: true,
  attachFiles: true,
  sendInThreads: true,
  connect: true,
};

/** Kinds of channels. Source: Discord's documentation, "Channel Types". */
export const TYPES = {
  text: 0,
  voice: 2,
  category: 4,
  announcement: 5,
  thread: 11,
  stage: 13,
  directory: 14,
  forum: 15,
  media: 16,
};

/** A channel, and what it allows the bot. */
export interface Channel extends Permissions {
  readonly guildId: string;
  /** One of `TYPES`. */
  readonly type: number;
  readonly position: number;
  /** What a thread is in, and its state. */
  readonly thread?: { readonly parent: string; readonly archived: boolean; readonly locked: boolean };
}

/** A server that the bot is in. */
export interface Guild {
  readonly id: string;
  readonly locale: string;
  readonly systemChannel: string | undefined;
  readonly joinedAt: string;
  /** The bot's own role, and what it allows. */
  readonly roleId: string;
  role: Permissions;
  moreRoles: readonly string[];
}

export interface StoredMessage {
  readonly id: string;
  readonly channelId: string;
  /** The JSON body as it came. */
  readonly payload: Readonly<Record<string, unknown>>;
  readonly files: readonly UploadedFile[];
  readonly nonce: string | undefined;
  /** Epoch milliseconds. */
  readonly at: number;
  /** When it was last edited, epoch milliseconds. */
  readonly editedAt?: number;
}

/** What Discord remembers. */
export interface World {
  readonly now: () => number;
  readonly newId: () => string;
  readonly applicationId: string;
  readonly guildId: string;
  /** The server that everything is in unless something else is said, and all servers. */
  readonly guilds: Map<string, Guild>;
  readonly channels: Map<string, Channel>;
  /** Private conversations: the person by the channel's id. */
  readonly direct: Map<string, string>;
  /** People who take no messages from bots. */
  readonly closed: Set<string>;
  readonly deletedRoles: Set<string>;
  addGuild(locale: string, systemChannel?: string): Guild;
  /** What the bot may do in a channel: what its role and the channel allow; undefined where there is no such channel. */
  allowedIn(channelId: string): Permissions | undefined;
  readonly messages: Map<string, StoredMessage[]>;
  /** When each message was passed on to followers, by its id, epoch milliseconds. */
  readonly crossposted: Map<string, number>;
  /** Channels whose history the bot may not read. */
  readonly unreadable: Set<string>;
  /** Bodies that were refused, with every fault found. */
  readonly invalid: InvalidMessage[];
  /** When old messages were edited lately, by channel; epoch milliseconds. */
  readonly oldEdits: Map<string, readonly number[]>;
  /** The commands that are registered, as they came, with an id each. */
  commands: Readonly<Record<string, unknown>>[];
  /** Every interaction so far, oldest first. */
  readonly asked: Asked[];
  /** Whether people can add the app for themselves. */
  userInstall: boolean;
  token: string | undefined;
  /** Session starts that are left, and when they come back, in milliseconds. */
  starts: { remaining: number; resetAfter: number };
}

export interface InvalidMessage {
  readonly channelId: string;
  readonly payload: unknown;
  readonly faults: readonly string[];
}

export const createWorld = (token: string, now: () => number): World => {
  const newId = createSnowflakes(now);
  const guilds: World['guilds'] = new Map();
  const channels: World['channels'] = new Map();
  const direct: World['direct'] = new Map();
  const addGuild: World['addGuild'] = (locale, systemChannel) => {
    const own = { role: ALL, moreRoles: [], roleId: newId(), joinedAt: new Date(now()).toISOString() };
    const guild = { id: newId(), locale, systemChannel, ...own };
    guilds.set(guild.id, guild);
    return guild;
  };
  return {
    now,
    newId,
    applicationId: newId(),
    guildId: addGuild('en-US').id,
    guilds,
    channels,
    direct,
    closed: new Set(),
    deletedRoles: new Set(),
    addGuild,
    allowedIn: (channelId) => {
      if (direct.has(channelId)) return ALL;
      const channel = channels.get(channelId);
      const role = channel && guilds.get(channel.guildId)?.role;
      return (
        role && {
          viewChannel: channel.viewChannel && role.viewChannel,
          sendMessages: channel.sendMessages && role.sendMessages,
          attachFiles: channel.attachFiles && role.attachFiles,
          sendInThreads: channel.sendInThreads && role.sendInThreads,
          connect: channel.connect && role.connect,
        }
      );
    },
    messages: new Map(),
    crossposted: new Map(),
    userInstall: true,
    unreadable: new Set(),
    invalid: [],
    oldEdits: new Map(),
    commands: [],
    asked: [],
    token,
    starts: { remaining: 1_000, resetAfter: 86_400_000 },
  };
};
