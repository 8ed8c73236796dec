import { RespondError, type RespondFn, type types, type webApi } from '@slack/bolt';
import { faultText, slackFault } from './fault.ts';

/** The content of a reply, for chat.postEphemeral or a response_url. */
export interface ReplyContent {
  readonly text: string;
  readonly blocks: types.KnownBlock[];
}

/** Who asked, and where to reply. */
export interface ReplyTarget {
  readonly channelId: string;
  /** The person's id. */
  readonly asker: string;
  /** The workspace's id, if Slack sends it. */
  readonly workspace?: string | undefined;
  readonly thread?: string | undefined;
  /** The id of the message whose button was pressed. */
  readonly pressed?: string | undefined;
  /** The request's response_url, for use after a restart. */
  readonly responseUrl?: string | undefined;
  /** Replies by the request's response_url, which accepts five messages in 30 minutes. Mentions have none. */
  readonly respond?: RespondFn;
}

/** Who sees a reply: the asker alone, the channel, or those who saw the message that it replaces. */
export type Audience = 'asker' | 'channel' | 'replace';

export type ReplyResult =
  | { readonly kind: 'done' }
  /** Slack refused the message; nothing was shown. */
  | { readonly kind: 'refused'; readonly reason: string }
  /** There is no response_url, or it is used up or too old. */
  | { readonly kind: 'closed' }
  /** The reply may have been shown. */
  | { readonly kind: 'lost'; readonly reason: string };

/** Status of a response_url that was used five times (used_url) or is over 30 minutes old (expired_url). */
const CLOSED_STATUS = 404;

const resultOfError = (error: unknown): ReplyResult => {
  if (!(error instanceof RespondError)) return { kind: 'lost', reason: faultText(slackFault(error)) };
  const { statusCode = 0 } = error;
  if (statusCode === CLOSED_STATUS) return { kind: 'closed' };
  const reason = `response_url answered HTTP ${statusCode}`;
  return statusCode < 500 ? { kind: 'refused', reason } : { kind: 'lost', reason };
};

/** Replies by the response_url. Never rejects. Never retries, because a lost reply may have been shown. */
export const reply = async (place: ReplyTarget, audience: Audience, content: ReplyContent): Promise<ReplyResult> => {
  if (place.respond === undefined) return { kind: 'closed' };
  try {
    await place.respond({
      text: content.text,
      blocks: content.blocks,
      response_type: audience === 'channel' ? 'in_channel' : 'ephemeral',
      replace_original: audience === 'replace',
      unfurl_links: false,
      unfurl_media: false,
      ...(place.thread === undefined ? {} : { thread_ts: place.thread }),
    });
    return { kind: 'done' };
  } catch (error) {
    return resultOfError(error);
  }
};

/** Replies by the response_url of an earlier run. */
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

/** Sends a message that only the asker sees by the Web API, for when no response_url works. */
export const replyEphemeral = async (
  client: webApi.WebClient,
  place: ReplyTarget,
  content: ReplyContent,
): Promise<ReplyResult> => {
  try {
    await client.chat.postEphemeral({
      channel: place.channelId,
      user: place.asker,
      text: content.text,
      blocks: content.blocks,
      ...(place.thread === undefined ? {} : { thread_ts: place.thread }),
    });
    return { kind: 'done' };
  } catch (error) {
    const fault = slackFault(error);
    return { kind: fault.kind === 'refused' ? 'refused' : 'lost', reason: faultText(fault) };
  }
};
