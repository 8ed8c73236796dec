import type { OptionalPart } from '../../stories/lacks.ts';

/**
 * What Slack's error codes are about, and so what becomes of a card. Each code is in exactly one class.
 * Source: the error tables of docs.slack.dev/reference/methods/chat.postMessage and /chat.update (which answers use), and those of
 * /auth.test, /apps.connections.open and /usergroups.list for the codes of tokens and user groups; read on 2026-11-27, in their newest
 * public copies.
 */
export type Refusal =
  /** Slack will never accept this message. `blocks`: for what its blocks say, of which one may be to blame. */
  | { readonly about: 'message'; readonly blocks?: true }
  | PlaceRefusal
  | CredentialRefusal
  /** The call was not carried out, and may succeed later. `everywhere`: no channel of the workspace can be written to. */
  | { readonly about: 'network'; readonly everywhere?: 'throttled' | 'refused' }
  /** The call may have been carried out before it failed. */
  | { readonly about: 'network'; readonly lost: true };

/** The channel cannot be written to, or not with a part of the card. */
export interface PlaceRefusal {
  readonly about: 'place';
  /** What a person has to do. */
  readonly remedy: string;
  /** Key of the reason and the remedy under `pause` in the messages. */
  readonly key: string;
  /** `gone`: there is no such channel; `archived`: it may come back. Otherwise it is paused. */
  readonly ends?: 'gone' | 'archived';
  /** The part of the card that is refused alone. */
  readonly part?: OptionalPart;
}

/** The whole workspace refuses the bot. */
export interface CredentialRefusal {
  readonly about: 'credential';
  readonly remedy: string;
  /** The app was taken out of the workspace. */
  readonly uninstalled?: true;
}

export const APPS = 'https://api.slack.com/apps';

export const scopeRemedy = (scope: string): string =>
  `Add the bot scope ${scope} at ${APPS} > OAuth & Permissions, then reinstall the app.`;

export const tokenRemedy = `Copy the Bot User OAuth Token (xoxb-...) from ${APPS} > OAuth & Permissions into SLACK_BOT_TOKEN and restart. If the token is right, add this machine's address to the app's allowed IP addresses there.`;

/** For tokens that begin with xoxe. */
export const rotationRemedy = `Slidewatch does not support token rotation. Switch it off at ${APPS} > OAuth & Permissions, or, if Slack does not allow that any more, create the app again from its manifest with token_rotation_enabled: false. Then reinstall it and put the token that begins with xoxb- into SLACK_BOT_TOKEN.`;

const reinstallRemedy = `Install the app in the workspace again at ${APPS} > Install App, put its Bot User OAuth Token into SLACK_BOT_TOKEN and restart. The channels keep their settings.`;

const owner = {
  about: 'place',
  remedy: 'Ask a workspace owner to let the app Slidewatch post in this channel.',
  key: 'slack-owner',
} as const;

const sharing = (part: OptionalPart) =>
  ({
    about: 'place',
    remedy: 'Ask a workspace owner to allow files and links to files in this channel (Slack Connect settings).',
    key: 'slack-files',
    part,
  }) as const;

const credential = (remedy: string) => ({ about: 'credential', remedy }) as const;

const REFUSALS: readonly (readonly [Refusal, readonly string[]])[] = [
  [{ about: 'message', blocks: true }, ['invalid_blocks', 'invalid_blocks_format', 'msg_blocks_too_long']],
  [
    { about: 'message' },
    [
      ...[
        'no_text',
        'msg_too_long',
        'attachment_payload_limit_exceeded',
        'too_many_attachments',
        'too_many_contact_cards',
        'invalid_attachments',
      ],
      ...['markdown_text_conflict', 'block_mismatch'],
      ...['metadata_must_be_sent_from_app', 'metadata_too_large', 'invalid_metadata_format', 'invalid_metadata_schema'],
      ...['invalid_arguments', 'invalid_arg_name', 'invalid_array_arg', 'invalid_charset', 'invalid_form_data'],
      ...['invalid_post_type', 'missing_post_type'],
      ...['unknown_method', 'method_deprecated', 'deprecated_endpoint', 'as_user_not_supported'],
      ...['agent_prompt_display_not_allowed', 'send_on_behalf_not_allowed'],
      ...['draft_already_deleted', 'draft_already_sent', 'draft_has_conflict', 'draft_not_found'],
      ...['duplicate_channel_not_found', 'duplicate_message_not_found'],
      // Of the message that is replied to, or that an answer replaces.
      ...['cannot_reply_to_message', 'message_not_found', 'cant_update_message', 'cant_broadcast_message'],
      ...['edit_window_closed', 'no_dual_broadcast_content_update', 'streaming_state_conflict'],
    ],
  ],
  [
    { about: 'place', remedy: 'Type /invite @Slidewatch in the channel.', key: 'slack-invite' },
    ['not_in_channel', 'no_permission'],
  ],
  [
    owner,
    [
      ...['restricted_action', 'restricted_action_read_only_channel', 'restricted_action_thread_only_channel'],
      ...['restricted_action_non_threadable_channel', 'access_denied', 'team_access_not_granted'],
      ...['app_access_restricted', 'team_not_found', 'no_access'],
    ],
  ],
  [
    {
      about: 'place',
      remedy: 'Ask a workspace owner to unlock the thread, or set Slidewatch up in the channel itself.',
      key: 'slack-thread',
    },
    ['restricted_action_thread_locked'],
  ],
  [
    { about: 'place', remedy: 'Ask a workspace owner: an admin has suspended posting.', key: 'slack-suspended' },
    ['ekm_access_denied'],
  ],
  [
    {
      about: 'place',
      remedy: 'Unarchive the channel, or type /slidewatch setup in another one.',
      key: 'slack-inactive',
    },
    ['is_inactive'],
  ],
  [
    {
      about: 'place',
      remedy: `Switch on the Messages Tab at ${APPS} > App Home.`,
      key: 'slack-messages-tab',
    },
    ['messages_tab_disabled'],
  ],
  [
    { about: 'place', remedy: 'Type /slidewatch setup in another channel.', key: 'slack-archived', ends: 'archived' },
    ['is_archived'],
  ],
  [
    { about: 'place', remedy: 'Type /slidewatch setup in another channel.', key: 'slack-gone', ends: 'gone' },
    ['channel_not_found'],
  ],
  [
    sharing('picture'),
    [
      ...['slack_connect_file_link_sharing_blocked', 'slack_connect_file_upload_sharing_blocked'],
      ...['slack_connect_clip_sharing_blocked', 'slack_connect_blocked_file_type', 'blocked_file_type'],
      ...['slack_connect_canvas_sharing_blocked', 'slack_connect_lists_sharing_blocked'],
      ...['posting_to_channel_denied', 'unable_to_share_files'],
      ...['max_file_sharing_exceeded', 'file_share_limit_reached'],
      ...['file_not_found', 'file_deleted', 'file_is_deleted', 'missing_file_data'],
    ],
  ],
  [
    {
      about: 'place',
      remedy: 'The user group is gone: type /slidewatch alerts set role none, or the ID of another one.',
      key: 'slack-group',
      part: 'ping',
    },
    ['no_such_subteam', 'subteam_not_found', 'invalid_usergroup'],
  ],
  // The scope is named in the answer: see outcome.ts.
  [{ about: 'place', remedy: scopeRemedy('chat:write'), key: 'slack-scope' }, ['missing_scope']],

  [credential(tokenRemedy), ['invalid_auth', 'not_authed', 'not_allowed_token_type']],
  [credential(rotationRemedy), ['token_expired']],
  [
    { about: 'credential', remedy: reinstallRemedy, uninstalled: true },
    ['account_inactive', 'token_revoked', 'user_removed_from_team'],
  ],
  [credential('Slack has disabled the workspace: ask a workspace owner.'), ['team_disabled']],
  [
    credential('Ask a workspace owner: the workspace demands two-factor authentication of the app.'),
    ['two_factor_setup_required'],
  ],
  [
    credential(
      'Slack does not take this call from an Enterprise organization: ask an organization admin to allow the app in this workspace, or install it in another one.',
    ),
    ['enterprise_is_restricted'],
  ],
  [
    credential(
      `Slack takes no calls from this machine's address: add it to the allowed IP addresses at ${APPS} > OAuth & Permissions, or ask a workspace owner.`,
    ),
    ['accesslimited'],
  ],

  [{ about: 'network', everywhere: 'throttled' }, ['ratelimited', 'rate_limited']],
  [{ about: 'network', everywhere: 'refused' }, ['message_limit_exceeded', 'org_login_required', 'team_added_to_org']],
  [{ about: 'network' }, ['external_channel_migrating']],
  [
    { about: 'network', lost: true },
    ['internal_error', 'fatal_error', 'request_timeout', 'service_unavailable', 'update_failed'],
  ],
];

/**
 * Codes about the person that a direct message is for, who takes none or is not there any more. Source: the error tables of
 * chat.postMessage and docs.slack.dev/reference/methods/conversations.open; read on 2026-11-27.
 */
const PERSON_CODES: ReadonlySet<string> = new Set([
  'channel_not_found',
  'user_not_found',
  'user_not_visible',
  'user_disabled',
  'cannot_dm_bot',
]);

export const isPersonCode = (code: string): boolean => PERSON_CODES.has(code);

/** Every code that is in a class, with repetitions if there were any. */
export const listedCodes: readonly string[] = REFUSALS.flatMap(([, codes]) => codes);

const byCode: ReadonlyMap<string, Refusal> = new Map(
  REFUSALS.flatMap(([refusal, codes]) => codes.map((code) => [code, refusal] as const)),
);

/** What a code is about; undefined if it is in no list. */
export const refusalOfCode = (code: string): Refusal | undefined => byCode.get(code);

/** The class of a code if it is about the place. */
export const placeRefusalOf = (code: string): PlaceRefusal | undefined => {
  const refusal = refusalOfCode(code);
  return refusal?.about === 'place' ? refusal : undefined;
};

/** The class of a code if it is about the credential. */
export const credentialRefusalOf = (code: string): CredentialRefusal | undefined => {
  const refusal = refusalOfCode(code);
  return refusal?.about === 'credential' ? refusal : undefined;
};
