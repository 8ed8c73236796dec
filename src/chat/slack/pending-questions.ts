import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { PendingReplies, PendingReply } from '../../stories/pending-reply.ts';
import { DAY_MS } from '../../util/durations.ts';
import type { Sleep } from '../sleep.ts';

/** Who waits for an answer, and how to reach them after a restart. */
const waiter = z.object({
  channelId: z.string(),
  asker: z.string(),
  /** The question as typed. */
  line: z.string(),
  language: z.string(),
  responseUrl: z.string().optional(),
  thread: z.string().optional(),
});

export type Waiter = z.infer<typeof waiter>;

/** A question is only remembered if its answer takes longer than this. */
const REMEMBER_AFTER_MS = 1_000;
/** Older questions are dropped at a restart. */
const MAX_AGE_MS = DAY_MS;

export interface PendingQuestionsParts {
  readonly pendingReplies: PendingReplies;
  /** Epoch milliseconds. */
  readonly now: () => number;
  readonly sleep: Sleep;
}

export interface PendingQuestions {
  /** Does the work, and remembers who waits for it if it takes long. */
  during(who: Waiter, work: () => Promise<void>): Promise<void>;
  /** Askers whose answers a restart has interrupted, oldest first. Each is returned once. */
  interrupted(): Promise<readonly Waiter[]>;
}

const readBody = ({ body }: PendingReply): Waiter | undefined => {
  try {
    return waiter.parse(JSON.parse(body));
  } catch {
    return undefined;
  }
};

/** Remembers who waits, so that a restart can be reported to them. */
export const createPendingQuestions = ({ pendingReplies, now, sleep }: PendingQuestionsParts): PendingQuestions => ({
  during: async (who, work) => {
    const id = randomUUID();
    const done = new AbortController();
    const createdAt = now();
    const remembered = sleep(REMEMBER_AFTER_MS, done.signal).then(async () => {
      if (done.signal.aborted) return false;
      await pendingReplies.begin({ id, platform: 'slack', body: JSON.stringify(who), createdAt });
      return true;
    });
    try {
      await work();
    } finally {
      done.abort();
      if (await remembered) await pendingReplies.end(id);
    }
  },
  interrupted: async () =>
    (await pendingReplies.left('slack')).flatMap((answer) => {
      const who = readBody(answer);
      const { createdAt } = answer;
      return who === undefined || now() - createdAt > MAX_AGE_MS ? [] : [who];
    }),
});
