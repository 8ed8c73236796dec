import type { Asked } from './asked.ts';
import type { UploadedFile } from './multipart.ts';
import { createSnowflakes } from './snowflake.ts';

export interface Permissions {
  readonly viewChannel: boolean;
  readonly sendMessages: boolean;
  readonly attachFiles: boolean;
}

export interface StoredMessage {
  readonly id: string;
  readonly channelId: string;
  /** The JSON body as it came. */
  readonly payload: Readonly<Record<string, unknown>>;
  readonly files: readonly UploadedFile[];
  readonly nonce: string | undefined;
  /** Epoch milliseconds. */
  readonly at: number;
}

/** What Discord remembers. */
export interface World {
  readonly now: () => number;
  readonly newId: () => string;
  readonly applicationId: string;
  readonly guildId: string;
  readonly channels: Map<string, Permissions>;
  readonly messages: Map<string, StoredMessage[]>;
  /** Bodies that were refused, with every fault found. */
  readonly invalid: InvalidMessage[];
  /** The commands that are registered, as they came, with an id each. */
  commands: Readonly<Record<string, unknown>>[];
  /** Every interaction so far, oldest first. */
  readonly asked: Asked[];
  token: string | undefined;
}

export interface InvalidMessage {
  readonly channelId: string;
  readonly payload: unknown;
  readonly faults: readonly string[];
}

export const createWorld = (token: string, now: () => number): World => {
  const newId = createSnowflakes(now);
  return {
    now,
    newId,
    applicationId: newId(),
    guildId: newId(),
    channels: new Map(),
    messages: new Map(),
    invalid: [],
    commands: [],
    asked: [],
    token,
  };
};
