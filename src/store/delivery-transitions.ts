import type { SelectQueryBuilder, UpdateQueryBuilder, UpdateResult } from 'kysely';
import { paddedIds } from './id-lists.ts';
import type { DeliveryState, Schema } from './schema.ts';
import type { Db } from './store.ts';

/** States that a delivery may still leave. */
export const OPEN_STATES = ['pending', 'leased', 'quiet', 'unsure'] as const satisfies readonly DeliveryState[];

/** States that a delivery may be enqueued in: to be posted, held by quiet hours, or held back by a mute. */
export const FIRST_STATES = ['pending', 'quiet', 'muted'] as const satisfies readonly DeliveryState[];

interface TransitionRule {
  readonly from: readonly DeliveryState[];
  readonly to: DeliveryState;
  /** Who moves it, and why. One line, for the table in ARCHITECTURE.md. */
  readonly by: string;
}

/** All that may happen to a delivery. Whatever is not in a state of `from` stays as it is. */
export const TRANSITIONS = {
  claim: {
    from: ['pending', 'unsure'],
    to: 'leased',
    by: 'a courier takes the card, to post it or to look for it',
  },
  sent: {
    from: ['leased', 'pending'],
    to: 'sent',
    by: 'the platform has it; from pending: the receipt came after the lease, and nobody has taken the card since',
  },
  failed: { from: ['leased'], to: 'failed', by: 'the platform will never accept it' },
  gone: { from: ['leased'], to: 'gone', by: 'the platform says that the channel is gone' },
  postpone: { from: ['leased'], to: 'pending', by: 'not posted, or the reply is lost: another try follows' },
  pause: { from: ['leased'], to: 'pending', by: 'the bot may not post in the channel, which is paused' },
  hold: { from: ['leased'], to: 'unsure', by: 'it may have been posted, and the channel may not be read' },
  reclaim: { from: ['leased'], to: 'pending', by: 'the lease ran out: its courier died or was suspended' },
  resend: { from: ['unsure'], to: 'pending', by: 'unconfirmed for an hour, and WHEN_UNSURE says to send it again' },
  giveUp: { from: ['unsure'], to: 'expired', by: 'unconfirmed for an hour, and WHEN_UNSURE says to give it up' },
  expire: { from: ['pending', 'unsure'], to: 'expired', by: 'not sent within its lifetime' },
  merge: { from: ['pending'], to: 'merged', by: 'a deeper alert of its symbol is on the card that is claimed' },
  withdraw: {
    from: ['pending', 'quiet'],
    to: 'withdrawn',
    by: 'its alert turned out to be false before it was posted',
  },
  release: { from: ['quiet'], to: 'pending', by: 'the quiet hours are over' },
  summarise: { from: ['quiet'], to: 'summed', by: 'the quiet hours are over, and their summary tells of it' },
  mute: { from: ['quiet'], to: 'muted', by: 'the quiet hours are over, and its symbol is muted' },
  drop: { from: ['quiet'], to: 'gone', by: 'the quiet hours are over, and the channel is not in use any more' },
  close: { from: OPEN_STATES, to: 'gone', by: 'the channel is taken out of use' },
} as const satisfies Readonly<Record<string, TransitionRule>>;

export type Transition = keyof typeof TRANSITIONS;

/** The transitions that end a delivery. */
export type FinalTransition = {
  [Name in Transition]: (typeof TRANSITIONS)[Name]['to'] extends (typeof OPEN_STATES)[number] ? never : Name;
}[Transition];

type DeliveryUpdate = UpdateQueryBuilder<Schema, 'deliveries', 'deliveries', UpdateResult>;

/** Sets the new state, and clears the time of a state that is left. */
const enter = (db: Db, to: DeliveryState): DeliveryUpdate =>
  db.updateTable('deliveries').set({
    state: to,
    ...(to !== 'leased' && { leased_until: null }),
    ...(to !== 'quiet' && to !== 'unsure' && { held_until: null }),
  });

/** An update that moves every delivery that the transition may move: narrow it down, and set what else changes. */
export const moveAll = (db: Db, transition: Transition): DeliveryUpdate => {
  const { from, to } = TRANSITIONS[transition];
  return enter(db, to).where('state', 'in', from);
};

/** An update that moves those of these deliveries (at least one) that the transition may move; set what else changes. */
export const moveThese = (
  db: Db,
  transition: Transition,
  ids: readonly number[] | SelectQueryBuilder<Schema, 'deliveries', { id: number }>,
): DeliveryUpdate => {
  const { from, to } = TRANSITIONS[transition];
  return (
    enter(db, to)
      .where('id', 'in', Array.isArray(ids) ? paddedIds(ids) : ids)
      // No index can answer this: SQLite would rather look at every delivery of a state than at some by their ids.
      .where(({ fn, val }) => fn.coalesce('state', val<DeliveryState>('pending')), 'in', from)
  );
};

/** A delivery as it was read or leased: whoever leases it later counts an attempt more. */
export interface Attempted {
  readonly id: number;
  /** Attempts begun. */
  readonly attempts: number;
}

/** The ids of deliveries by their number of attempts. */
export const idsByAttempts = (deliveries: readonly Attempted[]): ReadonlyMap<number, readonly number[]> =>
  new Map(
    [...Map.groupBy(deliveries, ({ attempts }) => attempts)].map(
      ([attempts, same]) => [attempts, same.map(({ id }) => id)] as const,
    ),
  );

/**
 * Moves those of the deliveries that the transition may move and that no other attempt has leased since. Returns how many.
 */
export const moveAttempted = async (
  db: Db,
  transition: Transition,
  deliveries: readonly Attempted[],
  change: (update: DeliveryUpdate) => DeliveryUpdate,
): Promise<number> => {
  let moved = 0;
  for (const [attempts, ids] of idsByAttempts(deliveries)) {
    const update = change(moveThese(db, transition, ids)).where('attempts', '=', attempts);
    moved += Number((await update.executeTakeFirst()).numUpdatedRows);
  }
  return moved;
};
