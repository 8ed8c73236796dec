import type { Card } from '../cards/card.ts';

/** One message to one channel. */
export interface Posting {
  /** The platform's own id of the channel. */
  readonly channelId: string;
  readonly card: Card;
  /** The card's picture as PNG; absent where the card has none or it could not be drawn. */
  readonly png?: Uint8Array;
  /** Names this posting for good: the same on every try, at most 25 characters of [a-z0-9-]. */
  readonly key: string;
  /** True where an earlier try may have reached the channel: look for `key` before posting again where the platform can. */
  readonly maybePosted: boolean;
  /** When the first try began that may have reached the channel, or when it was first owed; epoch milliseconds. */
  readonly since?: number;
  /** Whom to ping with it: the platform's own id of a role or a user group. Nobody else is ever pinged. */
  readonly ping?: string;
}

/**
 * What stands in the way of posting to a channel and what a person has to do, for people: a text under `pause` in the
 * messages, and the values that it takes.
 */
export interface Why {
  readonly key: string;
  readonly values?: Readonly<Record<string, string>>;
}

/** What came of a posting. Only `sent` and `unknown` may have put a message into the channel. */
export type Outcome =
  /** The message is there. `duplicate` where an earlier try had put it there already. */
  | { readonly kind: 'sent'; readonly messageId: string; readonly duplicate?: boolean }
  /**
   * Nothing was posted; try again, not before `afterMs` where the platform named a time. `everywhere` where the wait is
   * for all of the platform: nothing else needs to be tried there meanwhile.
   */
  | { readonly kind: 'later'; readonly reason: string; readonly afterMs?: number; readonly everywhere?: true }
  /** The answer was lost: the message may be there or not. */
  | { readonly kind: 'unknown'; readonly reason: string; readonly afterMs?: number }
  /**
   * An earlier try may have put it there, and the channel's messages may not be read, so nobody can tell. Nothing was
   * posted by this try; `remedy` says what would let us look.
   */
  | { readonly kind: 'unsure'; readonly reason: string; readonly remedy: string }
  /** The channel exists no longer; `mayReturn` where it is archived. */
  | { readonly kind: 'gone'; readonly reason: string; readonly mayReturn?: true }
  /** The channel is there and we may not write; `remedy` says what a person has to do, and `why` both in its language. */
  | { readonly kind: 'forbidden'; readonly reason: string; readonly remedy: string; readonly why?: Why }
  /** The platform will never take this message: a fault of ours. */
  | { readonly kind: 'rejected'; readonly reason: string }
  /** The platform refuses us altogether (dead token): nothing can be posted until a person acts. */
  | { readonly kind: 'down'; readonly reason: string; readonly remedy: string };

/** A place where cards are shown. One folder of src/chat for each. */
export interface Platform {
  readonly name: string;
  /** Connects; rejects with PlatformError where a person has to act (wrong token, missing scope). */
  start(): Promise<void>;
  /**
   * Looks whether the channel is there; call it after `start`. Rejects with PlatformError, naming the variable that
   * holds the id, where the platform knows no such channel. Resolves in any doubt: what may pass is for posting to see.
   */
  check?(channelId: string): Promise<void>;
  /**
   * Writes one plain sentence to a person by direct message; false where the platform does not let us. Never rejects.
   * Only where the platform can.
   */
  tell?(person: string, text: string): Promise<boolean>;
  /** Posts one card. Never rejects: what went wrong is an outcome. Makes at most one message. */
  post(posting: Posting): Promise<Outcome>;
  /** Lets go of every socket and timer. */
  stop(): Promise<void>;
}

/** A platform cannot be used until a person acts. The message is one line: what happened and what to do. */
export class PlatformError extends Error {
  override readonly name = 'PlatformError';
}
