import { ApplicationIntegrationType, ChannelType, type Interaction, PermissionFlagsBits } from 'discord.js';
import type { Translator } from '../../i18n/catalogue.ts';
import type { InteractionPlace } from './interaction-places.ts';
import { RIGHTS } from './invitations.ts';

/** What may be needed to post; the last where the chat belongs to a voice channel. */
const NEEDED = { ...RIGHTS, connect: PermissionFlagsBits.Connect } as const;

type Right = keyof typeof NEEDED;

type Kind = 'text' | 'announcement' | 'thread' | 'voice' | 'forum' | 'container';

/** Kinds of channels that are no plain text. Source: Discord's documentation, "Channel Types". */
const KINDS: Readonly<Partial<Record<number, Kind>>> = {
  [ChannelType.GuildAnnouncement]: 'announcement',
  [ChannelType.PublicThread]: 'thread',
  [ChannelType.PrivateThread]: 'thread',
  [ChannelType.AnnouncementThread]: 'thread',
  [ChannelType.GuildVoice]: 'voice',
  [ChannelType.GuildStageVoice]: 'voice',
  [ChannelType.GuildForum]: 'forum',
  [ChannelType.GuildMedia]: 'forum',
  [ChannelType.GuildCategory]: 'container',
  [ChannelType.GuildDirectory]: 'container',
};

const RIGHTS_IN: Readonly<Record<Kind, readonly Right[]>> = {
  text: ['view-channel', 'send-messages'],
  announcement: ['view-channel', 'send-messages'],
  thread: ['view-channel', 'send-in-threads'],
  voice: ['view-channel', 'connect', 'send-messages'],
  forum: [],
  container: [],
};

/** What the bot may do in the channel of an interaction, by what came with it. */
export interface PlaceRights {
  /** Whether the bot is in the server; if not, only its commands are, or somebody has the app for themselves. */
  readonly isMember: boolean;
  readonly kind: Kind;
  /** A thread in which moderators alone may write, of which the bot is none. */
  readonly isLocked: boolean;
  /** Without these no card can be posted. */
  readonly missing: readonly Right[];
  /** Whether pictures are taken. */
  readonly mayAttach: boolean;
}

/** Undefined in a private conversation. */
export const rightsOf = (interaction: Interaction, { type, locked }: InteractionPlace): PlaceRights | undefined => {
  if (interaction.guildId === null) return undefined;
  const { appPermissions, authorizingIntegrationOwners: owners } = interaction;
  const kind = KINDS[type ?? interaction.channel?.type ?? ChannelType.GuildText] ?? 'text';
  const isKnown = interaction.client.guilds.cache.has(interaction.guildId);
  return {
    isMember: isKnown && owners[ApplicationIntegrationType.GuildInstall] !== undefined,
    kind,
    isLocked: locked && !appPermissions.has(PermissionFlagsBits.ManageThreads),
    missing: RIGHTS_IN[kind].filter((right) => !appPermissions.has(NEEDED[right])),
    mayAttach: appPermissions.has(RIGHTS['attach-files']),
  };
};

/** Whether cards are taken in the channel, pictures or not. */
export const isOpen = ({ isMember, kind, isLocked, missing }: PlaceRights): boolean =>
  isMember && !isLocked && missing.length === 0 && RIGHTS_IN[kind].length > 0;

/** Why nothing can be set up where a question came from, and what to do, as one sentence; undefined: the bot is there. */
export const absenceText = (words: Translator, rights: PlaceRights | undefined): string | undefined => {
  if (rights === undefined) return words.say('discord.private');
  return rights.isMember ? undefined : words.say('discord.no-member');
};

/** What else becomes of cards in the channel, as one sentence. */
export const remarkText = (words: Translator, { kind }: PlaceRights): string | undefined =>
  kind === 'announcement' ? words.say('discord.published') : undefined;

/** Why no card can be posted in the channel, and who can change it, as one sentence; undefined: nothing is in the way. */
export const obstacleText = (words: Translator, rights: PlaceRights): string | undefined => {
  const { kind, isLocked, missing } = rights;
  if (kind === 'forum' || kind === 'container') return words.say(`discord.${kind}`);
  if (missing.length > 0) {
    const names = missing.map((right) => words.say(`discord.right.${right}`)).join(', ');
    return words.say(kind === 'thread' ? 'discord.missing-in-thread' : 'discord.missing', { rights: names });
  }
  return isLocked ? words.say('discord.locked') : undefined;
};
