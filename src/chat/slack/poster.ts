import type { webApi } from '@slack/bolt';
import type { HostClock } from '../../clock/host-clock.ts';
import type { Logger } from '../../telemetry/log.ts';
import { HOUR_MS } from '../../util/durations.ts';
import { resultWithin } from '../../util/promises.ts';
import type { Outcome, Posting } from '../platform.ts';
import { createRateLimiter } from '../rate-limiter.ts';
import type { Sleep } from '../sleep.ts';
import { CARD_EVENT, posted } from './answers.ts';
import { createChannelSpacing } from './channel-spacing.ts';
import { faultText, slackFault } from './fault.ts';
import { findPosted } from './find-posted.ts';
import { createInFlight } from './in-flight.ts';
import { outcomeOf } from './outcome.ts';
import type { Pictures } from './pictures.ts';
import { type Rendered, renderCard } from './render.ts';

type Down = Extract<Outcome, { kind: 'credential' }>;

export interface PosterParts {
  readonly client: webApi.WebClient;
  readonly pictures: Pictures;
  readonly log: Logger;
  /** Epoch milliseconds. */
  readonly now: () => number;
  /** Milliseconds of a clock that is never set, for waits. */
  readonly monotonic: () => number;
  readonly hostClock: Pick<HostClock, 'earliestOf'>;
  readonly sleep: Sleep;
  /** Aborted when the platform stops, which ends the wait for pictures. */
  readonly signal: AbortSignal;
}

/** How an answer is posted. */
export interface AnswerPlacement {
  /** The message that the answer replaces; absent for a new message. */
  readonly replaces?: string;
  /** The thread of the answer. */
  readonly thread?: string;
}

export interface Poster {
  /** Posts a card, or an answer if `answer` is given. Never rejects. */
  post(posting: Posting, answer?: AnswerPlacement): Promise<Outcome>;
  /** From now on every post returns `down` without a request. */
  refuse(down: Down): void;
  /** Resolves when nothing is under way. */
  settled(): Promise<void>;
}

/** 300 messages a minute; Slack allows several hundred in a workspace. */
const MESSAGES_PER_SECOND = 5;

/** Polls, a second apart, for a picture before and after its card is posted. */
const POLLS_BEFORE_POST = 10;
const POLLS_AFTER_POST = 60;

/** A card's wait for its picture; with the post itself it stays below the courier's timeout. */
const PICTURE_TIMEOUT_MS = 20_000;

/** How far to look back for a card if the time of its first try is unknown. */
const DEFAULT_LOOK_BACK_MS = HOUR_MS;

/** A card being posted. */
interface Draft {
  readonly posting: Posting;
  readonly rendered: Rendered;
  readonly answer?: AnswerPlacement;
}

const message = ({ posting, rendered }: Draft, fileId: string | undefined) => ({
  channel: posting.channelId,
  text: rendered.text,
  blocks: rendered.blocks(fileId),
  metadata: { event_type: CARD_EVENT, event_payload: { key: posting.key } },
});

const hasRejectedBlocks = (outcome: Outcome): boolean =>
  outcome.kind === 'rejected' && outcome.reason.includes('invalid_blocks');

/** Posts cards: at most one message a call, with its picture if that is ready in time, otherwise added afterwards. */
export const createPoster = ({
  client,
  pictures,
  log,
  now,
  monotonic,
  hostClock,
  sleep,
  signal,
}: PosterParts): Poster => {
  let down: Down | undefined;
  const inFlight = createInFlight();

  /** Postings under way by key: a second call for the same key gets the outcome of the first. */
  const underWay = new Map<string, Promise<Outcome>>();

  const rateLimiter = createRateLimiter({ perSecond: MESSAGES_PER_SECOND, sleep });
  const spacing = createChannelSpacing({ now: monotonic, sleep });

  const send = async (draft: Draft, fileId?: string): Promise<Outcome> => {
    let onAnswered: (() => void) | undefined;
    // Answers are not delayed: somebody waits, and they are few.
    if (draft.answer === undefined) {
      await spacing.acquire(draft.posting.channelId, signal);
      onAnswered = await rateLimiter.acquire(signal);
    }
    const { replaces, thread } = draft.answer ?? {};
    const body = message(draft, fileId);
    const toThread = thread === undefined ? {} : { thread_ts: thread };
    try {
      const answer =
        replaces === undefined
          ? await client.chat.postMessage({ ...body, ...toThread, unfurl_links: false, unfurl_media: false })
          : await client.chat.update({ ...body, ts: replaces });
      const read = posted.safeParse(answer);
      return read.success
        ? { kind: 'sent', messageId: read.data.messageId }
        : { kind: 'unknown', reason: "Slack's reply has no message ID" };
    } catch (error) {
      const outcome = outcomeOf(slackFault(error));
      // Slack's Retry-After applies to the whole workspace.
      return outcome.kind === 'later' && outcome.afterMs !== undefined
        ? { ...outcome, everywhere: 'throttled' }
        : outcome;
    } finally {
      onAnswered?.();
    }
  };

  /** Adds the picture to a posted message. A failure is only logged. */
  const addPicture = async (draft: Draft, ts: string, name: string, png: Uint8Array): Promise<void> => {
    const { key } = draft.posting;
    try {
      const fileId = await pictures.upload(key, name, png);
      if (fileId === undefined) return;
      if (await pictures.processed(fileId, POLLS_AFTER_POST))
        await client.chat.update({ ...message(draft, fileId), ts });
      else log.warn({ key }, 'slack card left without its picture');
    } catch (error) {
      log.warn({ key, fault: faultText(slackFault(error)) }, 'slack picture could not be added to its card');
    }
    pictures.forget(key);
  };

  const deliver = async (draft: Draft): Promise<Outcome> => {
    const { card, key, png } = draft.posting;
    if (png === undefined || card.picture === undefined) return send(draft);
    const { name } = card.picture;
    const upload = async (): Promise<string | undefined> => {
      const uploaded = await pictures.upload(key, name, png);
      return uploaded !== undefined && (await pictures.processed(uploaded, POLLS_BEFORE_POST)) ? uploaded : undefined;
    };
    const fileId = await resultWithin(upload(), PICTURE_TIMEOUT_MS);
    const ready = fileId !== undefined;
    const first = await send(draft, fileId);
    const pictureRefused = ready && hasRejectedBlocks(first);
    const outcome = pictureRefused ? await send(draft) : first;
    if (outcome.kind === 'sent') {
      if (ready && !pictureRefused) pictures.forget(key);
      else if (!signal.aborted) void inFlight.add(addPicture(draft, outcome.messageId, name, png));
    }
    return outcome;
  };

  const attempt = async (posting: Posting, answer: AnswerPlacement | undefined): Promise<Outcome> => {
    let rendered: Rendered;
    try {
      rendered = renderCard(posting.card, answer && posting.key, posting.ping);
    } catch (error) {
      log.error({ key: posting.key, err: error }, 'slack card layout failed');
      return { kind: 'rejected', reason: 'The card could not be laid out for Slack' };
    }
    const since = () => hostClock.earliestOf(posting.since ?? now() - DEFAULT_LOOK_BACK_MS);
    const earlier = posting.maybePosted ? await findPosted(client, posting, since) : undefined;
    return earlier ?? deliver({ posting, rendered, ...(answer && { answer }) });
  };

  const begin = (posting: Posting, answer: AnswerPlacement | undefined): Promise<Outcome> => {
    const outcome = inFlight.add(attempt(posting, answer)).finally(() => underWay.delete(posting.key));
    underWay.set(posting.key, outcome);
    return outcome;
  };

  return {
    post: async (posting, answer) => {
      if (down !== undefined) return down;
      if (signal.aborted) return { kind: 'later', reason: 'Slidewatch is stopping' };
      const outcome = await (underWay.get(posting.key) ?? begin(posting, answer));
      if (outcome.kind === 'credential') down = outcome;
      return outcome;
    },
    refuse: (reason) => {
      down = reason;
    },
    settled: inFlight.settled,
  };
};
