import { type Interaction, PermissionFlagsBits } from 'discord.js';
import type { InteractionPlace } from './interaction-places.ts';
import { pingsIn, roleNameIn } from './pingable.ts';
import { type PlaceRights, rightsOf } from './place-rights.ts';

/** Where one interaction is answered. The token is valid, and a secret, for fifteen minutes. */
export interface Address {
  readonly applicationId: string;
  readonly id: string;
  readonly token: string;
}

interface Sender {
  readonly address: Address;
  /** The person's id. */
  readonly asker: string;
  /** The person as the server shows them. */
  readonly askerName: string;
  /** The channel's id; empty if Discord names none. */
  readonly channel: string;
  /** The person's language as Discord names it: `ko`, `en-US`. */
  readonly locale: string;
  /** The server's id; absent in a private conversation. */
  readonly workspace?: string;
  /** Whether the person may change this channel's settings, by the permissions that come with the interaction. */
  readonly mayChange: boolean;
  /** What the bot may do in the channel; absent in a private conversation. */
  readonly rights?: PlaceRights;
  /** Whether a ping of a role in the channel notifies anybody; undefined if the role is not known. */
  readonly pings: (role: string) => boolean | undefined;
  /** What people call a role; undefined if it is not known. */
  readonly roleName: (role: string) => string | undefined;
}

/** One of these is enough; an administrator has them all. */
const SETTINGS_PERMISSIONS = [PermissionFlagsBits.ManageGuild, PermissionFlagsBits.ManageChannels];

/** A command, a click or typing, without discord.js types. All texts are untrusted. */
export type Incoming = Sender &
  (
    | { readonly kind: 'command'; readonly name: string; readonly options: Readonly<Record<string, string>> }
    /** `own`: only this person sees the message with the button. */
    | { readonly kind: 'click'; readonly customId: string; readonly own: boolean; readonly message: string }
    | { readonly kind: 'typing'; readonly name: string; readonly option: string; readonly typed: string }
  );

/** The name in this server, else that of the account. */
const nameOf = ({ member, user }: Interaction): string =>
  (member && ('displayName' in member ? member.displayName : member.nick)) || user.displayName;

/** An interaction of discord.js; undefined for kinds that we do not handle. Two-word names are a command and its subcommand. */
export const incomingOf = (interaction: Interaction, place: InteractionPlace): Incoming | undefined => {
  const rights = rightsOf(interaction, place);
  const sender: Sender = {
    address: { applicationId: interaction.applicationId, id: interaction.id, token: interaction.token },
    asker: interaction.user.id,
    askerName: nameOf(interaction),
    channel: interaction.channelId ?? '',
    locale: interaction.locale,
    ...(interaction.guildId === null ? {} : { workspace: interaction.guildId }),
    ...(rights && { rights }),
    pings: pingsIn(interaction),
    roleName: roleNameIn(interaction),
    mayChange: interaction.guildId !== null && (interaction.memberPermissions?.any(SETTINGS_PERMISSIONS) ?? false),
  };
  if (interaction.isButton()) {
    const own = interaction.message.flags.has('Ephemeral');
    return { ...sender, kind: 'click', customId: interaction.customId, own, message: interaction.message.id };
  }
  if (!interaction.isChatInputCommand() && !interaction.isAutocomplete()) return undefined;
  const subcommand = interaction.options.getSubcommand(false);
  const name = subcommand === null ? interaction.commandName : `${interaction.commandName} ${subcommand}`;
  if (interaction.isAutocomplete()) {
    const focused = interaction.options.getFocused(true);
    return { ...sender, kind: 'typing', name, option: focused.name, typed: focused.value };
  }
  const [first] = interaction.options.data;
  const given = subcommand === null ? interaction.options.data : (first?.options ?? []);
  const options = Object.fromEntries(given.map((option) => [option.name, String(option.value ?? '')]));
  return { ...sender, kind: 'command', name, options };
};
