import type { Command, Option } from '../../../commands/command.ts';
import type { Translator } from '../../i18n/catalogue.ts';
import { clip } from '../plain-text.ts';
import { ownCommands, ROOT_COMMAND } from './own-commands.ts';
import { WORKSPACE_EVENTS } from './workspace-events.ts';

/** Bot scopes. Each comment names the calls that need the scope. */
const BOT_SCOPES: readonly string[] = [
  // chat.postMessage, chat.postEphemeral, chat.update
  'chat:write',
  // pictures: files.getUploadURLExternal, files.info
  'files:write',
  'files:read',
  // conversations.history: finding a card whose answer was lost, in public and in private channels
  'channels:history',
  'groups:history',
  // conversations.info: whether the channel is there; conversations.members: who is in it; the events of channels
  'channels:read',
  'groups:read',
  // users.info: a person's language and time zone, and whether they administer the workspace
  'users:read',
  // usergroups.list: whether the group that alerts ping is still there
  'usergroups:read',
  // conversations.open: telling the person who set up a channel that it can no longer be posted to
  'im:write',
  // the slash commands below; questions by mention
  'commands',
  'app_mentions:read',
];

const BOT_EVENTS: readonly string[] = [
  'app_mention',
  'app_home_opened',
  'app_uninstalled',
  'tokens_revoked',
  ...WORKSPACE_EVENTS,
];

/** `<symbol>`, `[window: 20|252|all]`. */
const hintOf = ({ name, required = false, choices }: Option): string => {
  const text = choices === undefined ? name : `${name}: ${choices.join('|')}`;
  return required ? `<${text}>` : `[${text}]`;
};

const slashOf = ([slash, { name, options }]: readonly [string, Command], words: Translator) => ({
  command: slash,
  description: words.say(`command.${name}.description`),
  ...(options.length === 0 ? {} : { usage_hint: clip(options.map(hintOf).join(' '), 1_000) }),
  should_escape: false,
});

/**
 * The app's manifest for Socket Mode, to be pasted at https://api.slack.com/apps > Create New App > From a manifest.
 * Source of the shape: docs.slack.dev/reference/app-manifest.
 * @throws RangeError if a command may not have its own slash command.
 */
export const slackManifest = (commands: readonly Command[], words: Translator) => ({
  display_information: {
    name: 'Slidewatch',
    description: words.say('slack.manifest.about'),
    long_description: words.say('slack.manifest.long'),
    background_color: '#10161f',
  },
  features: {
    // The bot writes to people and does not read what they write there.
    app_home: { home_tab_enabled: true, messages_tab_enabled: true, messages_tab_read_only_enabled: true },
    bot_user: { display_name: 'Slidewatch', always_online: true },
    slash_commands: [
      {
        command: ROOT_COMMAND,
        description: words.say('slack.manifest.ask'),
        usage_hint: words.say('slack.manifest.ask_hint'),
        should_escape: false,
      },
      ...Array.from(ownCommands(commands), (own) => slashOf(own, words)),
    ],
  },
  oauth_config: { scopes: { bot: BOT_SCOPES } },
  settings: {
    event_subscriptions: { bot_events: BOT_EVENTS },
    interactivity: { is_enabled: true },
    org_deploy_enabled: false,
    socket_mode_enabled: true,
    token_rotation_enabled: false,
  },
});
