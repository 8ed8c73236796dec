import type { Outcome, Platform, Posting } from '../../src/chat/platform.ts';

export interface Recorder extends Platform {
  /** All posts that were requested, oldest first. */
  readonly postings: Posting[];
  /** Resolves when `count` posts have been requested. */
  until(count: number): Promise<void>;
}

/** A platform that records its posts; each is sent, unless `answer` says otherwise. */
export const recorder = (
  name: string,
  answer: (posting: Posting, nth: number) => Outcome | Promise<Outcome> = ({ key }) => ({
    kind: 'sent',
    messageId: key,
  }),
): Recorder => {
  const postings: Posting[] = [];
  const waiters = new Map<() => void, number>();
  return {
    name,
    postings,
    start: async () => {},
    stop: async () => {},
    post: async (posting) => {
      postings.push(posting);
      for (const [resolve, count] of waiters) if (postings.length >= count) resolve();
      return answer(posting, postings.length);
    },
    until: (count) => {
      const { promise, resolve } = Promise.withResolvers<void>();
      if (postings.length >= count) resolve();
      else waiters.set(resolve, count);
      return promise;
    },
  };
};

/** A recorder that gives all posts the same reply, once the test calls `reply`. */
export const hangingRecorder = (name: string): Recorder & { reply(outcome: Outcome): void } => {
  const { promise, resolve } = Promise.withResolvers<Outcome>();
  return { ...recorder(name, () => promise), reply: resolve };
};
