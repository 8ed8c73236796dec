import { z } from 'zod';
import { HOUR_MS } from '../util/durations.ts';
import type { Pause } from './pause.ts';

/** Parts of a message that a channel may refuse while it takes the card. */
export const MESSAGE_PARTS = ['picture', 'ping', 'buttons', 'links'] as const;

export type MessagePart = (typeof MESSAGE_PARTS)[number];

/** All that a card may go without; `crosspost`: it is passed on to the channels that follow its channel. */
export const OPTIONAL_PARTS = [...MESSAGE_PARTS, 'crosspost'] as const;

export type OptionalPart = (typeof OPTIONAL_PARTS)[number];

/** Why a channel's cards come without a part, and how a person can change that. */
export interface StoredLack extends Pause {
  /** The latest refusal, epoch milliseconds. */
  readonly at: number;
  /** When the part is tried again, epoch milliseconds; absent: after six hours. */
  readonly until?: number;
}

/** What a channel's cards lack, by part. */
export type Lacks = Readonly<Partial<Record<OptionalPart, StoredLack>>>;

/** A part that was refused is tried again after this time, unless the platform has named another. */
const RETRY_MS = 6 * HOUR_MS;

const stored = z.partialRecord(
  z.enum(OPTIONAL_PARTS),
  z.object({
    at: z.number(),
    until: z.number().exactOptional(),
    text: z.string(),
    key: z.string().exactOptional(),
    values: z.record(z.string(), z.string()).exactOptional(),
  }),
);

/** Serialises lacks for a channel's row; null: none. */
export const lacksToStore = (lacks: Lacks): string | null =>
  Object.keys(lacks).length === 0 ? null : JSON.stringify(lacks);

/** Reads lacks from a channel's row. What cannot be read is no lack: the part is tried. */
export const lacksFromStore = (text: string | null): Lacks => {
  if (text === null) return {};
  try {
    return stored.parse(JSON.parse(text));
  } catch {
    return {};
  }
};

/** The parts that are not to be tried at `now`. A refusal from after `now` was written before the clock was set back. */
export const leftOut = (lacks: Lacks, now: number): ReadonlySet<OptionalPart> =>
  new Set(
    OPTIONAL_PARTS.filter((part) => {
      const lack = lacks[part];
      return lack !== undefined && lack.at <= now && now < (lack.until ?? lack.at + RETRY_MS);
    }),
  );
