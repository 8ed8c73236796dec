import { BOARD_ID } from '../../stories/platforms.ts';
import type { Platform, Posting } from '../platform.ts';

export interface BoardPlatform extends Platform {
  /** Calls `listener` after every posting. Call the returned function to stop. */
  onPosted(listener: (posting: Posting) => void): () => void;
}

/** The local page as a channel. It shows the cards of the store, so a posting is only announced to listeners. */
export const createBoardPlatform = (): BoardPlatform => {
  const listeners = new Set<(posting: Posting) => void>();
  return {
    name: BOARD_ID,
    start: async () => {},
    post: async (posting) => {
      for (const listener of listeners) announce(listener, posting);
      return { kind: 'sent', messageId: posting.key };
    },
    stop: async () => {},
    onPosted: (listener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
};

/** Ignores a listener's failure: the card is on the board anyway, and the courier must not post it again. */
const announce = (listener: (posting: Posting) => void, posting: Posting): void => {
  try {
    listener(posting);
  } catch {}
};
