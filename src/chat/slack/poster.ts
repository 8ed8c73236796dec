import type { webApi } from '@slack/bolt';
import type { HostClock } from '../../clock/host-clock.ts';
import type { OptionalPart } from '../../stories/lacks.ts';
import type { Logger } from '../../telemetry/log.ts';
import { HOUR_MS } from '../../util/durations.ts';
import { createLru } from '../../util/lru.ts';
import { resultWithin } from '../../util/promises.ts';
import type { Lack, Outcome, Posting } from '../platform.ts';
import { createRateLimiter } from '../rate-limiter.ts';
import type { Sleep } from '../sleep.ts';
import { CARD_EVENT, posted } from './answers.ts';
import { createChannelSpacing } from './channel-spacing.ts';
import { faultText, slackFault } from './fault.ts';
import { findPosted } from './find-posted.ts';
import { createGoneGroups, GROUP_GONE } from './gone-groups.ts';
import { createInFlight } from './in-flight.ts';
import { cardWithout, optionalPartsOf, type Sending, sendInParts } from './optional-parts.ts';
import { blamesBlocks, lackOfFault, outcomeOf, outcomeToPerson } from './outcome.ts';
import type { Pictures } from './pictures.ts';
import { type Rendered, renderCard } from './render.ts';

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

/** The bot has no scope to read what it and a person have written to each other. */
const UNSEEN: Outcome = {
  kind: 'unsure',
  reason: "Slack's reply to a direct message was lost, and direct messages are not read.",
  remedy: '',
};

/** Channels that are remembered because their picture was refused when it was added to its card. */
const MAX_REMEMBERED_LACKS = 1_000;

/** A card being posted, without the parts that are left out. */
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

/**
 * Posts cards: at most one message a call, with its picture if that is ready in time, otherwise added afterwards. A part
 * that Slack refuses is left out.
 */
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
  /** By channel: refusals of pictures that were added to their card after it was posted. */
  const lateLacks = createLru<string, Lack>(MAX_REMEMBERED_LACKS);
  const goneGroups = createGoneGroups(client, monotonic);
  const inFlight = createInFlight();

  /** Postings under way by key: a second call for the same key gets the outcome of the first. */
  const underWay = new Map<string, Promise<Outcome>>();

  const rateLimiter = createRateLimiter({ perSecond: MESSAGES_PER_SECOND, sleep });
  const spacing = createChannelSpacing({ now: monotonic, sleep });

  const send = async (draft: Draft, fileId?: string): Promise<Sending> => {
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
      return {
        outcome: read.success
          ? { kind: 'sent', messageId: read.data.messageId }
          : { kind: 'unknown', reason: "Slack's reply has no message ID" },
      };
    } catch (error) {
      const fault = slackFault(error);
      const outcome = (draft.posting.toPerson ? outcomeToPerson : outcomeOf)(fault);
      // Slack's Retry-After applies to the whole workspace.
      return outcome.kind === 'later' && outcome.afterMs !== undefined
        ? { outcome: { everywhere: 'throttled', ...outcome } }
        : { outcome, lack: lackOfFault(fault), blocks: blamesBlocks(fault) };
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
      const fault = slackFault(error);
      const lack = lackOfFault(fault);
      if (lack) lateLacks.set(draft.posting.channelId, lack);
      log.warn({ key, fault: faultText(fault) }, 'slack picture could not be added to its card');
    }
    pictures.forget(key);
  };

  const uploadInTime = async (
    { key, card }: Posting,
    png: Uint8Array,
  ): Promise<{ readonly fileId?: string; readonly lack?: Lack | undefined }> => {
    const upload = async () => {
      const fileId = await pictures.upload(key, card.picture?.name ?? key, png);
      if (fileId === undefined) return { lack: pictures.lackOf(key) };
      return (await pictures.processed(fileId, POLLS_BEFORE_POST)) ? { fileId } : { lack: pictures.lackOf(fileId) };
    };
    return (await resultWithin(upload(), PICTURE_TIMEOUT_MS)) ?? {};
  };

  const draftWithout = (
    posting: Posting,
    answer: AnswerPlacement | undefined,
    left: ReadonlySet<OptionalPart>,
  ): Draft => {
    const { card, key, ping } = posting;
    const rendered = renderCard(cardWithout(card, left), answer && key, left.has('ping') ? undefined : ping);
    return { posting, rendered, ...(answer && { answer }) };
  };

  /** `draft`: the card without the parts in `leave`. */
  const deliver = async (full: Draft, leave: ReadonlySet<OptionalPart>): Promise<Outcome> => {
    const { posting, answer } = full;
    const { card, key, ping } = posting;
    const png = card.picture === undefined || leave.has('picture') ? undefined : posting.png;
    const { fileId, lack } = png ? await uploadInTime(posting, png) : {};
    const given = optionalPartsOf(card, { picture: fileId !== undefined, ping: ping !== undefined });
    let draft = full;
    const outcome = await sendInParts(new Set([...given].filter((part) => !leave.has(part))), (left) => {
      draft = left.size === 0 ? full : draftWithout(posting, answer, new Set([...leave, ...left]));
      return send(draft, left.has('picture') ? undefined : fileId);
    });
    if (outcome.kind !== 'sent') return outcome;
    if (lack) return { ...outcome, without: [lack, ...(outcome.without ?? [])] };
    const uploaded = pictures.uploaded(key);
    if (fileId !== undefined) pictures.forget(key);
    else if (png !== undefined && !signal.aborted)
      void inFlight.add(addPicture(draft, outcome.messageId, card.picture?.name ?? key, png));
    return { ...outcome, ...(uploaded !== undefined && { fileId: uploaded }) };
  };

  const attempt = async (posting: Posting, answer: AnswerPlacement | undefined): Promise<Outcome> => {
    const lateLack = lateLacks.get(posting.channelId);
    const { ping, leaveOut } = posting;
    const isGone = ping !== undefined && !leaveOut?.has('ping') && (await goneGroups.isGone(ping));
    const known = [...(lateLack ? [lateLack] : []), ...(isGone ? [GROUP_GONE] : [])];
    const leave = new Set<OptionalPart>([...(leaveOut ?? []), ...known.map(({ part }) => part)]);
    let draft: Draft;
    try {
      draft = draftWithout(posting, answer, leave);
    } catch (error) {
      log.error({ key: posting.key, err: error }, 'slack card layout failed');
      return { kind: 'rejected', reason: 'The card could not be laid out for Slack' };
    }
    const since = () => hostClock.earliestOf(posting.since ?? now() - DEFAULT_LOOK_BACK_MS);
    if (posting.toPerson && posting.maybePosted) return UNSEEN;
    const earlier = posting.maybePosted ? await findPosted(client, posting, since) : undefined;
    const outcome = earlier ?? (await deliver(draft, leave));
    if (outcome.kind !== 'sent' || known.length === 0) return outcome;
    lateLacks.delete(posting.channelId);
    return { ...outcome, without: [...known, ...(outcome.without ?? [])] };
  };

  const begin = (posting: Posting, answer: AnswerPlacement | undefined): Promise<Outcome> => {
    const outcome = inFlight.add(attempt(posting, answer)).finally(() => underWay.delete(posting.key));
    underWay.set(posting.key, outcome);
    return outcome;
  };

  return {
    post: async (posting, answer) => {
      if (signal.aborted) return { kind: 'later', reason: 'Slidewatch is stopping' };
      return underWay.get(posting.key) ?? begin(posting, answer);
    },
    settled: inFlight.settled,
  };
};
