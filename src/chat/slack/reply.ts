import { RespondError, type RespondFn, type types, type webApi } from '@slack/bolt';
import { faultText, slackFault } from './fault.ts';

/** What a reply says, as chat.postEphemeral and a response_url take it. */
export interface Said {
  readonly text: string;
  readonly blocks: types.KnownBlock[];
}

/** Who asked, and where. */
export interface ReplyTarget {
  readonly channelId: string;
  /** The person's id. */
  readonly asker: string;
  /** The workspace's id, where Slack says it. */
  readonly workspace?: string | undefined;
  readonly thread?: string | undefined;
  /** The request's response_url, to be used after a restart. */
  readonly responseUrl?: string | undefined;
  /** Answers by the request's response_url, which takes five messages in 30 minutes; a mention has none. */
  readonly respond?: RespondFn;
}

/** Who sees a reply: the asker alone, the channel, or whoever saw the message that it takes the place of. */
export type Audience = 'asker' | 'channel' | 'replace';

export type Replied =
  | { readonly kind: 'done' }
  /** Slack refuses the message itself; nothing was shown. */
  | { readonly kind: 'refused'; readonly reason: string }
  /** The response_url is used up or too old, or there never was one. */
  | { readonly kind: 'closed' }
  /** It may have been shown. */
  | { readonly kind: 'lost'; readonly reason: string };

/** Slack answers 404 for a response_url that was used five times (used_url) or is over 30 minutes old (expired_url). */
const CLOSED = 404;

const ofRespond = (error: unknown): Replied => {
  if (!(error instanceof RespondError)) return { kind: 'lost', reason: faultText(slackFault(error)) };
  const { statusCode = 0 } = error;
  if (statusCode === CLOSED) return { kind: 'closed' };
  const reason = `response_url answered HTTP ${statusCode}`;
  return statusCode < 500 ? { kind: 'refused', reason } : { kind: 'lost', reason };
};

/** One reply by the response_url. Never rejects, and never tries twice: a lost answer may have been shown. */
export const reply = async (place: ReplyTarget, audience: Audience, said: Said): Promise<Replied> => {
  if (place.respond === undefined) return { kind: 'closed' };
  try {
    await place.respond({
      text: said.text,
      blocks: said.blocks,
      response_type: audience === 'channel' ? 'in_channel' : 'ephemeral',
      replace_original: audience === 'replace',
      unfurl_links: false,
      unfurl_media: false,
      ...(place.thread === undefined ? {} : { thread_ts: place.thread }),
    });
    return { kind: 'done' };
  } catch (error) {
    return ofRespond(error);
  }
};

/** Answers by a response_url that an earlier run was given. */
export const respondBy =
  (url: string, timeoutMs: number): RespondFn =>
  async (message) => {
    const body = JSON.stringify(typeof message === 'string' ? { text: message } : message);
    const headers = { 'content-type': 'application/json' };
    const answer = await fetch(url, { method: 'POST', headers, body, signal: AbortSignal.timeout(timeoutMs) });
    await answer.arrayBuffer();
    if (!answer.ok) throw new RespondError('response_url', answer.status);
    return answer;
  };

/** One message that only the asker sees, by the Web API: for where there is no response_url that still works. */
export const whisper = async (client: webApi.WebClient, place: ReplyTarget, said: Said): Promise<Replied> => {
  try {
    await client.chat.postEphemeral({
      channel: place.channelId,
      user: place.asker,
      text: said.text,
      blocks: said.blocks,
      ...(place.thread === undefined ? {} : { thread_ts: place.thread }),
    });
    return { kind: 'done' };
  } catch (error) {
    const fault = slackFault(error);
    return { kind: fault.kind === 'refused' ? 'refused' : 'lost', reason: faultText(fault) };
  }
};
