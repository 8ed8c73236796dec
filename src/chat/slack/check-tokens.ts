import { webApi } from '@slack/bolt';
import type { AwayReason, PlatformNote } from '../../stories/platforms.ts';
import type { Logger } from '../../telemetry/log.ts';
import { PlatformError } from '../platform.ts';
import { faultText, type SlackFault, slackFault } from './fault.ts';
import { webOptions } from './library-options.ts';
import { reachRemedy } from './reach-remedy.ts';
import { credentialRefusalOf, rotationRemedy } from './refusals.ts';

export interface Tokens {
  readonly botToken: string;
  readonly appToken?: string;
  readonly signingSecret?: string;
  readonly port?: number;
}

const BOT_TOKEN = 'the bot token (xoxb-..., OAuth & Permissions > Bot User OAuth Token)';
const APP_TOKEN = 'the app-level token (xapp-..., Basic Information > App-Level Tokens)';

/** Token kinds by their prefix. Source: Slack's documentation of tokens. */
const TOKEN_KINDS: readonly (readonly [start: RegExp, kind: string])[] = [
  [/^(xoxe\.)?xoxb-/, 'a bot token'],
  [/^xapp-/, 'an app-level token'],
  [/^(xoxe\.)?xoxp-/, 'a user token'],
  [/^xoxe-/, 'a refresh token'],
];

/** Whether a bot token is one of an app with token rotation: it dies after twelve hours. */
export const isRotating = (botToken: string): boolean => botToken.startsWith('xoxe.');

export const rotationNote: PlatformNote = {
  text: `SLACK_BOT_TOKEN begins with xoxe. and expires within twelve hours. ${rotationRemedy}`,
  key: 'slack-rotation',
};

/** Undefined for an unknown prefix, which Slack is left to judge. */
const kindOf = (token: string): string | undefined => TOKEN_KINDS.find(([start]) => start.test(token))?.[1];

const requireKind = (variable: string, token: string, wanted: string, needed: string): void => {
  const kind = kindOf(token);
  if (kind !== undefined && kind !== wanted) {
    throw new PlatformError(
      `${variable} contains ${kind}, which Slack will reject there. Set ${variable} to ${needed}.`,
    );
  }
};

/** Checks without a request. @throws PlatformError for a token of the wrong kind, or an incomplete HTTP mode. */
export const checkTokens = ({ botToken, appToken, signingSecret, port }: Tokens): void => {
  requireKind('SLACK_BOT_TOKEN', botToken, 'a bot token', BOT_TOKEN);
  if (appToken !== undefined) {
    requireKind('SLACK_APP_TOKEN', appToken, 'an app-level token', APP_TOKEN);
  } else if ((signingSecret === undefined) !== (port === undefined)) {
    const [has, lacks] = port === undefined ? ['SIGNING_SECRET', 'PORT'] : ['PORT', 'SIGNING_SECRET'];
    throw new PlatformError(
      `SLACK_${has} is set but SLACK_${lacks} is not, so Slack's requests cannot be received. Set both, or SLACK_APP_TOKEN for Socket Mode.`,
    );
  }
};

/** Why nothing arrives while the app-level token is refused. */
export const appTokenReason = (fault: SlackFault): AwayReason | undefined => {
  const reason = appTokenError(fault)?.message;
  if (reason === undefined || fault.kind !== 'refused') return undefined;
  const { code } = fault;
  return { reason, key: lacksScope(code) ? 'slack-app-scope' : 'slack-app-token', values: { code } };
};

const lacksScope = (code: string): boolean => code === 'missing_scope' || code === 'no_permission';

/** The error of a refused app-level token; undefined if the token is not the reason. */
export const appTokenError = (fault: SlackFault): PlatformError | undefined => {
  if (fault.kind !== 'refused') return undefined;
  if (lacksScope(fault.code)) {
    return new PlatformError(
      `SLACK_APP_TOKEN is missing the scope connections:write (${fault.code}), so no command can be received. Generate an app-level token with it at https://api.slack.com/apps > Basic Information.`,
    );
  }
  return credentialRefusalOf(fault.code) !== undefined
    ? new PlatformError(
        `Slack rejected SLACK_APP_TOKEN (${fault.code}), so no command can be received. Copy the app-level token (xapp-...) from https://api.slack.com/apps > Basic Information into SLACK_APP_TOKEN and restart.`,
      )
    : undefined;
};

/**
 * Requests a socket's address without opening it: Slack distributes requests over all sockets of an app, so a second one
 * would take commands from a running bot.
 * @throws PlatformError if the token is refused.
 */
export const checkAppToken = async (
  appToken: string,
  { log, ...web }: { readonly apiUrl?: string; readonly timeoutMs: number; readonly log: Logger },
): Promise<void> => {
  const client = new webApi.WebClient(appToken, webOptions({ ...web, log }));
  try {
    await client.apps.connections.open({});
  } catch (error) {
    const fault = slackFault(error);
    const refused = appTokenError(fault);
    if (refused) throw refused;
    const remedy = reachRemedy(fault, client.slackApiUrl);
    log.warn({ fault: faultText(fault), ...(remedy !== undefined && { remedy }) }, 'slack returned no socket address');
  }
};
