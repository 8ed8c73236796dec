import type { types } from '@slack/bolt';
import { limits } from './limits.ts';

/** A block of a card that may lose rows at its end. */
export interface BlockPart {
  /** Rows it has to give; 0 for one that is only a heading. */
  readonly rows: number;
  /** The block with its first `kept` rows; says that `dropped` are missing where that is not 0. */
  draw(kept: number, dropped: number): types.KnownBlock;
  /** Whether Slack takes that block by itself, however large the message. */
  takes(kept: number, dropped: number): boolean;
}

/** What the rest of the message leaves: blocks, and characters of their JSON. */
export interface MessageRoom {
  readonly blocks: number;
  readonly characters: number;
}

interface Fitted {
  readonly part: BlockPart;
  readonly kept: number;
  readonly dropped: number;
  readonly block: types.KnownBlock;
  /** Characters of its JSON and of the comma before it. */
  readonly size: number;
}

const fitted = (part: BlockPart, kept: number, dropped: number): Fitted => {
  const block = part.draw(kept, dropped);
  return { part, kept, dropped, block, size: JSON.stringify(block).length + 1 };
};

const shorter = ({ part, kept, dropped }: Fitted): Fitted => fitted(part, kept - 1, dropped + 1);

const byItself = (part: BlockPart, kept = part.rows, dropped = 0): Fitted => {
  let rows = kept;
  while (rows > 0 && !part.takes(rows, dropped + kept - rows)) rows -= 1;
  return fitted(part, rows, dropped + kept - rows);
};

/** Index of the longest that still has a row to give; the later one of two equals; -1 where none has. */
const longest = (all: readonly Fitted[]): number =>
  all.reduce((best, { kept, size }, index) => {
    if (kept === 0) return best;
    return size >= (all[best]?.size ?? 0) ? index : best;
  }, -1);

/** Without the last one, whose rows are counted as dropped by the one before it. */
const withoutLast = (all: readonly Fitted[]): Fitted[] => {
  const left = all.slice(0, -1);
  const last = all.at(-1);
  const before = left.at(-1);
  if (last === undefined || before === undefined) return left;
  return left.with(-1, byItself(before.part, before.kept, before.dropped + last.kept + last.dropped));
};

const total = (all: readonly Fitted[]): number => all.reduce((sum, { size }) => sum + size, 0);

/**
 * The parts as blocks, cut until there is room for them: first each to what Slack takes of its kind, then row by row
 * from the end of the longest, and at last whole parts from the end.
 */
export const fitParts = (parts: readonly BlockPart[], room: MessageRoom): types.KnownBlock[] => {
  let all = parts.map((part) => byItself(part));
  while (all.length > room.blocks) all = withoutLast(all);
  while (all.length > 0 && total(all) > room.characters) {
    const index = longest(all);
    const one = all[index];
    all = one === undefined ? withoutLast(all) : all.with(index, shorter(one));
  }
  return all.map(({ block }) => block);
};

/** What a message has left beside the blocks that are always there. */
export const roomBeside = (fixed: readonly types.KnownBlock[]): MessageRoom => ({
  blocks: limits.blocks - fixed.length,
  characters: limits.message - JSON.stringify(fixed).length,
});
