import { RateLimitError, Routes } from 'discord.js';
import { z } from 'zod';
import type { Command } from '../../../commands/command.ts';
import type { Questions } from '../../../commands/questions.ts';
import type { PlatformEvents } from '../../channels/platform-events.ts';
import { createHostClock } from '../../clock/host-clock.ts';
import type { Catalogue } from '../../i18n/catalogue.ts';
import type { PendingReplies } from '../../stories/pending-reply.ts';
import type { Logger } from '../../telemetry/log.ts';
import { MINUTE_MS } from '../../util/durations.ts';
import { type Outcome, type Platform, PlatformError, type Posting } from '../platform.ts';
import { createRateLimiter } from '../rate-limiter.ts';
import { checkChannel } from './check-channel.ts';
import { sendDirectMessage } from './direct-message.ts';
import { findPosted } from './find-posted.ts';
import { keepGateway } from './gateway.ts';
import { createHolds } from './holds.ts';
import { cardNumber, createdAt, isSnowflake } from './ids.ts';
import { createInvalidRequestGuard, type InvalidRequestGuard } from './invalid-request-guard.ts';
import { type LoginRefusal, looksLikeToken, TOKEN_DEAD } from './login-refusal.ts';
import { outcomeOf, TOKEN_REFUSED } from './outcome.ts';
import { createQuestionIntake } from './question-intake.ts';
import { render } from './render.ts';
import { createRestClient, dispose, type RequestProgress } from './rest-client.ts';

export interface DiscordOptions {
  /** The bot's token, with or without the prefix `Bot`. */
  readonly token: string;
  /** Replaces `https://discord.com/api`; ends in `/api`. Example: `http://127.0.0.1:8080/api`. */
  readonly apiUrl?: string;
  readonly log: Logger;
  /** Epoch milliseconds. Default: the system's clock. */
  readonly now?: () => number;
  /** Milliseconds of a clock that is never set, for waits. Default: `now`. */
  readonly monotonic?: () => number;
  /** For one request, and for the gateway in `start`. Default: 15 s. */
  readonly timeoutMs?: number;
  /** Default: 40 requests a second, of the 50 that Discord allows. */
  readonly ratePerSecond?: number;
  /** First wait before the gateway is tried again; doubles up to three minutes. Default: 1 s. */
  readonly retryMs?: number;
  /** Counts invalid requests. Share one among bots with the same IP address. Default: its own. */
  readonly guard?: InvalidRequestGuard;
  /** Answers slash commands and buttons; needs `commands` and `catalogue`. */
  readonly questions?: Questions;
  /** Registered with Discord. */
  readonly commands?: readonly Command[];
  /** Texts of the commands in every language. */
  readonly catalogue?: Catalogue;
  /** Receives joined and left servers, and changed permissions. */
  readonly events?: PlatformEvents;
  /** Remembers who waits for an answer, so that the next start can tell them about a restart. */
  readonly pendingReplies?: PendingReplies;
  /** After this long without an answer, "thinking" is shown. Default: 1.5 s, of the three that Discord gives. */
  readonly deferAfterMs?: number;
}

const DEFAULT_REQUESTS_PER_SECOND = 40;

/** A posting that waits longer than this many timeouts behind others is given back. */
const MAX_QUEUE_TIMEOUTS = 4;

/** Discord remembers a nonce for "a few minutes"; we rely on this long. */
const NONCE_LIFETIME_MS = 2 * MINUTE_MS;

const Message = z.object({ id: z.string().refine(isSnowflake) });

/** Discord as a platform. Posting uses REST and needs no socket: it works before `start` and without the gateway. */
export const createDiscord = (options: DiscordOptions): Platform => {
  const {
    log,
    apiUrl,
    now = Date.now,
    monotonic = now,
    timeoutMs = 15_000,
    retryMs = 1_000,
    guard = createInvalidRequestGuard(monotonic),
  } = options;
  const token = options.token.trim().replace(/^Bot\s+/i, '');
  const stop = new AbortController();
  const holds = createHolds(monotonic);
  const hostClock = createHostClock(now);
  const rateLimiter = createRateLimiter({ perSecond: options.ratePerSecond ?? DEFAULT_REQUESTS_PER_SECOND });
  const client = createRestClient({
    apiUrl,
    timeoutMs,
    guard,
    stopping: stop.signal,
    rateLimiter,
    onHeaders: hostClock.note,
  });
  client.rest.setToken(token);
  let tokenDead = !looksLikeToken(token);
  const intake = createQuestionIntake({
    ...options,
    apiUrl,
    timeoutMs,
    retryMs,
    guard,
    client,
    now,
    stopping: stop.signal,
  });

  const refuseToken = () => {
    if (!tokenDead) log.error({ reason: TOKEN_DEAD.message }, 'discord token rejected');
    tokenDead = true;
  };

  const onRefused = ({ message, tokenDead: dead }: LoginRefusal) => {
    if (dead) refuseToken();
    else log.error({ reason: message }, 'discord gateway rejected the bot');
  };

  const obstacleTo = (channelId: string): Outcome | undefined => {
    if (stop.signal.aborted) return { kind: 'later', reason: 'The bot is stopping.' };
    if (tokenDead) return TOKEN_REFUSED;
    if (!isSnowflake(channelId)) {
      return { kind: 'gone', reason: 'Not a Discord channel ID: expected 17 to 20 digits (Copy Channel ID).' };
    }
    const guardMs = guard.waitMs();
    if (guardMs > 0) {
      const reason = 'Discord refused too many requests; a pause keeps it from banning us.';
      return { kind: 'later', reason, afterMs: guardMs, everywhere: 'throttled' };
    }
    const holdMs = holds.waitMs(channelId);
    return holdMs > 0 ? { kind: 'later', reason: 'Discord asked the bot to wait.', afterMs: holdMs } : undefined;
  };

  const send = async ({ channelId, maybePosted, ...posting }: Posting): Promise<Outcome> => {
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
      if (!message.success) return { kind: 'unknown', reason: 'Discord accepted the message but returned no ID.' };
      const duplicate = maybePosted && createdAt(message.data.id) < startedAt;
      return { kind: 'sent', messageId: message.data.id, ...(duplicate ? { duplicate } : {}) };
    } catch (error) {
      const outcome = outcomeOf(error, progress);
      if (outcome.kind === 'credential') refuseToken();
      // Recorded here as well, because discord.js starts waiting before it calls rejectOnRateLimit.
      if (error instanceof RateLimitError && outcome.kind === 'later') {
        holds.hold(outcome.afterMs ?? 0, error.global ? undefined : channelId);
      }
      return outcome;
    }
  };

  /** Outcome of an earlier try whose nonce Discord may have forgotten; undefined if the posting is to be sent. */
  const findEarlier = async (posting: Posting): Promise<Outcome | undefined> => {
    const since = posting.since ?? 0;
    const agoMs = now() - since;
    const isNonceKnown = agoMs >= 0 && agoMs < NONCE_LIFETIME_MS;
    if (!posting.maybePosted || isNonceKnown) return undefined;
    const from = hostClock.earliestOf(since);
    const outcome = await findPosted(client, posting.channelId, cardNumber(posting.key), from);
    if (outcome?.kind === 'credential') refuseToken();
    return outcome;
  };

  return {
    name: 'discord',

    start: async () => {
      if (tokenDead) throw new PlatformError(TOKEN_DEAD.message);
      void intake?.notifyInterrupted();
      const stopping = stop.signal;
      const { listener } = intake ?? {};
      const { events } = options;
      const first = await keepGateway({
        ...{ token, apiUrl, timeoutMs, retryMs, guard, log, stopping },
        ...{ onRefused, listener, events },
      });
      if (first.kind === 'refused') throw new PlatformError(first.refusal.message);
      if (first.kind === 'trying' && !stopping.aborted) {
        log.warn('discord gateway not connected yet; posting works without it');
      }
    },

    check: async (channelId) => {
      if (stop.signal.aborted) return;
      const workspace = await checkChannel(client, channelId, log);
      // Lets later events of the server find this channel.
      if (workspace !== undefined)
        void options.events?.invited({ platform: 'discord', workspace, address: channelId, destination: true });
    },

    post: async (posting) => obstacleTo(posting.channelId) ?? (await findEarlier(posting)) ?? (await send(posting)),

    sendDirectMessage: async (person, text) =>
      !stop.signal.aborted &&
      !tokenDead &&
      guard.waitMs() === 0 &&
      (await sendDirectMessage(client, person, text, log)),

    stop: async () => {
      await intake?.stop();
      stop.abort();
      dispose(client);
    },
  };
};
