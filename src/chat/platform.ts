import type { Card } from '../cards/card.ts';

/** One message to one channel. */
export interface Posting {
  /** The platform's own id of the channel. */
  readonly channelId: string;
  readonly card: Card;
  /** The card's picture as PNG; absent if the card has none or drawing failed. */
  readonly png?: Uint8Array;
  /** Identifies the posting: the same on every try, at most 25 characters of [a-z0-9-]. */
  readonly key: string;
  /** Whether an earlier try may have reached the channel. If so, look for `key` before posting, if the platform can. */
  readonly maybePosted: boolean;
  /** Start of the first try that may have reached the channel, or when the delivery was enqueued; epoch milliseconds. */
  readonly since?: number;
  /** Id of a role or user group to ping. Nobody else is ever pinged. */
  readonly ping?: string;
}

/**
 * Why a channel cannot be posted to and what a person has to do: the key of a text under `pause` in the messages, and its
 * values.
 */
export interface Why {
  readonly key: string;
  readonly values?: Readonly<Record<string, string>>;
}

/** Result of a posting. Only with `sent` and `unknown` may there be a message in the channel. */
export type Outcome =
  /** The message is there. `duplicate`: from an earlier try. */
  | { readonly kind: 'sent'; readonly messageId: string; readonly duplicate?: boolean }
  /**
   * Nothing was posted; try again after `afterMs`, if the platform named a time. `everywhere`: the wait applies to the whole
   * platform.
   */
  | { readonly kind: 'later'; readonly reason: string; readonly afterMs?: number; readonly everywhere?: true }
  /** The answer was lost: the message may or may not be there. */
  | { readonly kind: 'unknown'; readonly reason: string; readonly afterMs?: number }
  /**
   * The message may be there from an earlier try, and the bot cannot look. This try posted nothing; `remedy` says how to
   * let the bot look.
   */
  | { readonly kind: 'unsure'; readonly reason: string; readonly remedy: string }
  /** The channel no longer exists. `mayReturn`: it is archived. */
  | { readonly kind: 'gone'; readonly reason: string; readonly mayReturn?: true }
  /** The bot may not write in the channel; `remedy` says what a person has to do, `why` says both in the channel's language. */
  | { readonly kind: 'forbidden'; readonly reason: string; readonly remedy: string; readonly why?: Why }
  /** The platform will never accept this message: a fault of ours. */
  | { readonly kind: 'rejected'; readonly reason: string }
  /** The platform refuses the bot (revoked token): nothing can be posted until a person acts. */
  | { readonly kind: 'down'; readonly reason: string; readonly remedy: string };

/** A service that cards are posted to. Each has a folder in src/chat. */
export interface Platform {
  readonly name: string;
  /** Connects. Rejects with PlatformError if a person has to act (wrong token, missing scope). */
  start(): Promise<void>;
  /**
   * Checks that a channel exists; call it after `start`. Rejects with PlatformError, naming the environment variable, if
   * the channel is unknown. Resolves in case of doubt, because posting reports temporary faults.
   */
  check?(channelId: string): Promise<void>;
  /**
   * Sends a plain sentence to a person by direct message; false if the platform does not allow it. Never rejects. Absent if
   * the platform has no direct messages.
   */
  sendDirectMessage?(person: string, text: string): Promise<boolean>;
  /** Posts one card, as at most one message. Never rejects: failures are outcomes. */
  post(posting: Posting): Promise<Outcome>;
  /** Closes every socket and timer. */
  stop(): Promise<void>;
}

/** The platform cannot be used until a person acts. The message is one line: what happened and what to do. */
export class PlatformError extends Error {
  override readonly name = 'PlatformError';
}
