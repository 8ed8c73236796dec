import type { UploadedFile } from './multipart.ts';

/** One interaction, and what has come of it. */
export interface Asked {
  readonly id: string;
  readonly token: string;
  readonly kind: 'command' | 'click' | 'typing';
  readonly channelId: string;
  /** When it was sent, epoch milliseconds. */
  readonly at: number;
  /** Whether the bot is no member of the place: then it may follow up five times. */
  readonly abroad: boolean;
  /** Whether whatever is shown is for the asker alone, who may show nothing of an app to others there. */
  readonly quiet: boolean;
  /** Further messages so far. */
  followUps: number;
  /** When the first sign came; undefined until then, and where it came too late. */
  acknowledgedAt: number | undefined;
  /** Type of the first sign. Source: Discord's documentation, "Interaction Callback Type". */
  callback: number | undefined;
  /** The message the token's `@original` means: the first answer, or the message with the pressed button. */
  original: Shown | undefined;
  /** Messages that came of it and are there now; a deferral is one with an empty payload. */
  shown: readonly Shown[];
  /** Completions that were offered. */
  choices: unknown;
}

/** A message as it stands now. */
export interface Shown {
  readonly id: string;
  payload: Readonly<Record<string, unknown>>;
  files: readonly UploadedFile[];
  /** True where only one person sees it. */
  readonly ephemeral: boolean;
  /** True until a deferral is answered. */
  thinking: boolean;
}

export const ACKNOWLEDGE_MS = 3_000;
export const TOKEN_MS = 15 * 60 * 1_000;

export const isLate = ({ at, acknowledgedAt }: Asked, now: number): boolean =>
  (acknowledgedAt ?? now) - at > ACKNOWLEDGE_MS;
