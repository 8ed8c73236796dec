import { DiscordjsError, DiscordjsErrorCodes, GatewayCloseCodes } from 'discord.js';
import { NEW_TOKEN } from './remedies.ts';

/** Why Discord will not have us on the gateway until a person acts. */
export interface LoginRefusal {
  /** One line: what happened and what to do. */
  readonly message: string;
  /** True where posting by REST is over as well. */
  readonly tokenDead: boolean;
}

export const TOKEN_DEAD: LoginRefusal = {
  message: `Discord rejected DISCORD_TOKEN; the bot cannot post. ${NEW_TOKEN}`,
  tokenDead: true,
};

/** A token's own alphabet; anything else would not even make a header. */
export const looksLikeToken = (token: string): boolean => /^[\w.-]+$/.test(token);

/** What a failed log-in means; undefined where the network or Discord itself is at fault and a later try may do. */
export const refusalOfLogin = (error: unknown): LoginRefusal | undefined =>
  error instanceof DiscordjsError && error.code === DiscordjsErrorCodes.TokenInvalid ? TOKEN_DEAD : undefined;

/** What a closed socket means; undefined where connecting again may do. Codes: Discord's "Gateway Close Event Codes". */
export const refusalOfClose = (code: number): LoginRefusal | undefined => {
  switch (code) {
    case GatewayCloseCodes.AuthenticationFailed:
      return TOKEN_DEAD;
    case GatewayCloseCodes.DisallowedIntents:
    case GatewayCloseCodes.InvalidIntents:
      return refusal(
        `Discord rejected the intents the bot requests (${code}). Turn on the missing one at https://discord.com/developers/applications (your application > Bot > Privileged Gateway Intents) and restart.`,
      );
    case GatewayCloseCodes.ShardingRequired:
    case GatewayCloseCodes.InvalidShard:
      return refusal(
        `Discord requires sharding (${code}): the bot is in 2,500 servers or more. Remove it from some of them and restart.`,
      );
    case GatewayCloseCodes.InvalidAPIVersion:
      return refusal(`Discord no longer supports this version of its API (${code}). Update Slidewatch and restart.`);
    default:
      return undefined;
  }
};

const refusal = (message: string): LoginRefusal => ({ message, tokenDead: false });
