import type { webApi } from '@slack/bolt';
import type { Logger } from '../../telemetry/log.ts';
import { waitAtMost } from '../../util/promises.ts';
import type { Outcome, Posting } from '../platform.ts';
import { createRateLimiter } from '../rate-limiter.ts';
import { CARD_EVENT, posted } from './answers.ts';
import { faultText, slackFault } from './fault.ts';
import { findPosted } from './find-posted.ts';
import { createGaps } from './gaps.ts';
import { outcomeOf } from './outcome.ts';
import type { Pictures } from './pictures.ts';
import { type Rendered, renderCard } from './render.ts';
import type { Sleep } from './sleep.ts';

type Down = Extract<Outcome, { kind: 'down' }>;

export interface PosterParts {
  readonly client: webApi.WebClient;
  readonly pictures: Pictures;
  readonly log: Logger;
  /** Epoch milliseconds. */
  readonly now: () => number;
  readonly sleep: Sleep;
  /** Aborted when the platform stops: pictures are waited for no longer. */
  readonly signal: AbortSignal;
}

/** How an answer is shown; a posting without it is a card of its own. */
export interface Showing {
  /** The message that the answer takes the place of; a new one where absent. */
  readonly replaces?: string;
  /** The thread it belongs to. */
  readonly thread?: string;
}

export interface Poster {
  post(posting: Posting, answer?: Showing): Promise<Outcome>;
  /** From now on every post is `down`, without a request. */
  refuse(down: Down): void;
  /** Resolves when nothing is under way. */
  settled(): Promise<void>;
}

/** Slack allows several hundred messages a minute in a workspace: these are 300. */
const PER_SECOND = 5;

const POLLS_BEFORE = 10;
const POLLS_AFTER = 60;

/** Milliseconds that a card waits for its picture: with the post itself it stays below a courier's patience. */
const PICTURE_MS = 20_000;

/** A card on its way: what is the same at every step. */
interface Draft {
  readonly posting: Posting;
  readonly rendered: Rendered;
  readonly answer?: Showing;
}

const message = ({ posting, rendered }: Draft, fileId: string | undefined) => ({
  channel: posting.channelId,
  text: rendered.text,
  blocks: rendered.blocks(fileId),
  metadata: { event_type: CARD_EVENT, event_payload: { key: posting.key } },
});

const rejectedBlocks = (outcome: Outcome): boolean =>
  outcome.kind === 'rejected' && outcome.reason.includes('invalid_blocks');

/** What `work` gives within the time that a card waits for its picture; undefined where that is over, or it failed. */
const inTime = async <T>(work: () => Promise<T | undefined>): Promise<T | undefined> => {
  let result: T | undefined;
  const done = work().then((value) => {
    result = value;
  });
  await waitAtMost(done, PICTURE_MS);
  return result;
};

/** Posts cards: at most one message a call, the picture with it where Slack has it ready, else added afterwards. */
export const createPoster = ({ client, pictures, log, now, sleep, signal }: PosterParts): Poster => {
  let down: Down | undefined;
  const underWay = new Set<Promise<unknown>>();

  const track = <T>(work: Promise<T>): Promise<T> => {
    const entry: Promise<unknown> = work.finally(() => underWay.delete(entry));
    underWay.add(entry);
    return work;
  };

  /** Postings that have no outcome yet: whoever asks for one again gets the outcome of the try that is under way. */
  const trying = new Map<string, Promise<Outcome>>();

  const pace = createRateLimiter({ perSecond: PER_SECOND, sleep });
  const gaps = createGaps({ now, sleep });

  const send = async (draft: Draft, fileId?: string): Promise<Outcome> => {
    // Somebody waits for an answer, and they are few.
    if (draft.answer === undefined) {
      await gaps.turn(draft.posting.channelId, signal);
      await pace.turn(signal);
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
      // Slack's Retry-After is for the whole workspace.
      return outcome.kind === 'later' && outcome.afterMs !== undefined ? { ...outcome, everywhere: true } : outcome;
    }
  };

  /** Adds the picture to a message that is there already. A failure costs the picture and nothing else. */
  const addPicture = async (draft: Draft, ts: string, name: string, png: Uint8Array): Promise<void> => {
    const { key } = draft.posting;
    try {
      const fileId = await pictures.upload(key, name, png);
      if (fileId === undefined) return;
      if (await pictures.processed(fileId, POLLS_AFTER)) await client.chat.update({ ...message(draft, fileId), ts });
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
    const fileId = await inTime(async () => {
      const uploaded = await pictures.upload(key, name, png);
      return uploaded !== undefined && (await pictures.processed(uploaded, POLLS_BEFORE)) ? uploaded : undefined;
    });
    const ready = fileId !== undefined;
    const first = await send(draft, fileId);
    const pictureRefused = ready && rejectedBlocks(first);
    const outcome = pictureRefused ? await send(draft) : first;
    if (outcome.kind === 'sent') {
      if (ready && !pictureRefused) pictures.forget(key);
      else if (!signal.aborted) void track(addPicture(draft, outcome.messageId, name, png));
    }
    return outcome;
  };

  const attempt = async (posting: Posting, answer: Showing | undefined): Promise<Outcome> => {
    let rendered: Rendered;
    try {
      rendered = renderCard(posting.card, answer && posting.key, posting.ping);
    } catch (error) {
      log.error({ key: posting.key, err: error }, 'slack card layout failed');
      return { kind: 'rejected', reason: 'The card could not be laid out for Slack' };
    }
    const earlier = posting.maybePosted ? await findPosted(client, posting, now()) : undefined;
    return earlier ?? deliver({ posting, rendered, ...(answer && { answer }) });
  };

  const begin = (posting: Posting, answer: Showing | undefined): Promise<Outcome> => {
    const outcome = track(attempt(posting, answer)).finally(() => trying.delete(posting.key));
    trying.set(posting.key, outcome);
    return outcome;
  };

  return {
    post: async (posting, answer) => {
      if (down !== undefined) return down;
      if (signal.aborted) return { kind: 'later', reason: 'Slidewatch is stopping' };
      const outcome = await (trying.get(posting.key) ?? begin(posting, answer));
      if (outcome.kind === 'down') down = outcome;
      return outcome;
    },
    refuse: (reason) => {
      down = reason;
    },
    settled: async () => {
      while (underWay.size > 0) await Promise.allSettled(underWay);
    },
  };
};
