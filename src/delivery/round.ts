import type { Card } from '../cards/card.ts';
import type { Story } from '../cards/story.ts';
import type { Outcome, Platform } from '../chat/platform.ts';
import type { Logger } from '../log.ts';
import { dueHeads, expire, type Owed, reclaim } from '../store/deliveries.ts';
import type { Store } from '../store/store.ts';
import { conclude } from './conclude.ts';
import { type Taken, take } from './take.ts';

/** Cards in flight on one platform at a time. */
const ABREAST = 8;
/** Milliseconds of a lease beyond the patience: time to write down what a try came to. */
const MARGIN_MS = 15_000;

export interface Composed {
  readonly card: Card;
  readonly png?: Uint8Array;
}

export interface RoundParts {
  readonly store: Store;
  /** Tells this database's messages from another's. */
  readonly instance: string;
  /** Builds the card and draws its picture. */
  readonly compose: (stories: readonly Story[], language: string) => Promise<Composed>;
  /** The courier's own clock: what it is when an answer comes back. */
  readonly clock: () => number;
  readonly random: () => number;
  readonly log: Logger;
  /** Milliseconds after which a platform's answer is taken for lost. */
  readonly patienceMs: number;
  readonly onOutcome?: (platform: string, outcome: Outcome['kind'] | 'expired', count: number) => void;
}

export interface Rounds {
  /** Tries all that is due at `now`; resolves when nothing due is left. @throws StoreError when all in flight has ended. */
  run(now: number): Promise<void>;
  /** Why the platform takes nothing any more. */
  down(): string | undefined;
  /** Begins nothing new. */
  stop(): void;
}

const word = (fault: unknown): string => (fault instanceof Error ? fault.name : 'unknown');

/** Tries of one platform's deliveries. */
export const createRounds = (parts: RoundParts, platform: Platform): Rounds => {
  const { store, log, clock, patienceMs, instance } = parts;
  /** Deliveries whose card cannot be made: those behind them do not wait for them. */
  const unmade = new Set<number>();
  let downBecause: string | undefined;
  let stopping = false;

  const composed = async ({ told }: Taken, { language }: Owed): Promise<Composed | undefined> => {
    try {
      const made = await parts.compose(
        told.map(({ story }) => story),
        language,
      );
      for (const { id } of told) unmade.delete(id);
      return made;
    } catch (fault) {
      for (const { id } of told) unmade.add(id);
      log.error({ delivery: told[0]?.id, err: fault }, 'card cannot be made');
      return undefined;
    }
  };

  const answered = async (posted: Promise<Outcome>): Promise<Outcome> => {
    const { promise: lost, resolve } = Promise.withResolvers<Outcome>();
    const timer = setTimeout(() => resolve({ kind: 'unknown', reason: 'The platform gave no answer.' }), patienceMs);
    try {
      return await Promise.race([posted, lost]);
    } catch (fault) {
      log.error({ platform: platform.name, err: fault }, 'posting failed in a way that it must not');
      return { kind: 'unknown', reason: `Posting failed (${word(fault)}).` };
    } finally {
      clearTimeout(timer);
    }
  };

  const tried = async (taken: Taken, head: Owed): Promise<Outcome> => {
    const made = await composed(taken, head);
    if (!made) return { kind: 'later', reason: 'The card cannot be made; the log says why.' };
    return answered(
      platform.post({
        channelId: head.address,
        card: made.card,
        ...(made.png && { png: made.png }),
        key: `sw-${instance}-${taken.batch.toString(36)}`,
        maybePosted: taken.told.some(({ maybePosted }) => maybePosted),
        since: Math.min(...taken.told.map(({ createdAt }) => createdAt)),
      }),
    );
  };

  const deliver = async (head: Owed, now: number): Promise<void> => {
    const at = Math.max(now, clock());
    const taken = await take(store, head, { now: at, until: at + patienceMs + MARGIN_MS });
    if (!taken) return;
    const outcome = await tried(taken, head);
    if (outcome.kind === 'down') downBecause = `${outcome.reason} ${outcome.remedy}`;
    await conclude(parts, outcome, taken.told, Math.max(now, clock()));
    parts.onOutcome?.(platform.name, outcome.kind, 1);
  };

  const tidy = (now: number): Promise<number> =>
    store.transaction(async (db) => {
      await reclaim(db, platform.name, now);
      return expire(db, now);
    });

  const heads = (now: number): Promise<Owed[]> =>
    store.transaction((db) => dueHeads(db, { platform: platform.name, now, limit: ABREAST, passed: [...unmade] }));

  return {
    run: async (now) => {
      const expired = await tidy(now);
      if (expired > 0) {
        log.warn({ expired }, 'deliveries expired');
        parts.onOutcome?.('any', 'expired', expired);
      }
      while (!stopping && downBecause === undefined) {
        const due = await heads(now);
        if (due.length === 0) return;
        const ends = await Promise.allSettled(due.map((head) => deliver(head, now)));
        const failed = ends.find((end) => end.status === 'rejected');
        if (failed) throw failed.reason;
      }
    },
    down: () => downBecause,
    stop: () => {
      stopping = true;
    },
  };
};
