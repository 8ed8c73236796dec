import { DiscordjsError, DiscordjsErrorCodes, GatewayCloseCodes } from 'discord.js';
import { NEW_TOKEN } from './outcome.ts';

/** Why Discord refuses the gateway connection, probably until a person acts. */
export interface LoginRefusal {
  /** One line: what happened and what to do. */
  readonly message: string;
  /** Key of the same under `status.away` in the messages, and its values. */
  readonly key: string;
  readonly values?: Readonly<Record<string, string>>;
}

export const TOKEN_DEAD: LoginRefusal = {
  message: `Discord rejected DISCORD_TOKEN; the bot cannot post. ${NEW_TOKEN}`,
  key: 'discord-token',
};

/** Whether a text has only the characters of a token; others could not be sent in a header. */
export const looksLikeToken = (token: string): boolean => /^[\w.-]+$/.test(token);

/** The refusal behind a failed log-in; undefined if a later try may succeed. */
export const refusalOfLogin = (error: unknown): LoginRefusal | undefined =>
  error instanceof DiscordjsError && error.code === DiscordjsErrorCodes.TokenInvalid ? TOKEN_DEAD : undefined;

/** The refusal behind a closed socket; undefined if reconnecting may succeed. Codes: Discord's "Gateway Close Event Codes". */
export const refusalOfClose = (code: number): LoginRefusal | undefined => {
  switch (code) {
    case GatewayCloseCodes.AuthenticationFailed:
      return TOKEN_DEAD;
    case GatewayCloseCodes.DisallowedIntents:
    case GatewayCloseCodes.InvalidIntents:
      return refusal(
        'discord-intents',
        code,
        `Discord rejected the intents the bot requests (${code}). Turn on the missing one at https://discord.com/developers/applications (your application > Bot > Privileged Gateway Intents) and restart.`,
      );
    case GatewayCloseCodes.ShardingRequired:
    case GatewayCloseCodes.InvalidShard:
      return refusal(
        'discord-sharding',
        code,
        `Discord requires sharding (${code}): the bot is in 2,500 servers or more. Remove it from some of them and restart.`,
      );
    case GatewayCloseCodes.InvalidAPIVersion:
      return refusal(
        'discord-version',
        code,
        `Discord no longer supports this version of its API (${code}). Update Slidewatch and restart.`,
      );
    default:
      return undefined;
  }
};

const refusal = (key: string, code: number, message: string): LoginRefusal => ({
  message,
  key,
  values: { code: String(code) },
});
