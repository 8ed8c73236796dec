import { PlatformError } from '../platform.ts';

export interface Tokens {
  readonly botToken: string;
  readonly appToken?: string;
  readonly signingSecret?: string;
  readonly port?: number;
}

const BOT = 'the bot token (xoxb-..., OAuth & Permissions > Bot User OAuth Token)';
const APP = 'the app-level token (xapp-..., Basic Information > App-Level Tokens)';

/** Token kinds by their start, as Slack's documentation of tokens lists them. */
const kinds: readonly (readonly [start: RegExp, kind: string])[] = [
  [/^(xoxe\.)?xoxb-/, 'a bot token'],
  [/^xapp-/, 'an app-level token'],
  [/^(xoxe\.)?xoxp-/, 'a user token'],
  [/^xoxe-/, 'a refresh token'],
];

/** Undefined for a token of no known kind: Slack is to judge it. */
const kindOf = (token: string): string | undefined => kinds.find(([start]) => start.test(token))?.[1];

const refuseUnless = (variable: string, token: string, wanted: string, takes: string): void => {
  const kind = kindOf(token);
  if (kind !== undefined && kind !== wanted) {
    throw new PlatformError(
      `${variable} contains ${kind}, which Slack will reject there. Set ${variable} to ${takes}.`,
    );
  }
};

/** What can be seen without asking Slack. Throws PlatformError for a token of the wrong kind, or half of HTTP mode's settings. */
export const checkTokens = ({ botToken, appToken, signingSecret, port }: Tokens): void => {
  refuseUnless('SLACK_BOT_TOKEN', botToken, 'a bot token', BOT);
  if (appToken !== undefined) {
    refuseUnless('SLACK_APP_TOKEN', appToken, 'an app-level token', APP);
  } else if ((signingSecret === undefined) !== (port === undefined)) {
    const [has, lacks] = port === undefined ? ['SIGNING_SECRET', 'PORT'] : ['PORT', 'SIGNING_SECRET'];
    throw new PlatformError(
      `SLACK_${has} is set but SLACK_${lacks} is not, so Slack's requests cannot be received. Set both, or SLACK_APP_TOKEN for Socket Mode.`,
    );
  }
};
