import { awayReason, retireChannel, type StoredChannel } from '../store/channels.ts';
import { abandon, type Owed, postpone, putLast, settle } from '../store/deliveries.ts';
import { inOneCommit } from '../store/in-one-commit.ts';
import { countPaused, endPause, pauseChannel, personTold } from '../store/pauses.ts';
import type { Db, Store } from '../store/store.ts';
import { setAside } from '../store/unsure.ts';
import { type Pause, pauseToStore } from '../stories/pause.ts';
import type { Logger } from '../telemetry/log.ts';
import { backoff } from './backoff.ts';
import { gather } from './gather.ts';
import { oweTrouble } from './owe-trouble.ts';
import { pauseMs } from './pauses.ts';
import type { Tried } from './post.ts';
import type { TellPerson } from './tell-person.ts';

const MINUTE = 60_000;
/** What is unsure is looked for again so often, and decided on after so long. */
const LOOK_AGAIN_MS = 3 * MINUTE;
const DECIDE_MS = 60 * MINUTE;
/** How many channels are paused is counted no more often: it only spreads their tries. */
const COUNT_MS = MINUTE;
/** Answers that come within so many milliseconds are written down with one commit. */
const GATHER_MS = 5;

export interface ConcludeParts {
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
export interface Try {
  readonly outcome: Tried;
  /** The deliveries of the card; never empty. */
  readonly told: readonly [Owed, ...Owed[]];
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

export type Conclude = (tried: Try) => Promise<void>;

/** Writes down what tries came to, for every delivery of a card at once, and for cards that are answered together. @throws StoreError */
export const createConclude = ({
  store,
  log,
  random,
  tell,
  underWay,
  onGone,
  timeZone = 'America/New_York',
}: ConcludeParts): Conclude => {
  let counted: { readonly at: number; paused: number } | undefined;

  const pausedOn = async (db: Db, { platform, pausedAt }: Owed, now: number): Promise<number> => {
    if (counted === undefined || now < counted.at || now >= counted.at + COUNT_MS)
      counted = { at: now, paused: (await countPaused(db))[platform] ?? 0 };
    // Those that are paused at once get their turns one after the other, too.
    if (pausedAt === null) counted.paused += 1;
    return counted.paused;
  };

  /** Writes one try down; says what the channel's person is to be told. */
  const write = async (db: Db, { outcome, told, begun, now }: Try): Promise<End | undefined> => {
    const [head] = told;
    const ids = told.map(({ id }) => id);
    const fields = { platform: head.platform, channel: head.address, delivery: head.id, outcome: outcome.kind };

    const again = async (reason: string, waitMs: number, doubtSince?: number): Promise<void> => {
      const dueAt = now + waitMs;
      if (head.state === 'pending')
        return postpone(db, ids, { dueAt, reason, ...(doubtSince !== undefined && { doubtSince }) });
      await setAside(db, ids, { dueAt: now + LOOK_AGAIN_MS, heldUntil: head.heldUntil ?? now + DECIDE_MS, reason });
    };

    switch (outcome.kind) {
      case 'sent':
        await settle(db, ids, { state: 'sent', messageId: outcome.messageId, now });
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
        await settle(db, ids, { state: 'failed', reason: outcome.reason, now });
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
        if (head.told) return undefined;
        await personTold(db, head.channelId);
        return { what: 'paused', pause };
      }
      case 'unsure': {
        const { reason, remedy } = outcome;
        const heldUntil = (head.state === 'unsure' ? head.heldUntil : null) ?? now + DECIDE_MS;
        await setAside(db, ids, { dueAt: now + LOOK_AGAIN_MS, heldUntil, reason: `${reason} ${remedy}` });
        const note = { ...fields, reason, remedy, heldUntil };
        if (head.state === 'unsure') log.debug(note, 'nobody can tell yet whether a card arrived');
        else log.warn(note, 'nobody can tell whether a card arrived');
        return undefined;
      }
      case 'unmade':
        await again(outcome.reason, backoff(head.attempts + 1, random));
        await putLast(db, ids);
        return undefined;
      case 'down':
        await again(outcome.reason, backoff(head.attempts + 1, random));
        return undefined;
      case 'later':
      case 'unknown': {
        const { reason, afterMs = 0 } = outcome;
        const waitMs = Math.round(Math.max(afterMs, backoff(head.attempts + 1, random)));
        await again(reason, waitMs, outcome.kind === 'unknown' ? begun : undefined);
        log.warn({ ...fields, reason, waitMs }, 'card not delivered yet');
        return undefined;
      }
    }
  };

  const conclude = gather<Try, End | undefined>({
    work: (tries) =>
      inOneCommit(store, tries, async (db, some) => {
        const ends: (End | undefined)[] = [];
        for (const tried of some) ends.push(await write(db, tried));
        return ends;
      }),
    expected: underWay,
    waitMs: GATHER_MS,
  });

  return async (tried) => {
    const end = await conclude(tried);
    if (!end) return;
    if (end.before) await onGone?.(end.before);
    const [head] = tried.told;
    if (await tell?.(end.what, head, end.pause)) return;
    await store.transaction((db) =>
      oweTrouble(db, { head, timeZone, now: tried.now, ...(end.pause && { pause: end.pause }) }),
    );
  };
};
