import { z } from 'zod';
import { HOUR_MS } from '../util/durations.ts';
import type { Pause } from './pause.ts';

/** Parts of a card that a channel may refuse while it takes the card. */
export const OPTIONAL_PARTS = ['picture', 'ping', 'buttons', 'links'] as const;

export type OptionalPart = (typeof OPTIONAL_PARTS)[number];

/** Why a channel's cards come without a part, and how a person can change that; `at`: the latest refusal, epoch milliseconds. */
export interface StoredLack extends Pause {
  readonly at: number;
}

/** What a channel's cards lack, by part. */
export type Lacks = Readonly<Partial<Record<OptionalPart, StoredLack>>>;

/** A part that was refused is tried again after this time. */
const RETRY_MS = 6 * HOUR_MS;

const stored = z.partialRecord(
  z.enum(OPTIONAL_PARTS),
  z.object({
    at: z.number(),
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
      const at = lacks[part]?.at;
      return at !== undefined && at <= now && now < at + RETRY_MS;
    }),
  );
