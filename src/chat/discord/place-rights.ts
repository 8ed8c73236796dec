import { ApplicationIntegrationType, ChannelType, type Interaction, PermissionFlagsBits } from 'discord.js';
import type { Translator } from '../../i18n/catalogue.ts';

/** Permissions that a card needs, by their keys in the messages. */
const RIGHTS = {
  'view-channel': PermissionFlagsBits.ViewChannel,
  'send-messages': PermissionFlagsBits.SendMessages,
  'send-in-threads': PermissionFlagsBits.SendMessagesInThreads,
  'attach-files': PermissionFlagsBits.AttachFiles,
} as const;

type Right = keyof typeof RIGHTS;

const THREADS: ReadonlySet<ChannelType | undefined> = new Set([
  ChannelType.PublicThread,
  ChannelType.PrivateThread,
  ChannelType.AnnouncementThread,
]);

/** What the bot may do in the channel of an interaction, by what came with it. */
export interface PlaceRights {
  /** Whether the bot is in the server; if not, only its commands are, or somebody has the app for themselves. */
  readonly isMember: boolean;
  readonly applicationId: string;
  /** Without these no card can be posted. */
  readonly missing: readonly Right[];
  /** Whether pictures are taken. */
  readonly mayAttach: boolean;
}

/** Undefined in a private conversation. */
export const rightsOf = (interaction: Interaction): PlaceRights | undefined => {
  if (interaction.guildId === null) return undefined;
  const { appPermissions, authorizingIntegrationOwners: owners, applicationId } = interaction;
  const inThread = THREADS.has(interaction.channel?.type);
  const needed: readonly Right[] = ['view-channel', inThread ? 'send-in-threads' : 'send-messages'];
  const isKnown = interaction.client.guilds.cache.has(interaction.guildId);
  return {
    isMember: isKnown && owners[ApplicationIntegrationType.GuildInstall] !== undefined,
    applicationId,
    missing: needed.filter((right) => !appPermissions.has(RIGHTS[right])),
    mayAttach: appPermissions.has(RIGHTS['attach-files']),
  };
};

/** Discord's page that invites the bot with all that it needs: these, and Read Message History to look for lost answers. */
export const inviteUrl = (applicationId: string): string => {
  const permissions = [...Object.values(RIGHTS), PermissionFlagsBits.ReadMessageHistory].reduce(
    (all, bit) => all | bit,
    0n,
  );
  const query = new URLSearchParams({
    client_id: applicationId,
    scope: 'bot applications.commands',
    permissions: String(permissions),
  });
  return `https://discord.com/oauth2/authorize?${query}`;
};

/** Why no card can be posted in the channel, and who can change it, as one sentence; undefined: nothing is in the way. */
export const obstacleText = (words: Translator, { isMember, missing }: PlaceRights): string | undefined => {
  if (!isMember) return words.say('discord.no-member');
  if (missing.length === 0) return undefined;
  return words.say('discord.missing', {
    rights: missing.map((right) => words.say(`discord.right.${right}`)).join(', '),
  });
};
