import { Routes } from 'discord.js';
import { z } from 'zod';
import { type LoginRefusal, TOKEN_DEAD } from './login-refusal.ts';
import { outcomeOf } from './outcome.ts';
import type { RequestProgress, RestClient } from './rest-client.ts';

/** Whether a gateway session may be started. */
export type SessionStarts =
  | { readonly kind: 'left' }
  /** The day's starts are used up; they come back after `afterMs`. */
  | { readonly kind: 'used-up'; readonly afterMs: number }
  | { readonly kind: 'refused'; readonly refusal: LoginRefusal }
  | { readonly kind: 'lost'; readonly why: string };

const GatewayBot = z.object({
  session_start_limit: z.object({ remaining: z.number(), reset_after: z.number().nonnegative() }),
});

/** Asks Discord for the session starts that are left. Never rejects. */
export const readSessionStarts = async (client: RestClient): Promise<SessionStarts> => {
  const progress: RequestProgress = { maybeTaken: false, throttled: false };
  try {
    const answer = GatewayBot.safeParse(await client.track(progress, () => client.rest.get(Routes.gatewayBot())));
    if (!answer.success) return { kind: 'lost', why: 'the answer about session starts is unreadable' };
    const { remaining, reset_after: afterMs } = answer.data.session_start_limit;
    return remaining > 0 ? { kind: 'left' } : { kind: 'used-up', afterMs };
  } catch (error) {
    const outcome = outcomeOf(error, progress);
    return outcome.kind === 'credential'
      ? { kind: 'refused', refusal: TOKEN_DEAD }
      : { kind: 'lost', why: 'reason' in outcome ? outcome.reason : '' };
  }
};
