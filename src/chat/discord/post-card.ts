import { RateLimitError, Routes } from 'discord.js';
import { z } from 'zod';
import type { HostClock } from '../../clock/host-clock.ts';
import type { OptionalPart } from '../../stories/lacks.ts';
import { MINUTE_MS } from '../../util/durations.ts';
import { createLru } from '../../util/lru.ts';
import type { Outcome, Posting } from '../platform.ts';
import { partsBlamedBy } from './blamed-parts.ts';
import type { ChannelKinds } from './channel-kinds.ts';
import type { Crosspost } from './crosspost.ts';
import { findPosted } from './find-posted.ts';
import { createFirstAlone } from './first-alone.ts';
import { createGoneRoles, ROLE_GONE } from './gone-roles.ts';
import { createHolds } from './holds.ts';
import { cardNumber, createdAt, isSnowflake } from './ids.ts';
import type { InvalidRequestGuard } from './invalid-request-guard.ts';
import { lackOf } from './lack.ts';
import { BANNED_REASON, directOutcomeOf, outcomeOf } from './outcome.ts';
import { partsOf, withoutParts } from './parts.ts';
import { render } from './render.ts';
import type { RequestProgress, RestClient } from './rest-client.ts';

export interface PostCardOptions {
  readonly client: RestClient;
  readonly guard: InvalidRequestGuard;
  readonly hostClock: HostClock;
  /** Epoch milliseconds. */
  readonly now: () => number;
  /** Milliseconds of a clock that is never set. */
  readonly monotonic: () => number;
  readonly timeoutMs: number;
  readonly kinds: ChannelKinds;
  readonly crosspost: Crosspost;
  readonly stopping: AbortSignal;
}

/** The next start looks for the card and passes it on. */
const NOT_PASSED_ON: Outcome = {
  kind: 'unknown',
  reason: 'The card is there; the bot stopped before it was published.',
};

/** A posting that waits longer than this many timeouts behind others is given back. */
const MAX_QUEUE_TIMEOUTS = 4;

/** Discord remembers a nonce for "a few minutes"; we rely on this long. */
const NONCE_LIFETIME_MS = 2 * MINUTE_MS;

/** Private conversations whose ids are remembered, by person. */
const MAX_REMEMBERED_CONVERSATIONS = 1_000;

const Message = z.object({ id: z.string().refine(isSnowflake) });
const Conversation = Message;

interface Attempt {
  readonly outcome: Outcome;
  readonly error?: unknown;
}

/** Posts cards, each as at most one message. Never rejects. */
export const createPostCard = (options: PostCardOptions): ((posting: Posting) => Promise<Outcome>) => {
  const { client, guard, hostClock, now, monotonic, timeoutMs, kinds, crosspost, stopping } = options;
  const holds = createHolds(monotonic);
  const goneRoles = createGoneRoles(client, guard, monotonic);
  const firstAlone = createFirstAlone(monotonic);

  const obstacleTo = (channelId: string): Outcome | undefined => {
    if (!isSnowflake(channelId)) {
      return { kind: 'gone', reason: 'Not a Discord channel ID: expected 17 to 20 digits (Copy Channel ID).' };
    }
    const bannedMs = guard.bannedMs();
    if (bannedMs > 0) return { kind: 'later', reason: BANNED_REASON, afterMs: bannedMs, everywhere: 'banned' };
    const guardMs = guard.waitMs();
    if (guardMs > 0) {
      const reason = 'Discord refused too many requests; a pause keeps it from banning us.';
      return { kind: 'later', reason, afterMs: guardMs, everywhere: 'throttled' };
    }
    const holdMs = holds.waitMs(channelId);
    return holdMs > 0 ? { kind: 'later', reason: 'Discord asked the bot to wait.', afterMs: holdMs } : undefined;
  };

  const attempt = async ({ channelId, maybePosted, ...posting }: Posting): Promise<Attempt> => {
    const progress: RequestProgress = { maybeTaken: false, throttled: false };
    const startedAt = now();
    try {
      const { body, files } = render(posting);
      const answer = await client.track(progress, () =>
        client.rest.post(Routes.channelMessages(channelId), {
          body,
          files: files.map((file) => ({ ...file, data: Buffer.from(file.data) })),
          signal: AbortSignal.timeout(MAX_QUEUE_TIMEOUTS * timeoutMs),
        }),
      );
      const message = Message.safeParse(answer);
      if (!message.success)
        return { outcome: { kind: 'unknown', reason: 'Discord accepted the message but returned no ID.' } };
      const duplicate = maybePosted && createdAt(message.data.id) < startedAt;
      return { outcome: { kind: 'sent', messageId: message.data.id, ...(duplicate ? { duplicate } : {}) } };
    } catch (error) {
      const outcome = (posting.toPerson ? directOutcomeOf : outcomeOf)(error, progress);
      // Recorded here as well, because discord.js starts waiting before it calls rejectOnRateLimit.
      if (error instanceof RateLimitError && outcome.kind === 'later' && outcome.everywhere !== 'banned') {
        holds.hold(outcome.afterMs ?? 0, error.global ? undefined : channelId);
      }
      return { outcome, error };
    }
  };

  /** Posts the card; if it is refused for what may be one of its parts, without that part. */
  const send = async (given: Posting): Promise<Outcome> => {
    const posting = withoutParts(given, given.leaveOut ?? []);
    const { outcome: refusal, error } = await attempt(posting);
    const has = partsOf(posting);
    const blamed = partsBlamedBy(error).filter((part) => has.includes(part));
    const trials: (readonly OptionalPart[])[] = blamed.map((part) => [part]);
    if (blamed.length > 1) trials.push(blamed);
    for (const parts of trials) {
      // Not to be tried now is no reason to give the card up, which a rejection would.
      const obstacle = obstacleTo(posting.channelId);
      if (obstacle) return refusal.kind === 'rejected' ? obstacle : refusal;
      const { outcome } = await attempt(withoutParts(posting, parts));
      if (outcome.kind === 'sent') return { ...outcome, without: parts.map((part) => lackOf(part, error, refusal)) };
      if (outcome.kind !== refusal.kind) return outcome;
    }
    return refusal;
  };

  /** Outcome of an earlier try whose nonce Discord may have forgotten; undefined if the posting is to be sent. */
  const findEarlier = async (posting: Posting): Promise<Outcome | undefined> => {
    const since = posting.since ?? 0;
    const agoMs = now() - since;
    const isNonceKnown = agoMs >= 0 && agoMs < NONCE_LIFETIME_MS;
    if (!posting.maybePosted || isNonceKnown) return undefined;
    return findPosted(client, posting.channelId, cardNumber(posting.key), hostClock.earliestOf(since));
  };

  /** The same, without the ping of a role that is gone, which Discord would show as a dead name. */
  const sendToExistingRole = async (posting: Posting): Promise<Outcome> => {
    const { ping, workspace, leaveOut } = posting;
    const isGone = ping !== undefined && !leaveOut?.has('ping') && (await goneRoles.isGone(ping, workspace));
    if (!isGone) return send(posting);
    const outcome = await send(withoutParts(posting, ['ping']));
    return outcome.kind === 'sent' ? { ...outcome, without: [ROLE_GONE, ...(outcome.without ?? [])] } : outcome;
  };

  const conversations = createLru<string, string>(MAX_REMEMBERED_CONVERSATIONS);

  /** The posting to the private conversation with its person; the outcome if that cannot be opened. */
  const inConversation = async (posting: Posting): Promise<Posting | Outcome> => {
    const person = posting.channelId;
    const known = conversations.get(person);
    if (known !== undefined) return { ...posting, channelId: known };
    const progress: RequestProgress = { maybeTaken: false, throttled: false };
    try {
      const answer = await client.track(progress, () =>
        client.rest.post(Routes.userChannels(), { body: { recipient_id: person } }),
      );
      const { id } = Conversation.parse(answer);
      conversations.set(person, id);
      return { ...posting, channelId: id };
    } catch (error) {
      const outcome = directOutcomeOf(error, progress);
      // Nothing was posted, whatever became of the answer.
      return outcome.kind === 'unknown' ? { kind: 'later', reason: outcome.reason } : outcome;
    }
  };

  const post = async (given: Posting): Promise<Outcome> => {
    const posting = given.toPerson ? await inConversation(given) : given;
    if ('kind' in posting) return posting;
    return (await findEarlier(posting)) ?? sendToExistingRole(posting);
  };

  /** Passes on a card that is there, by this try or an earlier one, if channels can follow its channel. */
  const passOn = async ({ channelId, forFollowers, leaveOut }: Posting, outcome: Outcome): Promise<Outcome> => {
    if (outcome.kind !== 'sent' || !forFollowers || leaveOut?.has('crosspost')) return outcome;
    const isAnnouncement = await kinds.isAnnouncement(channelId);
    if (!isAnnouncement) return isAnnouncement === undefined && stopping.aborted ? NOT_PASSED_ON : outcome;
    const lack = await crosspost(channelId, outcome.messageId);
    if (lack === 'stopped') return NOT_PASSED_ON;
    return lack ? { ...outcome, without: [...(outcome.without ?? []), lack] } : outcome;
  };

  return async (posting) => {
    const obstacle = obstacleTo(posting.channelId);
    if (obstacle) return obstacle;
    return passOn(posting, await firstAlone(() => post(posting)));
  };
};
