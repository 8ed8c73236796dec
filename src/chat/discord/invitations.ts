import { ApplicationIntegrationType, OAuth2Scopes, PermissionFlagsBits } from 'discord.js';
import type { Invitation } from '../../stories/platforms.ts';

/** The permissions that the bot uses, by their keys in the messages; the invitation asks for all of them. */
export const RIGHTS = {
  'view-channel': PermissionFlagsBits.ViewChannel,
  'send-messages': PermissionFlagsBits.SendMessages,
  'send-in-threads': PermissionFlagsBits.SendMessagesInThreads,
  'attach-files': PermissionFlagsBits.AttachFiles,
  /** To look for a card whose answer was lost. */
  'read-history': PermissionFlagsBits.ReadMessageHistory,
} as const;

const PAGE = 'https://discord.com/oauth2/authorize';

/** Discord's page that invites the bot to a server with all that it needs. */
export const inviteUrl = (applicationId: string): string => {
  const query = new URLSearchParams({
    client_id: applicationId,
    scope: `${OAuth2Scopes.Bot} ${OAuth2Scopes.ApplicationsCommands}`,
    permissions: String(Object.values(RIGHTS).reduce((all, bit) => all | bit, 0n)),
  });
  return `${PAGE}?${query}`;
};

/** Discord's page on which a person adds the questions to all their own chats. */
const ownUrl = (applicationId: string): string => {
  const query = new URLSearchParams({
    client_id: applicationId,
    scope: OAuth2Scopes.ApplicationsCommands,
    integration_type: String(ApplicationIntegrationType.UserInstall),
  });
  return `${PAGE}?${query}`;
};

/** `forPeople`: whether people can add the app for themselves, too. */
export const invitationsTo = (applicationId: string, forPeople = true): readonly Invitation[] => [
  { to: 'server', url: inviteUrl(applicationId) },
  ...(forPeople ? [{ to: 'person', url: ownUrl(applicationId) } as const] : []),
];

/** The bot's id, which a token's first part is in base64; that of the application, unless that was made before 2016. */
export const idInToken = (token: string): string | undefined => {
  const [first = ''] = token.split('.');
  const id = Buffer.from(first, 'base64').toString('latin1');
  return /^\d{15,20}$/.test(id) ? id : undefined;
};
