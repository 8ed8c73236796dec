import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { PendingReplies, PendingReply } from '../../stories/pending-reply.ts';
import { DAY_MS } from '../../util/durations.ts';
import type { Sleep } from './sleep.ts';

/** Who waits for an answer, and how to reach them once more. */
const waiter = z.object({
  channelId: z.string(),
  asker: z.string(),
  /** What was asked, as typed. */
  line: z.string(),
  language: z.string(),
  responseUrl: z.string().optional(),
  thread: z.string().optional(),
});

export type Waiter = z.infer<typeof waiter>;

/** An answer that is at hand within this is not worth a note. */
const PATIENCE_MS = 1_000;
/** Nobody wants to hear of yesterday's question. */
const FORGOTTEN_MS = DAY_MS;

export interface PendingQuestionsParts {
  readonly pendingReplies: PendingReplies;
  /** Epoch milliseconds. */
  readonly now: () => number;
  readonly sleep: Sleep;
}

export interface PendingQuestions {
  /** Does the work, and remembers who waits for it while it takes long. */
  during(who: Waiter, work: () => Promise<void>): Promise<void>;
  /** Those that earlier runs have left without an answer, oldest first, each once. */
  left(): Promise<readonly Waiter[]>;
}

const readBody = ({ body }: PendingReply): Waiter | undefined => {
  try {
    return waiter.parse(JSON.parse(body));
  } catch {
    return undefined;
  }
};

/** Notes who waits, so that a restart in the middle of an answer can be told. */
export const createPendingQuestions = ({ pendingReplies, now, sleep }: PendingQuestionsParts): PendingQuestions => ({
  during: async (who, work) => {
    const id = randomUUID();
    const done = new AbortController();
    const createdAt = now();
    const noted = sleep(PATIENCE_MS, done.signal).then(async () => {
      if (done.signal.aborted) return false;
      await pendingReplies.begin({ id, platform: 'slack', body: JSON.stringify(who), createdAt });
      return true;
    });
    try {
      await work();
    } finally {
      done.abort();
      if (await noted) await pendingReplies.end(id);
    }
  },
  left: async () =>
    (await pendingReplies.left('slack')).flatMap((answer) => {
      const who = readBody(answer);
      const { createdAt } = answer;
      return who === undefined || now() - createdAt > FORGOTTEN_MS ? [] : [who];
    }),
});
