import { type Interaction, PermissionFlagsBits } from 'discord.js';

/** The name of a role, as people type it; undefined if the role is not known. */
export const roleNameIn =
  ({ guild }: Pick<Interaction, 'guild'>) =>
  (role: string): string | undefined => {
    const name = guild?.roles.cache.get(role)?.name;
    return name === undefined ? undefined : `@${name}`;
  };

/**
 * Whether a ping of a role in the channel of an interaction notifies anybody: everybody may mention the role, or the bot all
 * roles. Otherwise Discord shows the mention and tells nobody. Undefined if the role is not known. Source: Discord's
 * documentation, "Role Object" (mentionable) and "Permissions" (MENTION_EVERYONE).
 */
export const pingsIn =
  ({ appPermissions, guild }: Pick<Interaction, 'appPermissions' | 'guild'>) =>
  (role: string): boolean | undefined =>
    appPermissions.has(PermissionFlagsBits.MentionEveryone) || guild?.roles.cache.get(role)?.mentionable;
