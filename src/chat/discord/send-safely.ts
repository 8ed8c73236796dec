import { setTimeout as sleep } from 'node:timers/promises';
import { DiscordAPIError, RESTJSONErrorCodes } from 'discord.js';
import { codeOf } from './outcome.ts';
import type { RequestProgress, RestClient } from './rest-client.ts';

/** Result of a request that sends an answer. */
export type SendResult =
  | { readonly kind: 'taken' }
  /** Too late to answer, or the message is gone. */
  | { readonly kind: 'late'; readonly fault: string }
  /** A fault of ours; a retry would be refused again. */
  | { readonly kind: 'refused'; readonly fault: string }
  /** Discord could not be reached, or its answer was lost. */
  | { readonly kind: 'lost'; readonly fault: string };

const LATE_CODES: ReadonlySet<unknown> = new Set([
  RESTJSONErrorCodes.UnknownInteraction,
  RESTJSONErrorCodes.UnknownWebhook,
  RESTJSONErrorCodes.InvalidWebhookToken,
  RESTJSONErrorCodes.UnknownMessage,
]);

const MAX_TRIES = 3;
const RETRY_WAIT_MS = 200;

/** Sends, with two retries. `once`: no retry if the request may have been taken. Never rejects. */
export const sendSafely = async (
  client: RestClient,
  send: () => Promise<unknown>,
  once = false,
): Promise<SendResult> => {
  for (let tries = 1; ; tries += 1) {
    const progress: RequestProgress = { maybeTaken: false, throttled: false };
    try {
      await client.track(progress, send);
      return { kind: 'taken' };
    } catch (error) {
      if (error instanceof DiscordAPIError) return resultOf(error);
      if (tries === MAX_TRIES || (once && progress.maybeTaken)) return { kind: 'lost', fault: codeOf(error) };
      await sleep(RETRY_WAIT_MS * tries ** 2, undefined, { ref: false });
    }
  }
};

const resultOf = ({ code, status }: DiscordAPIError): SendResult => {
  // An earlier try succeeded and its answer was lost.
  if (code === RESTJSONErrorCodes.InteractionHasAlreadyBeenAcknowledged) return { kind: 'taken' };
  return { kind: LATE_CODES.has(code) ? 'late' : 'refused', fault: `${status} ${code}` };
};
