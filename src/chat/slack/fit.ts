import type { types } from '@slack/bolt';
import { limits } from './limits.ts';

/** A block of a card, which can be shortened by rows from its end. */
export interface BlockPart {
  /** Rows that can be dropped; 0 for a heading. */
  readonly rows: number;
  /** The block with its first `kept` rows, and a note on `dropped` missing ones unless that is 0. */
  draw(kept: number, dropped: number): types.KnownBlock;
  /** Whether the block is within Slack's limits for its kind. */
  fits(kept: number, dropped: number): boolean;
}

/** Room in a message: blocks, and characters of their JSON. */
export interface MessageRoom {
  readonly blocks: number;
  readonly characters: number;
}

interface Fitted {
  readonly part: BlockPart;
  readonly kept: number;
  readonly dropped: number;
  readonly block: types.KnownBlock;
  /** Characters of its JSON, with a comma. */
  readonly size: number;
}

const fitted = (part: BlockPart, kept: number, dropped: number): Fitted => {
  const block = part.draw(kept, dropped);
  return { part, kept, dropped, block, size: JSON.stringify(block).length + 1 };
};

const shorter = ({ part, kept, dropped }: Fitted): Fitted => fitted(part, kept - 1, dropped + 1);

const fitAlone = (part: BlockPart, kept = part.rows, dropped = 0): Fitted => {
  let rows = kept;
  while (rows > 0 && !part.fits(rows, dropped + kept - rows)) rows -= 1;
  return fitted(part, rows, dropped + kept - rows);
};

/** Index of the longest block that still has a row, the later one of two equals; -1 if none has. */
const indexOfLongest = (all: readonly Fitted[]): number =>
  all.reduce((best, { kept, size }, index) => {
    if (kept === 0) return best;
    return size >= (all[best]?.size ?? 0) ? index : best;
  }, -1);

/** Removes the last block; the block before it counts its rows as dropped. */
const withoutLast = (all: readonly Fitted[]): Fitted[] => {
  const left = all.slice(0, -1);
  const last = all.at(-1);
  const before = left.at(-1);
  if (last === undefined || before === undefined) return left;
  return left.with(-1, fitAlone(before.part, before.kept, before.dropped + last.kept + last.dropped));
};

const total = (all: readonly Fitted[]): number => all.reduce((sum, { size }) => sum + size, 0);

/**
 * The parts as blocks that fit into `room`: first each is cut to Slack's limits for its kind, then rows are dropped from
 * the end of the longest, and finally whole parts from the end.
 */
export const fitParts = (parts: readonly BlockPart[], room: MessageRoom): types.KnownBlock[] => {
  let all = parts.map((part) => fitAlone(part));
  while (all.length > room.blocks) all = withoutLast(all);
  while (all.length > 0 && total(all) > room.characters) {
    const index = indexOfLongest(all);
    const one = all[index];
    all = one === undefined ? withoutLast(all) : all.with(index, shorter(one));
  }
  return all.map(({ block }) => block);
};

/** The room that the fixed blocks of a message leave. */
export const roomWith = (fixed: readonly types.KnownBlock[]): MessageRoom => ({
  blocks: limits.blocks - fixed.length,
  characters: limits.message - JSON.stringify(fixed).length,
});
