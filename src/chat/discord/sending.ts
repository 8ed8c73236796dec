import { setTimeout as sleep } from 'node:timers/promises';
import { DiscordAPIError, RESTJSONErrorCodes } from 'discord.js';
import { codeOf } from './outcome.ts';
import type { Flight, Wire } from './wire.ts';

/** What came of a request of an answer. */
export type Sent =
  | { readonly kind: 'taken' }
  /** The time to answer is over, or the message is gone. */
  | { readonly kind: 'late'; readonly fault: string }
  /** A fault of ours: the same again would be refused again. */
  | { readonly kind: 'refused'; readonly fault: string }
  /** Discord could not be reached, or its answer was lost. */
  | { readonly kind: 'lost'; readonly fault: string };

const LATE: ReadonlySet<unknown> = new Set([
  RESTJSONErrorCodes.UnknownInteraction,
  RESTJSONErrorCodes.UnknownWebhook,
  RESTJSONErrorCodes.InvalidWebhookToken,
  RESTJSONErrorCodes.UnknownMessage,
]);

const TRIES = 3;
const FIRST_WAIT_MS = 200;

/** Sends; where nothing or nothing good came back, twice more. `once`: not where it may have been taken. Never rejects. */
export const sendSafely = async (wire: Wire, send: () => Promise<unknown>, once = false): Promise<Sent> => {
  for (let tries = 1; ; tries += 1) {
    const flight: Flight = { maybeTaken: false, throttled: false };
    try {
      await wire.fly(flight, send);
      return { kind: 'taken' };
    } catch (error) {
      if (error instanceof DiscordAPIError) return answeredWith(error);
      if (tries === TRIES || (once && flight.maybeTaken)) return { kind: 'lost', fault: codeOf(error) };
      await sleep(FIRST_WAIT_MS * tries ** 2, undefined, { ref: false });
    }
  }
};

const answeredWith = ({ code, status }: DiscordAPIError): Sent => {
  // An earlier try whose answer was lost.
  if (code === RESTJSONErrorCodes.InteractionHasAlreadyBeenAcknowledged) return { kind: 'taken' };
  return { kind: LATE.has(code) ? 'late' : 'refused', fault: `${status} ${code}` };
};
