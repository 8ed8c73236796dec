import { DAY_MS } from '../../util/durations.ts';
import type { Outcome } from '../platform.ts';
import type { CallResult } from './call.ts';
import type { Endpoint } from './endpoint.ts';

/** A receiver cannot make the bot wait for longer. */
const LONGEST_WAIT_MS = DAY_MS;

/** What an answer that is no success is about. What is in no list is tried again, and pauses the channel if it stays. */
const ABOUT: Readonly<Record<number, 'signature' | 'address' | 'message' | 'busy' | 'lost'>> = {
  401: 'signature',
  403: 'signature',
  404: 'address',
  405: 'address',
  408: 'lost',
  413: 'message',
  415: 'message',
  422: 'message',
  425: 'busy',
  429: 'busy',
};

const aboutStatus = (status: number) => {
  if (status >= 500) return 'lost';
  if (status >= 300 && status < 400) return 'redirect';
  return ABOUT[status];
};

type Names = Pick<Endpoint, 'name' | 'urlVariable' | 'secretVariable'>;

/** The outcome of a call for the event `id`. */
export const outcomeOf = (result: CallResult, { name, urlVariable, secretVariable }: Names, id: string): Outcome => {
  switch (result.kind) {
    case 'unreached':
      return { kind: 'later', reason: `The receiver cannot be reached (${result.cause}).` };
    case 'lost':
      return { kind: 'unknown', reason: `No answer from the receiver (${result.cause}).` };
    case 'forbidden':
      return {
        kind: 'forbidden',
        reason: 'The host has no address that may be called.',
        remedy: `If an address of this machine or a private network is meant, say private: true for ${name} in config/channels.yaml; else check ${urlVariable}.`,
      };
    case 'answered': {
      const { status, retryAfterMs } = result;
      const named = retryAfterMs !== undefined && { afterMs: Math.min(retryAfterMs, LONGEST_WAIT_MS) };
      if (status >= 200 && status < 300) return { kind: 'sent', messageId: id };
      if (status === 410) return { kind: 'gone', reason: 'The receiver wants no more events (410).' };
      switch (aboutStatus(status)) {
        case 'lost':
          return { kind: 'unknown', reason: `The receiver failed (${status}).`, ...named };
        case 'busy':
          return { kind: 'later', reason: `The receiver takes no events at the moment (${status}).`, ...named };
        case 'message':
          return { kind: 'rejected', reason: `The receiver rejects the event (${status}).` };
        case 'redirect':
          return {
            kind: 'forbidden',
            reason: `The receiver is elsewhere (${status}), and redirects are not followed.`,
            remedy: `Set ${urlVariable} to its new address.`,
          };
        case 'address':
          return {
            kind: 'forbidden',
            reason: `There is no receiver at the address (${status}).`,
            remedy: `Check ${urlVariable}.`,
          };
        case 'signature':
          return {
            kind: 'forbidden',
            reason: `The receiver refuses the bot (${status}).`,
            remedy: `Check that ${secretVariable} is the receiver's secret and that its clock is right.`,
          };
        default:
          return { kind: 'unlisted', reason: `The receiver refuses the event (${status}).`, code: String(status) };
      }
    }
  }
};
