/** A reply that a person is waiting for. */
export interface PendingReply {
  /** The platform's own id of the question. */
  readonly id: string;
  readonly platform: string;
  /** What the platform needs to reach the person again; may hold a token. */
  readonly body: string;
  /** Epoch milliseconds. */
  readonly createdAt: number;
}

/** Replies that are still pending, so that the next start can answer for a run that ended. Its calls never reject. */
export interface PendingReplies {
  begin(reply: PendingReply): Promise<void>;
  end(id: string): Promise<void>;
  /** Takes the replies that earlier runs left pending on a platform, oldest first. */
  left(platform: string): Promise<readonly PendingReply[]>;
}
