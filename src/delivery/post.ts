import type { Card } from '../cards/card.ts';
import type { Outcome, Platform } from '../chat/platform.ts';
import type { Story } from '../stories/story.ts';
import type { Logger } from '../telemetry/log.ts';
import type { Claim } from './claim.ts';
import { pingOf } from './ping.ts';

export interface Composed {
  readonly card: Card;
  readonly png?: Uint8Array;
}

export interface PostParts {
  /** Tells this database's messages from another's. */
  readonly instance: string;
  /** Builds the card and draws its picture. */
  readonly compose: (stories: readonly Story[], language: string) => Promise<Composed>;
  readonly log: Logger;
  /** Milliseconds after which a platform's answer is taken for lost. */
  readonly patienceMs: number;
}

/** What the platform answered, or that there was no card to hand to it. */
export type AttemptResult = Outcome | { readonly kind: 'unmade'; readonly reason: string };

export interface Post {
  /** Makes the card and hands it to the platform. Never rejects. */
  try(taken: Claim): Promise<AttemptResult>;
}

const word = (fault: unknown): string => (fault instanceof Error ? fault.name : 'unknown');

export const createPost = ({ instance, compose, log, patienceMs }: PostParts, platform: Platform): Post => {
  const composed = async ({ deliveries }: Claim): Promise<Composed | undefined> => {
    try {
      return await compose(
        deliveries.map(({ story }) => story),
        deliveries[0].language,
      );
    } catch (fault) {
      log.error({ delivery: deliveries[0].id, err: fault }, 'card cannot be made');
      return undefined;
    }
  };

  const answered = async (posted: Promise<Outcome>): Promise<Outcome> => {
    const { promise: lost, resolve } = Promise.withResolvers<Outcome>();
    const timer = setTimeout(() => resolve({ kind: 'unknown', reason: 'The platform gave no answer.' }), patienceMs);
    try {
      return await Promise.race([posted, lost]);
    } catch (fault) {
      log.error({ platform: platform.name, err: fault }, 'posting failed in a way that it must not');
      return { kind: 'unknown', reason: `Posting failed (${word(fault)}).` };
    } finally {
      clearTimeout(timer);
    }
  };

  return {
    try: async (taken) => {
      const { deliveries, batch } = taken;
      const made = await composed(taken);
      if (!made) return { kind: 'unmade', reason: 'The card cannot be made; the log says why.' };
      const ping = pingOf(
        deliveries[0].settings,
        deliveries.map(({ story }) => story),
      );
      return answered(
        platform.post({
          channelId: deliveries[0].address,
          card: made.card,
          ...(made.png && { png: made.png }),
          key: `sw-${instance}-${batch.toString(36)}`,
          maybePosted: deliveries.some(({ maybePosted }) => maybePosted),
          since: Math.min(...deliveries.map(({ createdAt, doubtSince }) => doubtSince ?? createdAt)),
          ...(ping !== undefined && { ping }),
        }),
      );
    },
  };
};
