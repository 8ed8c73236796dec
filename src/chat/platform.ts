import type { Card } from '../cards/card.ts';
import type { OptionalPart } from '../stories/lacks.ts';
import type { Disconnection, Invitation, PlatformNote } from '../stories/platforms.ts';
import type { Story } from '../stories/story.ts';

/** One message to one channel, or to one person. */
export interface Posting {
  /** The platform's own id of the channel. */
  readonly channelId: string;
  /** Whether `channelId` is a person's id: the card goes out as a direct message. `gone` means that the person takes none. */
  readonly toPerson?: true;
  /** The platform's own id of the channel's server or workspace, if it is known. */
  readonly workspace?: string;
  readonly card: Card;
  /** What the card tells, for a platform that passes it on as numbers. */
  readonly stories?: readonly Story[];
  /** The card's picture as PNG; absent if the card has none or drawing failed. */
  readonly png?: Uint8Array;
  /** Identifies the posting: the same on every try, at most 25 characters of [a-z0-9-]. */
  readonly key: string;
  /** Whether an earlier try may have reached the channel. If so, look for `key` before posting, if the platform can. */
  readonly maybePosted: boolean;
  /** Start of the first try that may have reached the channel, or when the delivery was enqueued; epoch milliseconds. */
  readonly since?: number;
  /** When the card was first owed, the same on every try; epoch milliseconds. */
  readonly enqueuedAt?: number;
  /** Id of a role or user group to ping. Nobody else is ever pinged. */
  readonly ping?: string;
  /** Whether channels that follow this one get the card, too, if the platform has such channels. */
  readonly forFollowers?: boolean;
  /** Parts that the channel refused lately: they are not tried. */
  readonly leaveOut?: ReadonlySet<OptionalPart>;
  /** The message that the card goes on from, by the platform's own id; it may be gone. */
  readonly repliesTo?: string;
}

/** A posted card, written anew. */
export interface Edit extends Omit<Posting, 'maybePosted' | 'since' | 'enqueuedAt' | 'repliesTo'> {
  readonly messageId: string;
  /** The platform's own id of the card's picture, as its posting gave it. */
  readonly fileId?: string;
}

export type EditOutcome =
  | { readonly kind: 'edited' }
  /** It never will be: the message is gone, or may not be edited. */
  | { readonly kind: 'refused'; readonly reason: string }
  /** Another try may succeed, after `afterMs` if the platform named a time. */
  | { readonly kind: 'later'; readonly reason: string; readonly afterMs?: number };

/** A part that the platform refused alone, and what a person can do: the card went out without it. */
export interface Lack {
  readonly part: OptionalPart;
  readonly reason: string;
  readonly remedy: string;
  /** The same in the channel's language. */
  readonly why?: Why;
  /** The part is tried again after this time. Default: six hours. */
  readonly afterMs?: number;
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
  /** The message is there, without the parts in `without`. `duplicate`: from an earlier try. */
  | {
      readonly kind: 'sent';
      readonly messageId: string;
      readonly duplicate?: boolean;
      readonly without?: readonly Lack[];
      /** The platform's own id of the picture, if an edit has to name it. */
      readonly fileId?: string;
    }
  /**
   * About the network or the platform: nothing was posted; try again after `afterMs`, if the platform named a time.
   * `everywhere`: the wait applies to the whole platform.
   */
  | {
      readonly kind: 'later';
      readonly reason: string;
      readonly afterMs?: number;
      readonly everywhere?: WaitEverywhere;
    }
  /** A refusal that is in no list: tried again, and told to whoever set the channel up if it stays. */
  | { readonly kind: 'unlisted'; readonly reason: string; readonly code: string }
  /** The answer was lost: the message may or may not be there. */
  | { readonly kind: 'unknown'; readonly reason: string; readonly afterMs?: number }
  /**
   * The message may be there from an earlier try, and the bot cannot look. This try posted nothing; `remedy` says how to
   * let the bot look.
   */
  | { readonly kind: 'unsure'; readonly reason: string; readonly remedy: string }
  /** About the place: the channel does not exist for the bot, or is archived. It may come back. */
  | { readonly kind: 'gone'; readonly reason: string }
  /** About the place: the bot may not write in the channel; `remedy` says what a person has to do, `why` says both in the channel's language. */
  | { readonly kind: 'forbidden'; readonly reason: string; readonly remedy: string; readonly why?: Why }
  /** About the message: the platform will never accept it. A fault of ours. */
  | { readonly kind: 'rejected'; readonly reason: string }
  /** About the credential: the platform refuses the bot (revoked token), and is asked again with growing waits. */
  | { readonly kind: 'credential'; readonly reason: string; readonly remedy: string };

/** What an outcome means for an edit: nothing is lost by trying again, and no channel is paused for one. */
export const editOutcomeOf = (outcome: Outcome): EditOutcome => {
  switch (outcome.kind) {
    case 'sent':
      return { kind: 'edited' };
    case 'later':
    case 'unknown':
    case 'credential': {
      const { reason } = outcome;
      const afterMs = 'afterMs' in outcome ? outcome.afterMs : undefined;
      return { kind: 'later', reason, ...(afterMs !== undefined && { afterMs }) };
    }
    default:
      return { kind: 'refused', reason: outcome.reason };
  }
};

/**
 * Why a whole platform waits: it named a limit; it, or what stands before it, refuses every request for a while; it has
 * banned the address.
 */
export type WaitEverywhere = 'throttled' | 'refused' | 'banned';

/** A service that cards are posted to. Each has a folder in src/chat. */
export interface Platform {
  readonly name: string;
  /** Whether each channel is a service of its own: what one answers, or does not, says nothing about the others. Default: no. */
  readonly independentChannels?: true;
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
  /**
   * Asks whether the platform takes the bot's credential; undefined in case of doubt. Never rejects. Absent: a card is tried.
   */
  takesCredential?(): Promise<boolean | undefined>;
  /** Since when and why nothing arrives from the platform; undefined while it is connected. Absent: it is not watched. */
  connection?(): Disconnection | undefined;
  /** Where a person brings the bot into a server or workspace of theirs. Absent if the platform has no such page. */
  invitations?(): readonly Invitation[];
  /** What else whoever runs the bot should know of the platform. */
  notes?(): readonly PlatformNote[];
  /** A link that opens a posted message; undefined if it cannot be made. Absent if the platform has no links. */
  linkTo?(message: {
    readonly channelId: string;
    readonly messageId: string;
    readonly workspace?: string;
  }): string | undefined;
  /**
   * Looks in a channel for a card that was posted, as a later try does: `sent` if it is found, undefined if it is not there, else
   * why it could not be looked for. Never rejects. Absent if the platform keeps no history.
   */
  findCard?(posted: Pick<Posting, 'channelId' | 'key'> & { readonly since: number }): Promise<Outcome | undefined>;
  /**
   * Looks whether a channel that took no cards is one by now that the bot is in and may write in, as far as can be seen without a
   * message; undefined in case of doubt. Never rejects. Absent if the platform cannot be asked.
   */
  isOpen?(channelId: string): Promise<boolean | undefined>;
  /** Posts one card, as at most one message. Never rejects: failures are outcomes. */
  post(posting: Posting): Promise<Outcome>;
  /** Writes a posted card anew; the same edit twice makes the same message. Never rejects. Absent: cards stay as they are. */
  edit?(edit: Edit): Promise<EditOutcome>;
  /** Closes every socket and timer. */
  stop(): Promise<void>;
}

/** The platform cannot be used until a person acts. The message is one line: what happened and what to do. */
export class PlatformError extends Error {
  override readonly name = 'PlatformError';
}
