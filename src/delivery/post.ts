import type { Card } from '../cards/card.ts';
import type { FollowUp } from '../cards/follow-up-card.ts';
import type { Outcome, Platform } from '../chat/platform.ts';
import { lacksFromStore, leftOut, OPTIONAL_PARTS, type OptionalPart } from '../stories/lacks.ts';
import type { Story } from '../stories/story.ts';
import { STORY_KINDS } from '../stories/story-kinds.ts';
import type { Logger } from '../telemetry/log.ts';
import { resultWithin } from '../util/promises.ts';
import type { Claim } from './claim.ts';
import { pingOf } from './ping.ts';

export interface ComposedCard {
  readonly card: Card;
  readonly png?: Uint8Array;
}

export interface PostParts {
  /** The database's id: part of each message's key. */
  readonly instance: string;
  /** Builds the card and draws its picture. */
  readonly compose: (stories: readonly Story[], language: string) => Promise<ComposedCard>;
  /** The card of a slide that goes on from another message; absent: it is told as one alone. */
  readonly followUp?: (card: Card, going: FollowUp, language: string) => Card;
  readonly log: Logger;
  /** A platform call without a reply by then counts as lost. */
  readonly replyTimeoutMs: number;
}

/**
 * The platform's outcome; or `unmade`: building the card failed; or `lapsed`: the lease ended before the card was posted,
 * such as when the machine was asleep, and another attempt may have posted it. `offered`: the optional parts that it had.
 */
export type AttemptResult = (Outcome & Partial<Offer>) | NotPosted;

interface Offer {
  readonly offered: ReadonlySet<OptionalPart>;
  /** Those that it would have had, and that the channel refused lately. */
  readonly notOffered: ReadonlySet<OptionalPart>;
}

interface NotPosted {
  readonly kind: 'unmade' | 'lapsed';
  readonly reason: string;
}

/** The parts that a posted card went without; none of a card that is not posted. */
export const partsLeftOut = (result: AttemptResult): readonly OptionalPart[] =>
  result.kind === 'sent' ? [...(result.without ?? []).map(({ part }) => part), ...(result.notOffered ?? [])] : [];

/** Whether the platform was not asked, so that the result says nothing about it. */
export const isNotPosted = (result: AttemptResult): result is NotPosted =>
  result.kind === 'unmade' || result.kind === 'lapsed';

/** Builds the card of a claim and posts it, if `isLeased` then. `now`: epoch milliseconds. Never rejects. */
type Post = (claim: Claim, isLeased: () => boolean, now: number) => Promise<AttemptResult>;

/** The key of a card: the same on every attempt. */
export const cardKey = (instance: string, batch: number): string => `sw-${instance}-${batch.toString(36)}`;

/** Another card in the place of a composed one; without a picture if it has none. */
export const withCard = ({ png }: ComposedCard, card: Card): ComposedCard => ({
  card,
  ...(card.picture && png && { png }),
});

const placeOf = ({ deliveries: [{ address, workspace }] }: Claim) => ({
  channelId: address,
  ...(workspace !== null && { workspace }),
});

const errorName = (error: unknown): string => (error instanceof Error ? error.name : 'unknown');

export const createPost = (
  { instance, compose, followUp, log, replyTimeoutMs }: PostParts,
  platform: Platform,
): Post => {
  const composeClaim = async (claim: Claim): Promise<ComposedCard | undefined> => {
    const { deliveries, earlier } = claim;
    const [{ story, language }] = deliveries;
    try {
      const stories = deliveries.map((it) => it.story);
      const composed = await compose(stories, language);
      if (!earlier || !followUp || story.kind !== 'slide') return composed;
      const link = platform.linkTo?.({ ...placeOf(claim), messageId: earlier.messageId });
      const going = { story, earlier: earlier.story, link, tied: platform.linkTo !== undefined };
      return withCard(composed, followUp(composed.card, going, language));
    } catch (error) {
      log.error({ delivery: deliveries[0].id, err: error }, 'card could not be built');
      return undefined;
    }
  };

  const withTimeout = async (posting: Promise<Outcome>): Promise<Outcome> => {
    const outcome = posting.catch((error: unknown): Outcome => {
      log.error({ platform: platform.name, err: error }, 'unexpected error while posting');
      return { kind: 'unknown', reason: `Posting failed (${errorName(error)}).` };
    });
    return (await resultWithin(outcome, replyTimeoutMs)) ?? { kind: 'unknown', reason: 'No reply from the platform.' };
  };

  return async (claim, isLeased, now) => {
    const { deliveries, batch, earlier } = claim;
    const composed = await composeClaim(claim);
    if (!composed) return { kind: 'unmade', reason: 'The card could not be built; see the log.' };
    if (!isLeased()) return { kind: 'lapsed', reason: 'The card was not built in time.' };
    const ping = pingOf(
      deliveries[0].settings,
      deliveries.map(({ story }) => story),
    );
    const forFollowers = deliveries.every(({ story }) => STORY_KINDS[story.kind].forFollowers);
    // A test tries what was refused before.
    const isTest = deliveries[0].story.kind === 'test';
    const leaveOut = isTest ? new Set<OptionalPart>() : leftOut(lacksFromStore(deliveries[0].lacks), now);
    const has: Readonly<Record<OptionalPart, boolean>> = {
      picture: composed.png !== undefined,
      ping: ping !== undefined,
      buttons: true,
      links: true,
      crosspost: forFollowers,
    };
    const outcome = await withTimeout(
      platform.post({
        ...composed,
        ...placeOf(claim),
        stories: deliveries.map(({ story }) => story),
        key: cardKey(instance, batch),
        maybePosted: deliveries.some(({ maybePosted }) => maybePosted),
        since: Math.min(...deliveries.map(({ createdAt, unconfirmedSince }) => unconfirmedSince ?? createdAt)),
        enqueuedAt: Math.min(...deliveries.map(({ createdAt }) => createdAt)),
        ...(earlier && { repliesTo: earlier.messageId }),
        ...(ping !== undefined && { ping }),
        ...(forFollowers && { forFollowers }),
        ...(leaveOut.size > 0 && { leaveOut }),
      }),
    );
    const parts = OPTIONAL_PARTS.filter((part) => has[part]);
    const offered = new Set(parts.filter((part) => !leaveOut.has(part)));
    return { ...outcome, offered, notOffered: new Set(parts.filter((part) => leaveOut.has(part))) };
  };
};
