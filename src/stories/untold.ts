import type { CardKind } from './channel.ts';

/** Why a channel does not get a plan's story, or not now: the first of the outbox's steps that holds it back, in their order. */
export type Untold =
  | { readonly reason: 'not-in-use' }
  | { readonly reason: 'not-watched' }
  /** It wants none of these kinds of card. */
  | { readonly reason: 'kind'; readonly kinds: readonly CardKind[] }
  /** Its digest comes at another time. */
  | { readonly reason: 'other-time' }
  /** None of its own levels is reached; `next` is the shallowest that is deeper, in basis points. */
  | { readonly reason: 'level'; readonly next?: number }
  /** It has that day's digest already. */
  | { readonly reason: 'has-digest' }
  /** It did not get the alert that is withdrawn. */
  | { readonly reason: 'had-no-alert' }
  /** The mute of a symbol, or of all for `*`, holds the story back until an instant, epoch milliseconds. */
  | { readonly reason: 'muted'; readonly symbol: string; readonly until: number }
  /** Held until an instant, epoch milliseconds; then it is told. */
  | { readonly reason: 'quiet-hours'; readonly until: number };

/** What is decided for a channel: told, or why not. */
export type Decided = 'told' | Untold['reason'];

/** Channels by what was decided for them. */
export type DecidedCounts = Readonly<Partial<Record<Decided, number>>>;

/** Why a channel did not get an alert about a symbol that it watches, as `/alerts history` says it. */
export type ShownReason =
  | Extract<Untold, { reason: 'kind' | 'level' }>
  | Omit<Extract<Untold, { reason: 'muted' }>, 'symbol'>
  /** Its settings of today would let the alert through; those of that time did not. */
  | { readonly reason: 'changed' };
