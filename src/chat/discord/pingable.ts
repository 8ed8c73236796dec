import { type Interaction, PermissionFlagsBits } from 'discord.js';

/**
 * Whether a ping of a role in the channel of an interaction notifies anybody: everybody may mention the role, or the bot all
 * roles. Otherwise Discord shows the mention and tells nobody. Undefined if the role is not known. Source: Discord's
 * documentation, "Role Object" (mentionable) and "Permissions" (MENTION_EVERYONE).
 */
export const pingsIn =
  ({ appPermissions, guild }: Pick<Interaction, 'appPermissions' | 'guild'>) =>
  (role: string): boolean | undefined =>
    appPermissions.has(PermissionFlagsBits.MentionEveryone) || guild?.roles.cache.get(role)?.mentionable;
