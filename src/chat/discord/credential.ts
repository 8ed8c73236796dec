import { Routes } from 'discord.js';
import type { Outcome } from '../platform.ts';
import type { InvalidRequestGuard } from './invalid-request-guard.ts';
import { looksLikeToken } from './login-refusal.ts';
import { outcomeOf, TOKEN_REFUSED } from './outcome.ts';
import type { RequestProgress, RestClient } from './rest-client.ts';

interface CredentialOptions {
  readonly token: string;
  readonly client: RestClient;
  readonly guard: InvalidRequestGuard;
  readonly stopping: AbortSignal;
}

/** The bot's token, as Discord takes it or not. */
export interface Credential {
  /** Why nothing can be sent with the token at all, whatever Discord says. */
  obstacle(): Outcome | undefined;
  /** Remembers what an outcome says of the token, and returns the outcome. */
  note(outcome: Outcome): Outcome;
  /** Asks Discord; undefined in case of doubt. Never rejects. */
  isTaken(): Promise<boolean | undefined>;
}

export const createCredential = ({ token, client, guard, stopping }: CredentialOptions): Credential => {
  const sendable = looksLikeToken(token);
  let refusedAsToken = false;
  return {
    obstacle: () => (sendable ? undefined : TOKEN_REFUSED),
    note: (outcome) => {
      if (outcome.kind === 'credential') refusedAsToken = outcome === TOKEN_REFUSED;
      return outcome;
    },
    isTaken: async () => {
      if (!sendable) return false;
      if (stopping.aborted || guard.waitMs() > 0) return undefined;
      const progress: RequestProgress = { maybeTaken: false, throttled: false };
      try {
        await client.track(progress, () => client.rest.get(Routes.user()));
        // A refusal of another kind, such as an unverified account, is known by a card alone.
        return refusedAsToken ? true : undefined;
      } catch (error) {
        return outcomeOf(error, progress).kind === 'credential' ? false : undefined;
      }
    },
  };
};
