import type { Platform, Posting } from '../platform.ts';

export interface BoardPlatform extends Platform {
  /** Calls `listener` after every posting, until the returned function is called. */
  onPosted(listener: (posting: Posting) => void): () => void;
}

/** The local page as a channel. It shows the cards that the store holds, so a posting only has to be announced. */
export const createBoardPlatform = (): BoardPlatform => {
  const listeners = new Set<(posting: Posting) => void>();
  return {
    name: 'board',
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

/** The card is on the board whether or not a listener fails, so its failure must not make the courier post again. */
const announce = (listener: (posting: Posting) => void, posting: Posting): void => {
  try {
    listener(posting);
  } catch {}
};
