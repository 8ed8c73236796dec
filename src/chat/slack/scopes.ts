import type { PlatformNote } from '../../stories/platforms.ts';
import type { Logger } from '../../telemetry/log.ts';
import { APPS } from './refusals.ts';

/** Without it no card can be posted. */
export const POSTING_SCOPE = 'chat:write';

/** The other scopes of the manifest, and what does not work without one. */
const OPTIONAL_SCOPES: readonly (readonly [scope: string, loss: string])[] = [
  ['files:write', 'cards are posted without pictures'],
  ['files:read', 'cards are posted without pictures'],
  ['channels:history', "a card may be posted twice if Slack's reply is lost"],
  ['groups:history', "a card in a private channel may be posted twice if Slack's reply is lost"],
  ['channels:read', 'the bot cannot tell whether a channel exists or who is in it'],
  ['groups:read', 'the bot cannot tell whether a private channel exists or who is in it'],
  ['usergroups:read', 'nobody is told when the user group that alerts ping is disabled'],
  ['im:write', 'nobody gets a DM when a channel can no longer be posted to'],
  ['commands', 'slash commands do not arrive'],
  ['app_mentions:read', 'mentions of the bot do not arrive'],
  ['users:read', "answers are not in the user's language, and only the person who set up a channel can change it"],
];

const SCOPES = [POSTING_SCOPE, ...OPTIONAL_SCOPES.map(([scope]) => scope)];

/** The scopes of the bot token, which Slack names with every answer. */
export interface Scopes {
  hear(headers: Headers): void;
  /** Those that the token lacks; empty until Slack has named any. */
  missing(): readonly string[];
}

export const createScopes = (): Scopes => {
  let granted: ReadonlySet<string> | undefined;
  return {
    hear: (headers) => {
      const named = headers.get('x-oauth-scopes');
      if (named !== null) granted = new Set(named.split(',').map((scope) => scope.trim()));
    },
    missing: () => SCOPES.filter((scope) => granted !== undefined && !granted.has(scope)),
  };
};

const remedyFor = (scopes: string): string =>
  `Add what is missing at ${APPS} > OAuth & Permissions (${scopes}), then reinstall the app once.`;

/** What is missing, with one remedy for all; undefined if nothing is. */
export const scopeNote = (missing: readonly string[]): PlatformNote | undefined => {
  if (missing.length === 0) return undefined;
  const scopes = missing.join(', ');
  return {
    text: `Bot scopes are missing: ${scopes}. ${remedyFor(scopes)}`,
    key: 'slack-scopes',
    values: { scopes, count: missing.length },
  };
};

/** Warns in one line of all that the token lacks. */
export const warnOfScopes = (missing: readonly string[], log: Logger): void => {
  if (missing.length === 0) return;
  const losses = new Set(OPTIONAL_SCOPES.filter(([scope]) => missing.includes(scope)).map(([, loss]) => loss));
  log.warn({ scopes: missing, losses: [...losses], remedy: remedyFor(missing.join(', ')) }, 'slack scopes missing');
};
