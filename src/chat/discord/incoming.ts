import { type Interaction, PermissionFlagsBits } from 'discord.js';

/** Where one interaction is answered. The token is a secret for fifteen minutes. */
export interface Address {
  readonly applicationId: string;
  readonly id: string;
  readonly token: string;
}

interface From {
  readonly address: Address;
  /** The person; the channel, empty where Discord names none. */
  readonly asker: string;
  readonly channel: string;
  /** Discord's name of the person's language, such as `ko` or `en-US`. */
  readonly locale: string;
  /** The server; absent in a private conversation. */
  readonly workspace?: string;
  /** Whether the person may change this channel's settings: by what Discord says of them with this very interaction. */
  readonly mayChange: boolean;
}

/** Any one of these will do; an administrator has them all. */
const MAY_CHANGE = [PermissionFlagsBits.ManageGuild, PermissionFlagsBits.ManageChannels];

/** What somebody did, without discord.js. All text in it is untrusted. */
export type Incoming = From &
  (
    | { readonly kind: 'command'; readonly name: string; readonly options: Readonly<Record<string, string>> }
    /** `own`: the button stands in a message that only this person sees. */
    | { readonly kind: 'click'; readonly customId: string; readonly own: boolean }
    | { readonly kind: 'typing'; readonly name: string; readonly option: string; readonly typed: string }
  );

/** What discord.js has received, where it is for us; two-word names are a command with a subcommand. */
export const incomingOf = (interaction: Interaction): Incoming | undefined => {
  const from: From = {
    address: { applicationId: interaction.applicationId, id: interaction.id, token: interaction.token },
    asker: interaction.user.id,
    channel: interaction.channelId ?? '',
    locale: interaction.locale,
    ...(interaction.guildId === null ? {} : { workspace: interaction.guildId }),
    mayChange: interaction.guildId !== null && (interaction.memberPermissions?.any(MAY_CHANGE) ?? false),
  };
  if (interaction.isButton()) {
    const own = interaction.message.flags.has('Ephemeral');
    return { ...from, kind: 'click', customId: interaction.customId, own };
  }
  if (!interaction.isChatInputCommand() && !interaction.isAutocomplete()) return undefined;
  const subcommand = interaction.options.getSubcommand(false);
  const name = subcommand === null ? interaction.commandName : `${interaction.commandName} ${subcommand}`;
  if (interaction.isAutocomplete()) {
    const focused = interaction.options.getFocused(true);
    return { ...from, kind: 'typing', name, option: focused.name, typed: focused.value };
  }
  const [first] = interaction.options.data;
  const given = subcommand === null ? interaction.options.data : (first?.options ?? []);
  const options = Object.fromEntries(given.map((option) => [option.name, String(option.value ?? '')]));
  return { ...from, kind: 'command', name, options };
};
