import { webApi } from '@slack/bolt';
import type { Logger } from '../../telemetry/log.ts';
import { PlatformError } from '../platform.ts';
import { faultText, type SlackFault, slackFault } from './fault.ts';
import { deadCodes } from './refusals.ts';
import { webOptions } from './web-options.ts';

/** What a person has to do about a refused app-level token; undefined where it is not the token. */
export const appTokenError = (fault: SlackFault): PlatformError | undefined => {
  if (fault.kind !== 'refused') return undefined;
  if (fault.code === 'missing_scope' || fault.code === 'no_permission') {
    return new PlatformError(
      `SLACK_APP_TOKEN is missing the scope connections:write (${fault.code}), so no command can be received. Generate an app-level token with it at https://api.slack.com/apps > Basic Information.`,
    );
  }
  return deadCodes.has(fault.code)
    ? new PlatformError(
        `Slack rejected SLACK_APP_TOKEN (${fault.code}), so no command can be received. Copy the app-level token (xapp-...) from https://api.slack.com/apps > Basic Information into SLACK_APP_TOKEN and restart.`,
      )
    : undefined;
};

/**
 * Asks for a socket's address and opens none: Slack shares its requests out among all sockets of an app, so that a
 * second one would take commands away from a bot that runs. @throws PlatformError where the token is refused.
 */
export const checkAppToken = async (
  appToken: string,
  { log, ...web }: { readonly apiUrl?: string; readonly timeoutMs: number; readonly log: Logger },
): Promise<void> => {
  try {
    await new webApi.WebClient(appToken, webOptions({ ...web, log })).apps.connections.open({});
  } catch (error) {
    const fault = slackFault(error);
    const refused = appTokenError(fault);
    if (refused) throw refused;
    log.warn({ fault: faultText(fault) }, 'slack returned no socket address');
  }
};
