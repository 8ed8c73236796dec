import type { webApi } from '@slack/bolt';
import type { Logger } from '../../telemetry/log.ts';
import { PlatformError } from '../platform.ts';
import { type Identity, identity } from './answers.ts';
import { type SlackFault, slackFault } from './fault.ts';
import { deadCodes, scopeRemedy, tokenRemedy } from './refusals.ts';

/** What is lost without a scope that is not needed for posting itself: with `chat:write`, all of the manifest's. */
export const useful: readonly (readonly [scope: string, loss: string])[] = [
  ['files:write', 'cards go without their pictures'],
  ['files:read', 'cards go without their pictures'],
  ['channels:history', 'a card whose answer was lost may be posted twice'],
  ['groups:history', 'the same in private channels'],
  ['channels:read', 'whether a channel is there, and who is in it, is not known'],
  ['groups:read', 'the same of private channels'],
  ['im:write', 'nobody is told when a channel can no longer be posted to'],
  ['commands', 'slash commands do not arrive'],
  ['app_mentions:read', 'questions by mention do not arrive'],
  ['users:read', "answers are not in the asker's language, and only who set a channel up can change it"],
];

/** Whether a person has to act before any card can be posted. Everything else may pass by itself. */
export const botTokenError = (fault: SlackFault): PlatformError | undefined => {
  if (fault.kind !== 'refused') return undefined;
  if (fault.code === 'missing_scope') {
    return new PlatformError(
      `SLACK_BOT_TOKEN lacks a scope: no card can be posted. ${scopeRemedy(fault.scope ?? 'chat:write')}`,
    );
  }
  return deadCodes.has(fault.code)
    ? new PlatformError(`Slack refuses SLACK_BOT_TOKEN (${fault.code}): no card can be posted. ${tokenRemedy}`)
    : undefined;
};

/**
 * Asks Slack who we are (auth.test) and warns of scopes that are missing.
 * Resolves with the fault where Slack cannot be asked now; throws PlatformError where a person has to act.
 */
export const identify = async (client: webApi.WebClient, log: Logger): Promise<Identity | SlackFault> => {
  try {
    const read = identity.safeParse(await client.auth.test());
    if (!read.success) return { kind: 'lost', cause: 'unreadable answer' };
    const { scopes } = read.data;
    if (scopes !== undefined && !scopes.includes('chat:write')) {
      throw new PlatformError(
        `SLACK_BOT_TOKEN lacks the scope chat:write: no card can be posted. ${scopeRemedy('chat:write')}`,
      );
    }
    for (const [scope, loss] of scopes === undefined ? [] : useful) {
      if (!scopes?.includes(scope)) log.warn({ scope, loss, remedy: scopeRemedy(scope) }, 'slack scope is missing');
    }
    return read.data;
  } catch (error) {
    if (error instanceof PlatformError) throw error;
    const fault = slackFault(error);
    const refused = botTokenError(fault);
    if (refused !== undefined) throw refused;
    return fault;
  }
};
