/**
 * Slack's error codes by their meaning.
 * Source: the error tables of docs.slack.dev/reference/methods/chat.postMessage, /auth.test and /apps.connections.open.
 */

/** The call may have been carried out before it failed. */
export const lostCodes: ReadonlySet<string> = new Set([
  'internal_error',
  'fatal_error',
  'request_timeout',
  'service_unavailable',
]);

/** The call was not carried out; a later try may succeed. */
export const laterCodes: ReadonlySet<string> = new Set([
  'ratelimited',
  'rate_limited',
  'message_limit_exceeded',
  'team_added_to_org',
  'org_login_required',
]);

export const goneCodes: ReadonlySet<string> = new Set(['is_archived', 'channel_not_found']);

/** The token is revoked or of the wrong kind: every call will be refused. */
export const deadCodes: ReadonlySet<string> = new Set([
  'account_inactive',
  'token_revoked',
  'token_expired',
  'invalid_auth',
  'not_authed',
  'not_allowed_token_type',
  'user_removed_from_team',
  'team_disabled',
  'two_factor_setup_required',
]);

interface Forbidden {
  readonly remedy: string;
  /** Key of its text under `pause` in the messages. */
  readonly key: string;
}

const ASK_OWNER: Forbidden = {
  remedy: 'Ask a workspace owner to let the app Slidewatch post in this channel.',
  key: 'slack-owner',
};

/** The channel exists and we may not write: what a person has to do. */
export const forbiddenCodes: ReadonlyMap<string, Forbidden> = new Map([
  ['not_in_channel', { remedy: 'Type /invite @Slidewatch in the channel.', key: 'slack-invite' }],
  ['restricted_action', ASK_OWNER],
  ['restricted_action_read_only_channel', ASK_OWNER],
  ['restricted_action_thread_only_channel', ASK_OWNER],
  ['restricted_action_non_threadable_channel', ASK_OWNER],
  ['no_permission', ASK_OWNER],
  ['access_denied', ASK_OWNER],
  ['team_access_not_granted', ASK_OWNER],
  ['ekm_access_denied', { remedy: 'Ask a workspace owner: an admin has suspended posting.', key: 'slack-suspended' }],
]);

/** Slack will never accept this message. Codes that are in no list are retried. */
export const rejectedCodes: ReadonlySet<string> = new Set([
  'msg_blocks_too_long',
  'msg_too_long',
  'no_text',
  'invalid_blocks',
  'invalid_blocks_format',
  'invalid_arguments',
  'invalid_arg_name',
  'invalid_array_arg',
  'invalid_charset',
  'invalid_form_data',
  'invalid_post_type',
  'missing_post_type',
  'invalid_metadata_format',
  'invalid_metadata_schema',
  'metadata_too_large',
  'metadata_must_be_sent_from_app',
  'too_many_attachments',
  'unknown_method',
  'method_deprecated',
  'deprecated_endpoint',
]);

export const scopeRemedy = (scope: string): string =>
  `Add the bot scope ${scope} at https://api.slack.com/apps > OAuth & Permissions, then reinstall the app.`;

export const tokenRemedy =
  'Copy the Bot User OAuth Token (xoxb-...) from https://api.slack.com/apps > OAuth & Permissions into SLACK_BOT_TOKEN and restart.';
