import type { Presence } from '../channels/presence.ts';
import type { Outcome } from '../chat/platform.ts';
import { EXCHANGE_TIME_ZONE } from '../market/exchange-time.ts';
import type { DeliveryWithStory } from '../outbox/group.ts';
import { readAfterHours } from '../store/after-hours.ts';
import { retireChannel, type StoredChannel } from '../store/channels.ts';
import { abandon, finish, type PendingDelivery, postpone, requeue } from '../store/deliveries.ts';
import { enqueueEdits, type SlideMessage } from '../store/edits.ts';
import { groupCommit } from '../store/group-commit.ts';
import { countPaused, endPause, markPersonNotified, pauseChannel, writeLacks } from '../store/pauses.ts';
import { enqueuePings } from '../store/personal-pings.ts';
import type { Db, Store } from '../store/store.ts';
import { holdUnconfirmed } from '../store/unconfirmed.ts';
import { type Lacks, lacksFromStore, lacksToStore, type OptionalPart } from '../stories/lacks.ts';
import { type Pause, pauseToStore } from '../stories/pause.ts';
import type { Logger } from '../telemetry/log.ts';
import { MINUTE_MS } from '../util/durations.ts';
import { resultWithin } from '../util/promises.ts';
import { createBatcher } from './batcher.ts';
import { enqueueChannelNotice } from './enqueue-channel-notice.ts';
import type { NotifyPerson } from './notify-person.ts';
import type { AttemptResult } from './post.ts';
import { postedAlerts } from './posted-alerts.ts';
import { deliveryBackoffMs, pauseRetryMs } from './retry-delays.ts';

/** Unconfirmed deliveries: interval of checks, and the time after which WHEN_UNSURE applies. */
const UNCONFIRMED_RECHECK_MS = 3 * MINUTE_MS;
export const UNCONFIRMED_DECISION_MS = 60 * MINUTE_MS;
/** How long a count of the paused channels is used: it only spreads their attempts. */
const PAUSED_COUNT_MAX_AGE_MS = MINUTE_MS;
/** Attempts that end within this time are recorded in one commit. */
const BATCH_WINDOW_MS = 5;
/** After so many attempts a refusal that is in no list pauses the channel, which tells its person. */
const UNLISTED_ATTEMPTS = 5;
const UNLISTED_REMEDY = 'The log names the code; if it stays, tell whoever runs the bot.';
/** A direct message about an alert is not sent later than this after its card. */
const PING_LIFE_MS = 30 * MINUTE_MS;
/** The first card of a fall says for so long that it went deeper; later, it is no news. */
const DEEPER_EDIT_LIFE_MS = 30 * MINUTE_MS;
/** Maximum wait for the direct message that a channel is gone: the attempt is recorded before its lease ends. */
const GONE_MESSAGE_TIMEOUT_MS = 10_000;

interface RecordAttemptParts {
  readonly store: Store;
  readonly log: Logger;
  /** In [0, 1). */
  readonly random: () => number;
  readonly notifyPerson?: NotifyPerson;
  /** IANA name; for channels without their own. Default: New York. */
  readonly timeZone?: string;
  /** Number of attempts that are not recorded yet. */
  readonly inFlightCount: () => number;
  /** Signs that the bot may post in a place; a refusal from before one is old. */
  readonly presence?: Presence;
  /** Called after a channel was taken out of use, with its row from before. */
  readonly onGone?: (before: StoredChannel) => Promise<void>;
}

/** One attempt to post a card, and its result. */
interface Attempt {
  readonly outcome: AttemptResult;
  /** The deliveries of the card as claimed: with their state before the attempt, which their `attempts` count. */
  readonly deliveries: readonly [DeliveryWithStory, ...DeliveryWithStory[]];
  /** Epoch milliseconds. */
  readonly startedAt: number;
  /** The mark of `presence` from before the request was sent. */
  readonly mark?: number | undefined;
  /** When the reply came, epoch milliseconds. */
  readonly now: number;
  /** The message that the card goes on from: what has happened since is added to it. */
  readonly earlier?: SlideMessage | undefined;
  /** With `gone`: whether the channel's person was notified. */
  readonly reachedPerson?: boolean;
}

type Sent = Extract<AttemptResult, { kind: 'sent' }>;
type Refusal = Pick<Extract<Outcome, { kind: 'forbidden' }>, 'reason' | 'remedy' | 'why'>;

/** What follows a recorded attempt. */
interface FollowUp {
  /** A pause to announce: it is announced again by the next refusal until `markPersonNotified`. */
  readonly pause?: Pause;
  /** A part of its cards that the channel refuses for the first time. */
  readonly lack?: { readonly part: OptionalPart; readonly pause: Pause };
  /** The row of a channel that was gone, from before it was retired. */
  readonly before?: StoredChannel;
}

type RecordAttempt = (attempt: Attempt) => Promise<void>;

/**
 * Owes a card that has just been posted an edit if the fall after the bell that it tells of went deeper before: it was held
 * or late.
 */
const noteDeeperBefore = async (db: Db, { story, ...card }: DeliveryWithStory, now: number): Promise<void> => {
  if (story.kind !== 'after-hours') return;
  const told = (await readAfterHours(db, story.session)).get(story.symbol);
  if (told?.deeper)
    await enqueueEdits(db, card.platform, [card.batch ?? card.id], { now, lifeMs: card.expiresAt - now });
};

/** Stores which parts the channel refused, and forgets those that it takes again. Returns the first that is new. */
const noteLacks = async (
  db: Db,
  { without = [], offered }: Sent,
  { channelId, lacks: stored }: PendingDelivery,
  now: number,
): Promise<FollowUp | undefined> => {
  const before = lacksFromStore(stored);
  const refused = new Map(
    without.map(({ part, reason, remedy, why, afterMs }) => {
      const until = afterMs !== undefined && { until: now + Math.ceil(afterMs) };
      return [part, { text: `${reason} ${remedy}`, ...why, at: now, ...until }] as const;
    }),
  );
  const kept = Object.entries(before).filter(([part]) => !offered?.has(part as OptionalPart));
  const lacks: Lacks = Object.fromEntries([...kept, ...refused]);
  const text = lacksToStore(lacks);
  if (text !== stored) await writeLacks(db, channelId, text);
  const added = [...refused].find(([part]) => before[part] === undefined);
  return added && { lack: { part: added[0], pause: added[1] } };
};

/**
 * Records attempts: moves all deliveries of a card to their next state, pauses or retires the channel, and sends the
 * notices. Attempts that end together share a commit. @throws StoreError
 */
export const createRecordAttempt = ({
  store,
  log,
  random,
  notifyPerson,
  inFlightCount,
  onGone,
  presence,
  timeZone = EXCHANGE_TIME_ZONE,
}: RecordAttemptParts): RecordAttempt => {
  let pausedCount: { readonly at: number; channels: number } | undefined;

  /** Number of paused channels of the delivery's platform, including its own. */
  const countPausedWith = async (db: Db, { platform, pausedAt }: PendingDelivery, now: number): Promise<number> => {
    if (pausedCount === undefined || now < pausedCount.at || now >= pausedCount.at + PAUSED_COUNT_MAX_AGE_MS)
      pausedCount = { at: now, channels: (await countPaused(db))[platform] ?? 0 };
    // Channels paused since the count was made: their attempts are spread as well.
    if (pausedAt === null) pausedCount.channels += 1;
    return pausedCount.channels;
  };

  /** Whether a refusal of the place says nothing any more: a later sign says that the bot may post there. */
  const isOutdated = ({ deliveries: [head], mark }: Attempt): boolean =>
    mark !== undefined && (presence?.heardSince(mark, head) ?? false);

  /**
   * Records one attempt; returns what follows. An attempt that no longer holds the card changes
   * nothing: its lease has ended and another one has taken the card, or the channel was closed.
   */
  const record = async (db: Db, attempt: Attempt): Promise<FollowUp | undefined> => {
    const { outcome, deliveries, startedAt, now, earlier, reachedPerson } = attempt;
    const [head] = deliveries;
    const backoffMs = (): number => deliveryBackoffMs(head.attempts, random);
    const fields = { platform: head.platform, channel: head.address, delivery: head.id, outcome: outcome.kind };

    const heldUntil = (head.state === 'unsure' ? head.heldUntil : null) ?? now + UNCONFIRMED_DECISION_MS;
    const hold = (reason: string): Promise<number> =>
      holdUnconfirmed(db, deliveries, { dueAt: now + UNCONFIRMED_RECHECK_MS, heldUntil, reason });
    const retryAfter = (
      waitMs: number,
      reason: string,
      { unconfirmedSince, pauses = false }: { readonly unconfirmedSince?: number; readonly pauses?: boolean } = {},
    ): Promise<number> =>
      head.state === 'unsure'
        ? hold(reason)
        : postpone(db, deliveries, pauses ? 'pause' : 'postpone', {
            dueAt: now + waitMs,
            reason,
            ...(unconfirmedSince !== undefined && { unconfirmedSince }),
          });
    const superseded = (): undefined => {
      log.warn({ ...fields, attempt: head.attempts }, 'reply came too late: the card was taken by another attempt');
    };

    /** Pauses the channel until somebody mends it. */
    const pauseFor = async ({ reason, remedy, why }: Refusal): Promise<FollowUp | undefined> => {
      const pause: Pause = { text: `${reason} ${remedy}`, ...why };
      const waitMs = pauseRetryMs(now - (head.pausedAt ?? now), await countPausedWith(db, head, now), random);
      if ((await retryAfter(waitMs, reason, { pauses: true })) === 0) return superseded();
      await pauseChannel(db, head.channelId, { why: pauseToStore(pause), now, tryAt: now + waitMs });
      if (head.pausedAt === null) log.error({ ...fields, reason, remedy, waitMs }, 'channel paused');
      else log.debug({ ...fields, reason, waitMs }, 'channel still paused');
      return head.notifiedPerson ? undefined : { pause };
    };

    if ((outcome.kind === 'gone' || outcome.kind === 'forbidden') && isOutdated(attempt)) {
      if ((await retryAfter(backoffMs(), outcome.reason)) === 0) return superseded();
      log.warn({ ...fields, reason: outcome.reason }, 'refused before the channel was open again: tried once more');
      return undefined;
    }
    switch (outcome.kind) {
      case 'sent': {
        const { messageId, fileId } = outcome;
        const ids = { messageId, ...(fileId !== undefined && { fileId }) };
        if ((await finish(db, deliveries, 'sent', { ...ids, now })) === 0) return superseded();
        if (earlier) await enqueueEdits(db, head.platform, [earlier.batch], { now, lifeMs: DEEPER_EDIT_LIFE_MS });
        await noteDeeperBefore(db, head, now);
        log.info({ ...fields, duplicate: outcome.duplicate ?? false }, 'card delivered');
        if (head.pausedAt !== null) {
          await endPause(db, head.channelId);
          log.info({ ...fields, pausedMs: now - head.pausedAt }, 'channel resumed');
        }
        await enqueuePings(db, head.channelId, postedAlerts(deliveries), { now, expiresAt: now + PING_LIFE_MS });
        return noteLacks(db, outcome, head, now);
      }
      case 'gone': {
        const { reason } = outcome;
        if ((await finish(db, deliveries, 'gone', { reason, now })) === 0) return superseded();
        const before = await retireChannel(db, head.channelId, { status: 'away', reason });
        await abandon(db, head.channelId, reason, now);
        if (!reachedPerson) await enqueueChannelNotice(db, { head, timeZone, now });
        log.error({ ...fields, reason }, 'channel gone: out of use');
        return { before };
      }
      case 'rejected':
        if ((await finish(db, deliveries, 'failed', { reason: outcome.reason, now })) === 0) return superseded();
        log.error({ ...fields, reason: outcome.reason }, 'card rejected permanently: bug in Slidewatch');
        return undefined;
      case 'unlisted': {
        const { reason, code } = outcome;
        log.warn({ ...fields, code, reason }, 'refused with a code that is in no list');
        if (head.attempts >= UNLISTED_ATTEMPTS)
          return pauseFor({ reason, remedy: UNLISTED_REMEDY, why: { key: 'unlisted', values: { code } } });
        return (await retryAfter(backoffMs(), reason)) === 0 ? superseded() : undefined;
      }
      case 'forbidden':
        return pauseFor(outcome);
      case 'unsure': {
        const { reason, remedy } = outcome;
        if ((await hold(`${reason} ${remedy}`)) === 0) return superseded();
        const details = { ...fields, reason, remedy, heldUntil };
        if (head.state === 'unsure') log.debug(details, 'delivery still unconfirmed');
        else log.warn(details, 'delivery unconfirmed');
        return undefined;
      }
      case 'unmade':
        if ((await retryAfter(backoffMs(), outcome.reason)) === 0) return superseded();
        await requeue(db, deliveries);
        return undefined;
      case 'lapsed':
      case 'credential':
        return (await retryAfter(backoffMs(), outcome.reason)) === 0 ? superseded() : undefined;
      case 'later':
      case 'unknown': {
        const { reason, afterMs = 0 } = outcome;
        const waitMs = Math.max(Math.ceil(afterMs), backoffMs());
        const lost = outcome.kind === 'unknown' && { unconfirmedSince: startedAt };
        if ((await retryAfter(waitMs, reason, { ...lost })) === 0) return superseded();
        log.warn({ ...fields, reason, waitMs }, 'card not delivered yet');
        return undefined;
      }
    }
  };

  const recordInBatch = createBatcher<Attempt, FollowUp | undefined>({
    work: (attempts) =>
      groupCommit(store, attempts, async (db, chunk) => {
        const followUps: (FollowUp | undefined)[] = [];
        for (const attempt of chunk) followUps.push(await record(db, attempt));
        return followUps;
      }),
    expected: inFlightCount,
    waitMs: BATCH_WINDOW_MS,
  });

  return async (attempt) => {
    const { deliveries, outcome, now } = attempt;
    const [head] = deliveries;
    // Nothing would bring this message back once the channel is retired, so it goes out before that is recorded.
    const message = outcome.kind === 'gone' && !isOutdated(attempt) ? notifyPerson?.('gone', head) : undefined;
    const reachedPerson = message !== undefined && (await resultWithin(message, GONE_MESSAGE_TIMEOUT_MS)) === true;
    const { before, pause, lack } = (await recordInBatch({ ...attempt, reachedPerson })) ?? {};
    if (before) await onGone?.(before);
    if (lack) {
      log.warn(
        { platform: head.platform, channel: head.address, part: lack.part, reason: lack.pause.text },
        'card without a part',
      );
      await notifyPerson?.(`lacks-${lack.part}`, head, lack.pause);
    }
    if (!pause) return;
    const reached = await notifyPerson?.('paused', head, pause);
    await store.transaction(async (db) => {
      if (!reached) await enqueueChannelNotice(db, { head, timeZone, now, pause });
      await markPersonNotified(db, head.channelId);
    });
  };
};
