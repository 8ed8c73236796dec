import type { webApi } from '@slack/bolt';
import { PlatformError } from '../platform.ts';
import { type Identity, identity } from './answers.ts';
import { type SlackFault, slackFault } from './fault.ts';
import { credentialRefusalOf, scopeRemedy } from './refusals.ts';

/** The error of a refused bot token; undefined for faults that may pass. */
const botTokenError = (fault: SlackFault): PlatformError | undefined => {
  if (fault.kind !== 'refused') return undefined;
  if (fault.code === 'missing_scope') {
    return new PlatformError(
      `SLACK_BOT_TOKEN is missing a scope, so no card can be posted. ${scopeRemedy(fault.scope ?? 'chat:write')}`,
    );
  }
  const refused = credentialRefusalOf(fault.code);
  return (
    refused &&
    new PlatformError(`Slack rejected SLACK_BOT_TOKEN (${fault.code}), so no card can be posted. ${refused.remedy}`, {
      cause: fault,
    })
  );
};

/** The code for which Slack refused the bot token, of an error that `identify` has thrown. */
export const refusedCode = (error: unknown): string | undefined => {
  const cause: unknown = error instanceof PlatformError ? error.cause : undefined;
  const code: unknown = typeof cause === 'object' && cause !== null ? Reflect.get(cause, 'code') : undefined;
  return typeof code === 'string' ? code : undefined;
};

/**
 * Asks Slack for our identity (auth.test). Resolves with the fault if Slack cannot be asked
 * now.
 * @throws PlatformError if a person has to act.
 */
export const identify = async (client: webApi.WebClient): Promise<Identity | SlackFault> => {
  try {
    const read = identity.safeParse(await client.auth.test());
    if (!read.success) return { kind: 'lost', cause: 'unreadable response' };
    const { scopes } = read.data;
    if (scopes !== undefined && !scopes.includes('chat:write')) {
      throw new PlatformError(
        `SLACK_BOT_TOKEN is missing the scope chat:write, so no card can be posted. ${scopeRemedy('chat:write')}`,
      );
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
