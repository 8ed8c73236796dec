import type { Receiver } from '@slack/bolt';

/** How Slack's commands and events come in. Posting needs none of it. */
export interface SlackConnection {
  readonly receiver: Receiver;
  /**
   * Rejects with PlatformError where a person has to act; a network fault is tried again in the background.
   * Resolves after the first try.
   */
  start(): Promise<void>;
  connected(): boolean;
  /** Where requests are taken, in HTTP mode. */
  address(): string | undefined;
  stop(): Promise<void>;
}
