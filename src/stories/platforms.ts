/** What rooms below a platform's own folder need to know about it. */
export interface PlatformFacts {
  /** Opens a channel in a browser, before `WORKSPACE/CHANNEL`; absent if the platform has no such page. */
  readonly channelUrl?: string;
  /** How a person types a command: what stands before its name, and whether options carry theirs (`symbol:NVDA`). */
  readonly commandPrefix: string;
  readonly namedOptions: boolean;
  /** What a card can ping, by its message key, and the form in which a person names one; absent if nothing. */
  readonly pings?: { readonly messageKey: 'channel.role' | 'channel.group'; readonly form: RegExp };
  /** Message key that says who may change a channel; absent if nobody can there. */
  readonly permissionKey?: string;
  /** How long a question can be answered: then its token or address expires. */
  readonly replyMinutes?: number;
  /** Whether a card that is posted can be written anew. */
  readonly edits: boolean;
}

/** A page on which a person brings the bot into a server or workspace, or into all their own chats. */
export interface Invitation {
  readonly to: 'server' | 'person' | 'workspace';
  readonly url: string;
  /** The way there in words, where that address is too long for a terminal: English text. */
  readonly inWords?: string;
}

const WITHOUT_A_CHAT: PlatformFacts = { commandPrefix: '/', namedOptions: true, edits: false };

/** By the platform's id, as stored with channels and deliveries. */
const PLATFORMS: Readonly<Record<string, PlatformFacts>> = {
  discord: {
    channelUrl: 'https://discord.com/channels/',
    commandPrefix: '/',
    namedOptions: true,
    // Not a mention of everybody.
    pings: { messageKey: 'channel.role', form: /^(?:<@&(\d{15,21})>|(\d{15,21}))$/ },
    permissionKey: 'permission.discord',
    replyMinutes: 15,
    edits: true,
  },
  slack: {
    channelUrl: 'https://app.slack.com/client/',
    commandPrefix: '/slidewatch ',
    namedOptions: false,
    pings: {
      messageKey: 'channel.group',
      form: /^(?:<!subteam\^([A-Z0-9]{6,20})(?:\|[^<>]*)?>|(S[A-Z0-9]{6,19}))$/,
    },
    permissionKey: 'permission.slack',
    replyMinutes: 30,
    edits: true,
  },
  // A posted card that changes is sent once more.
  webhook: { ...WITHOUT_A_CHAT, edits: true },
  terminal: WITHOUT_A_CHAT,
};

/** Platforms whose channels .env may name. */
export const PLATFORM_IDS: readonly string[] = Object.keys(PLATFORMS);

/** The facts of a platform; those of a place without a chat, such as the board, for any other id. */
export const platformFacts = (id: string): PlatformFacts => PLATFORMS[id] ?? WITHOUT_A_CHAT;

/** A command's name as a person types it on a platform: `/setup`, `/slidewatch setup`. */
export const typedName = (name: string, platform: string): string => `${platformFacts(platform).commandPrefix}${name}`;

/** The local page as a platform. It is always there, and .env names no channels of it. */
export const BOARD_ID = 'board';

/** Nothing that people do on a platform arrives, such as commands and buttons; cards may be posted all the same. */
export interface Disconnection extends AwayReason {
  /** Epoch milliseconds. */
  readonly since: number;
}

/** Why nothing arrives. */
export interface AwayReason {
  /** English text, for logs and as the fallback of `key`. */
  readonly reason: string;
  /** Key of a text under `status.away` in the messages. */
  readonly key?: string;
  readonly values?: Readonly<Record<string, string>>;
}

/** A sentence for whoever runs the bot: in English, and the key of a text under `status.note` in the messages. */
export interface PlatformNote {
  readonly text: string;
  readonly key: string;
  readonly values?: Readonly<Record<string, string | number>>;
}

/** Whether a platform takes cards. */
export interface PlatformState {
  readonly name: string;
  readonly state: 'on' | 'down';
  /** Why it is down, and what to do: English text. */
  readonly detail?: string;
  /** What closed it: the key of a text around the detail under `status.closed` in the messages. */
  readonly cause?: string;
  /** When it was closed, epoch milliseconds. */
  readonly since?: number;
  readonly disconnected?: Disconnection;
  /** What else whoever runs the bot should know. */
  readonly notes?: readonly PlatformNote[];
}
