import type { Ack } from './acks.ts';
import type { Call } from './call.ts';
import type { Decide, FailurePlan, RandomFailures } from './failures.ts';
import type { People } from './people.ts';
import type { ResponseUse } from './response-urls.ts';
import type { EnvelopeType } from './socket-mode.ts';
import type { Ephemeral, Message } from './workspace.ts';

export interface SlackDoubleOptions {
  readonly botToken?: string;
  readonly appToken?: string;
  /** Channels to begin with, the bot invited; `C0000000001` by default. */
  readonly channels?: readonly string[];
  readonly scopes?: readonly string[];
  /** Least milliseconds between two posts to one channel; Slack's 1,000 by default, 0 for none. */
  readonly postGapMs?: number;
  /** How many files.info calls see a file unprocessed; 1 by default. */
  readonly processingPolls?: number;
  /** Everybody's language, as users.info tells it; `en-US` by default. */
  readonly locale?: string;
  /** Epoch milliseconds. */
  readonly now?: () => number;
  /** Any free port by default. */
  readonly port?: number;
}

export interface PostedImage {
  readonly fileId: string;
  readonly alt: string;
  readonly bytes: Buffer | undefined;
  readonly processed: boolean;
}

export interface PostedMessage extends Readonly<Message> {
  readonly image?: PostedImage;
}

export interface SlackDouble extends People {
  /** Ends in /api/ . */
  readonly apiUrl: string;
  readonly port: number;
  readonly botToken: string;
  readonly appToken: string;
  /** What is in the channel, oldest first. */
  messages(channelId: string): PostedMessage[];
  /** Every call that arrived, failed ones too; `upload` is the upload of bytes, `respond` the use of a response_url. */
  readonly requests: readonly Call[];
  /** Messages that were refused for their form, and why. */
  readonly invalid: readonly { readonly call: Call; readonly faults: readonly string[] }[];
  /** Every mention that a posted message would have made. */
  readonly mentions: readonly string[];
  addChannel(id: string, options?: { readonly member?: boolean; readonly isPrivate?: boolean }): void;
  /** Archives the channel, or unarchives it, without an event. */
  archive(id: string): void;
  unarchive(id: string): void;
  removeChannel(id: string): void;
  /** Takes the bot out of the channel. */
  kick(id: string): void;
  invite(id: string): void;
  /** A person writes. */
  say(channelId: string, text: string): void;
  /** No files may be shared in the channel, nor links to them. */
  blockFiles(id: string): void;
  addGroup(id: string, handle: string): void;
  /** Somebody disables a user group. */
  disableGroup(id: string): void;
  setScopes(scopes: readonly string[]): void;
  setProcessingPolls(polls: number): void;
  /** The bot token is refused from now on: `token_revoked`, or another code. */
  revokeToken(code?: string): void;
  revokeAppToken(code?: string): void;
  /** Both tokens are good again. */
  restoreTokens(): void;
  /** The next matching calls fail as planned; a function decides for itself. The last plan made is asked first. Returns its withdrawal. */
  fail(plan: FailurePlan | Decide): () => void;
  failRandomly(options: RandomFailures): () => void;
  /** Sends a frame as it is, down a socket. */
  frame(text: string): void;
  /** Another process holds so many sockets of the app: hello counts them, too. */
  setOtherSockets(count: number): void;
  /** Open sockets that were told hello. */
  sockets(): number;
  readonly acks: readonly Ack[];
  /** What told of all that people did, and of what happened in the workspace, oldest first. */
  readonly sent: readonly { readonly type: EnvelopeType; readonly payload: Readonly<Record<string, unknown>> }[];
  send(type: EnvelopeType, payload: object): Promise<Ack>;
  /** Requests that were acknowledged after more than three seconds, or not for that long. */
  readonly late: readonly { readonly envelopeId: string; readonly afterMs: number }[];
  /** From now on what people do comes as signed requests to that address, instead of over a socket. */
  useHttp(to: { readonly address: string; readonly signingSecret: string }): void;
  /** What one person alone sees, oldest first. */
  readonly ephemerals: readonly Readonly<Ephemeral>[];
  /** What was sent to response_urls, and taken. */
  readonly responses: readonly ResponseUse[];
  /** All response_urls handed out so far are over 30 minutes old. */
  expireResponseUrls(): void;
  disconnectSockets(reason: 'warning' | 'refresh_requested' | 'link_disabled'): void;
  dropSockets(): void;
  /** The far end of every socket stops reading and writing, and keeps the connection. */
  freezeSockets(): void;
  /** The next `count` sockets are opened and never told hello. */
  withholdHello(count: number): void;
  /** Resolves when the condition holds; looked at after everything that happens here. */
  until(condition: () => boolean): Promise<void>;
  close(): Promise<void>;
}
