/** What a person has to do, in one sentence each. */
export const NEW_TOKEN =
  'Reset the token at https://discord.com/developers/applications (your application > Bot > Reset Token), put it in DISCORD_TOKEN and restart.';

export const SEE_CHANNEL =
  'Give the bot View Channel, Send Messages and Attach Files in this channel (Edit Channel, Permissions), or invite it to the server again.';

export const WRITE_CHANNEL = 'Give the bot Send Messages and Attach Files in this channel (Edit Channel, Permissions).';

export const CHECK_CHANNEL = "Check the bot's permissions in this channel: View Channel, Send Messages, Attach Files.";

export const READ_HISTORY =
  'Give the bot Read Message History in this channel (Edit Channel, Permissions): it can then check for the card before re-sending it.';
