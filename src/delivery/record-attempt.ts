import { awayReason, retireChannel, type StoredChannel } from '../store/channels.ts';
import { abandon, finish, type PendingDelivery, postpone, requeue } from '../store/deliveries.ts';
import { groupCommit } from '../store/group-commit.ts';
import { countPaused, endPause, markPersonNotified, pauseChannel } from '../store/pauses.ts';
import type { Db, Store } from '../store/store.ts';
import { holdUnconfirmed } from '../store/unconfirmed.ts';
import { type Pause, pauseToStore } from '../stories/pause.ts';
import type { Logger } from '../telemetry/log.ts';
import { deliveryBackoff } from './backoff.ts';
import { createBatcher } from './batcher.ts';
import { enqueueChannelNotice } from './enqueue-channel-notice.ts';
import { pauseMs } from './pauses.ts';
import type { AttemptResult } from './post.ts';
import type { TellPerson } from './tell-person.ts';

const MINUTE = 60_000;
/** What is unsure is looked for again so often, and decided on after so long. */
const UNCONFIRMED_RECHECK_MS = 3 * MINUTE;
const UNCONFIRMED_DECISION_MS = 60 * MINUTE;
/** How many channels are paused is counted no more often: it only spreads their tries. */
const PAUSED_COUNT_INTERVAL_MS = MINUTE;
/** Answers that come within so many milliseconds are written down with one commit. */
const BATCH_WINDOW_MS = 5;

export interface RecordAttemptParts {
  readonly store: Store;
  readonly log: Logger;
  /** In [0, 1). */
  readonly random: () => number;
  readonly tell?: TellPerson;
  /** IANA name of the zone of channels that name none; New York's unless told. */
  readonly timeZone?: string;
  /** How many tries may still have to be written down. */
  readonly underWay: () => number;
  /** Hears of a channel that was retired, as it was before. */
  readonly onGone?: (before: StoredChannel) => Promise<void>;
}

/** What a try of one card came to. */
export interface Attempt {
  readonly outcome: AttemptResult;
  /** The deliveries of the card; never empty. */
  readonly deliveries: readonly [PendingDelivery, ...PendingDelivery[]];
  /** When it began and when its answer came, epoch milliseconds. */
  readonly begun: number;
  readonly now: number;
}

/** What a channel's person is told after a try, and the channel as it was where it is one no longer. */
interface End {
  readonly what: 'paused' | 'gone';
  readonly before?: StoredChannel;
  readonly pause?: Pause;
}

export type RecordAttempt = (tried: Attempt) => Promise<void>;

/** Writes down what tries came to, for every delivery of a card at once, and for cards that are answered together. @throws StoreError */
export const createRecordAttempt = ({
  store,
  log,
  random,
  tell,
  underWay,
  onGone,
  timeZone = 'America/New_York',
}: RecordAttemptParts): RecordAttempt => {
  let counted: { readonly at: number; paused: number } | undefined;

  const pausedOn = async (db: Db, { platform, pausedAt }: PendingDelivery, now: number): Promise<number> => {
    if (counted === undefined || now < counted.at || now >= counted.at + PAUSED_COUNT_INTERVAL_MS)
      counted = { at: now, paused: (await countPaused(db))[platform] ?? 0 };
    // Those that are paused at once get their turns one after the other, too.
    if (pausedAt === null) counted.paused += 1;
    return counted.paused;
  };

  /** Writes one try down; says what the channel's person is to be told. */
  const write = async (db: Db, { outcome, deliveries, begun, now }: Attempt): Promise<End | undefined> => {
    const [head] = deliveries;
    const ids = deliveries.map(({ id }) => id);
    const fields = { platform: head.platform, channel: head.address, delivery: head.id, outcome: outcome.kind };

    const again = async (reason: string, waitMs: number, doubtSince?: number): Promise<void> => {
      const dueAt = now + waitMs;
      if (head.state === 'pending')
        return postpone(db, ids, { dueAt, reason, ...(doubtSince !== undefined && { doubtSince }) });
      await holdUnconfirmed(db, ids, {
        dueAt: now + UNCONFIRMED_RECHECK_MS,
        heldUntil: head.heldUntil ?? now + UNCONFIRMED_DECISION_MS,
        reason,
      });
    };

    switch (outcome.kind) {
      case 'sent':
        await finish(db, ids, { state: 'sent', messageId: outcome.messageId, now });
        log.info({ ...fields, duplicate: outcome.duplicate ?? false }, 'card delivered');
        if (head.pausedAt === null) return undefined;
        await endPause(db, head.channelId);
        log.info({ ...fields, pausedMs: now - head.pausedAt }, 'channel takes cards again');
        return undefined;
      case 'gone': {
        const ended = outcome.mayReturn ? awayReason(outcome.reason) : outcome.reason;
        const before = await retireChannel(db, head.channelId, ended);
        await abandon(db, head.channelId, outcome.reason, now);
        log.error({ ...fields, reason: outcome.reason }, 'channel is gone and was retired');
        return { what: 'gone', before };
      }
      case 'rejected':
        await finish(db, ids, { state: 'failed', reason: outcome.reason, now });
        log.error({ ...fields, reason: outcome.reason }, 'card was refused for good: a fault of ours');
        return undefined;
      case 'forbidden': {
        const { reason, remedy, why } = outcome;
        const pause: Pause = { text: `${reason} ${remedy}`, ...why };
        const waitMs = pauseMs(now - (head.pausedAt ?? now), await pausedOn(db, head, now), random);
        await pauseChannel(db, head.channelId, { why: pauseToStore(pause), now, tryAt: now + waitMs });
        await again(reason, waitMs);
        if (head.pausedAt === null) log.error({ ...fields, reason, remedy, waitMs }, 'channel is paused');
        else log.debug({ ...fields, reason, waitMs }, 'channel stays paused');
        if (head.notifiedPerson) return undefined;
        await markPersonNotified(db, head.channelId);
        return { what: 'paused', pause };
      }
      case 'unsure': {
        const { reason, remedy } = outcome;
        const heldUntil = (head.state === 'unsure' ? head.heldUntil : null) ?? now + UNCONFIRMED_DECISION_MS;
        await holdUnconfirmed(db, ids, {
          dueAt: now + UNCONFIRMED_RECHECK_MS,
          heldUntil,
          reason: `${reason} ${remedy}`,
        });
        const note = { ...fields, reason, remedy, heldUntil };
        if (head.state === 'unsure') log.debug(note, 'nobody can tell yet whether a card arrived');
        else log.warn(note, 'nobody can tell whether a card arrived');
        return undefined;
      }
      case 'unmade':
        await again(outcome.reason, deliveryBackoff(head.attempts + 1, random));
        await requeue(db, ids);
        return undefined;
      case 'down':
        await again(outcome.reason, deliveryBackoff(head.attempts + 1, random));
        return undefined;
      case 'later':
      case 'unknown': {
        const { reason, afterMs = 0 } = outcome;
        const waitMs = Math.round(Math.max(afterMs, deliveryBackoff(head.attempts + 1, random)));
        await again(reason, waitMs, outcome.kind === 'unknown' ? begun : undefined);
        log.warn({ ...fields, reason, waitMs }, 'card not delivered yet');
        return undefined;
      }
    }
  };

  const conclude = createBatcher<Attempt, End | undefined>({
    work: (tries) =>
      groupCommit(store, tries, async (db, some) => {
        const ends: (End | undefined)[] = [];
        for (const tried of some) ends.push(await write(db, tried));
        return ends;
      }),
    expected: underWay,
    waitMs: BATCH_WINDOW_MS,
  });

  return async (tried) => {
    const end = await conclude(tried);
    if (!end) return;
    if (end.before) await onGone?.(end.before);
    const [head] = tried.deliveries;
    if (await tell?.(end.what, head, end.pause)) return;
    await store.transaction((db) =>
      enqueueChannelNotice(db, { head, timeZone, now: tried.now, ...(end.pause && { pause: end.pause }) }),
    );
  };
};
