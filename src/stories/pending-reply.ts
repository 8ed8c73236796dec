/** An answer that a person waits for. */
export interface PendingReply {
  /** The platform's own id of the question. */
  readonly id: string;
  readonly platform: string;
  /** What the platform needs to reach the person once more, as text. */
  readonly body: string;
  /** Epoch milliseconds. */
  readonly createdAt: number;
}

/**
 * Remembers who waits for an answer, so that a restart in the middle can be told. Kept only while somebody waits: a
 * body may hold a token. Never rejects.
 */
export interface PendingReplies {
  begin(answer: PendingReply): Promise<void>;
  end(id: string): Promise<void>;
  /** What earlier runs have left on a platform, oldest first; they are forgotten with this call. */
  left(platform: string): Promise<readonly PendingReply[]>;
}
