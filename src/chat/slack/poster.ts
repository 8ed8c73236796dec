import type { webApi } from '@slack/bolt';
import type { Logger } from '../../log.ts';
import type { Outcome, Posting } from '../platform.ts';
import { CARD_EVENT, posted } from './answers.ts';
import { faultOf, faultText } from './fault.ts';
import { findPosted } from './find-posted.ts';
import { outcomeOf } from './outcome.ts';
import type { Pictures } from './pictures.ts';
import { type Rendered, renderCard } from './render.ts';

type Down = Extract<Outcome, { kind: 'down' }>;

export interface PosterParts {
  readonly client: webApi.WebClient;
  readonly pictures: Pictures;
  readonly log: Logger;
  /** Epoch milliseconds. */
  readonly now: () => number;
  /** Aborted when the platform stops: pictures are waited for no longer. */
  readonly signal: AbortSignal;
}

export interface Poster {
  post(posting: Posting): Promise<Outcome>;
  /** From now on every post is `down`, without a request. */
  refuse(down: Down): void;
  /** Resolves when nothing is under way. */
  settled(): Promise<void>;
}

const POLLS_BEFORE = 10;
const POLLS_AFTER = 60;

/** A card on its way: what is the same at every step. */
interface Draft {
  readonly posting: Posting;
  readonly rendered: Rendered;
}

const message = ({ posting, rendered }: Draft, fileId: string | undefined) => ({
  channel: posting.channelId,
  text: rendered.text,
  blocks: rendered.blocks(fileId),
  metadata: { event_type: CARD_EVENT, event_payload: { key: posting.key } },
});

const rejectedBlocks = (outcome: Outcome): boolean =>
  outcome.kind === 'rejected' && outcome.reason.includes('invalid_blocks');

/** Posts cards: at most one message a call, the picture with it where Slack has it ready, else added afterwards. */
export const createPoster = ({ client, pictures, log, now, signal }: PosterParts): Poster => {
  let down: Down | undefined;
  const underWay = new Set<Promise<unknown>>();

  const track = <T>(work: Promise<T>): Promise<T> => {
    const entry: Promise<unknown> = work.finally(() => underWay.delete(entry));
    underWay.add(entry);
    return work;
  };

  const send = async (draft: Draft, fileId?: string): Promise<Outcome> => {
    try {
      const answer = await client.chat.postMessage({
        ...message(draft, fileId),
        unfurl_links: false,
        unfurl_media: false,
      });
      const read = posted.safeParse(answer);
      return read.success
        ? { kind: 'sent', messageId: read.data.messageId }
        : { kind: 'unknown', reason: "Slack's answer does not name the message" };
    } catch (error) {
      return outcomeOf(faultOf(error));
    }
  };

  /** Adds the picture to a message that is there already. A failure costs the picture and nothing else. */
  const addPicture = async (draft: Draft, ts: string, name: string, png: Uint8Array): Promise<void> => {
    const { key } = draft.posting;
    try {
      const fileId = await pictures.upload(key, name, png);
      if (fileId === undefined) return;
      if (await pictures.processed(fileId, POLLS_AFTER)) await client.chat.update({ ...message(draft, fileId), ts });
      else log.warn({ key }, 'slack card stays without its picture');
    } catch (error) {
      log.warn({ key, fault: faultText(faultOf(error)) }, 'slack card could not be given its picture');
    }
    pictures.forget(key);
  };

  const deliver = async (draft: Draft): Promise<Outcome> => {
    const { card, key, png } = draft.posting;
    if (png === undefined || card.picture === undefined) return send(draft);
    const { name } = card.picture;
    const fileId = await pictures.upload(key, name, png);
    const ready = fileId !== undefined && (await pictures.processed(fileId, POLLS_BEFORE));
    const first = await send(draft, ready ? fileId : undefined);
    const pictureRefused = ready && rejectedBlocks(first);
    const outcome = pictureRefused ? await send(draft) : first;
    if (outcome.kind === 'sent') {
      if (ready && !pictureRefused) pictures.forget(key);
      else if (!signal.aborted) void track(addPicture(draft, outcome.messageId, name, png));
    }
    return outcome;
  };

  const attempt = async (posting: Posting): Promise<Outcome> => {
    let rendered: Rendered;
    try {
      rendered = renderCard(posting.card);
    } catch (error) {
      log.error({ key: posting.key, err: error }, 'slack card could not be laid out');
      return { kind: 'rejected', reason: 'The card could not be laid out for Slack' };
    }
    const earlier = posting.maybePosted ? await findPosted(client, posting, now()) : undefined;
    return earlier ?? deliver({ posting, rendered });
  };

  return {
    post: async (posting) => {
      if (down !== undefined) return down;
      if (signal.aborted) return { kind: 'later', reason: 'Slidewatch is stopping' };
      const outcome = await track(attempt(posting));
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
