import type { Outcome, Platform, Posting } from '../../src/chat/platform.ts';

export interface Recorder extends Platform {
  /** All that was asked to be posted, oldest first. */
  readonly postings: Posting[];
  /** Resolves when so many postings have been asked for. */
  until(count: number): Promise<void>;
}

/** A platform that remembers its postings; each is taken, unless `answer` says otherwise. */
export const recorder = (
  name: string,
  answer: (posting: Posting, nth: number) => Outcome | Promise<Outcome> = ({ key }) => ({
    kind: 'sent',
    messageId: key,
  }),
): Recorder => {
  const postings: Posting[] = [];
  const waiting = new Map<() => void, number>();
  return {
    name,
    postings,
    start: async () => {},
    stop: async () => {},
    post: async (posting) => {
      postings.push(posting);
      for (const [go, count] of waiting) if (postings.length >= count) go();
      return answer(posting, postings.length);
    },
    until: (count) => {
      const { promise, resolve } = Promise.withResolvers<void>();
      if (postings.length >= count) resolve();
      else waiting.set(resolve, count);
      return promise;
    },
  };
};
