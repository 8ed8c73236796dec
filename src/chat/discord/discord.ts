import { RateLimitError, Routes } from 'discord.js';
import { z } from 'zod';
import type { Command } from '../../../commands/command.ts';
import type { Questions } from '../../../commands/questions.ts';
import type { PlatformEvents } from '../../channels/platform-events.ts';
import type { Catalogue } from '../../i18n/catalogue.ts';
import type { PendingReplies } from '../../stories/pending-reply.ts';
import type { Logger } from '../../telemetry/log.ts';
import { MINUTE_MS } from '../../util/durations.ts';
import { type Outcome, type Platform, PlatformError, type Posting } from '../platform.ts';
import { createRateLimiter } from '../rate-limiter.ts';
import { checkChannel } from './check-channel.ts';
import { findPosted } from './find-posted.ts';
import { keepGateway } from './gateway.ts';
import { createGuard, type Guard } from './guard.ts';
import { createHolds } from './holds.ts';
import { outcomeOf, TOKEN_REFUSED } from './outcome.ts';
import { createQuestionIntake } from './question-intake.ts';
import { type LoginRefusal, looksLikeToken, TOKEN_DEAD } from './refusal.ts';
import { cardNumber, render } from './render.ts';
import { isSnowflake, madeAt } from './snowflake.ts';
import { tellPerson } from './tell-person.ts';
import { createWire, dispose, type Flight } from './wire.ts';

export interface DiscordOptions {
  /** The bot's token, with or without a leading `Bot`. */
  readonly token: string;
  /** Replaces `https://discord.com/api`; ends in `/api`. Example: `http://127.0.0.1:8080/api`. */
  readonly apiUrl?: string;
  readonly log: Logger;
  /** Epoch milliseconds; the system's clock by default. */
  readonly now?: () => number;
  /** How long one request may take; 15 s by default. Also how long `start` waits for the gateway. */
  readonly timeoutMs?: number;
  /** Requests a second; 40 by default, of the 50 that Discord allows. */
  readonly ratePerSecond?: number;
  /** The first wait before the gateway is tried again; 1 s by default, doubling to three minutes. */
  readonly retryMs?: number;
  /** Counts invalid requests; its own by default. Shared where several bots leave by one address. */
  readonly guard?: Guard;
  /** Answers slash commands and buttons, with `commands` and `catalogue`; without the three there are none. */
  readonly questions?: Questions;
  /** What is registered with Discord. */
  readonly commands?: readonly Command[];
  /** The words of the commands in every language. */
  readonly catalogue?: Catalogue;
  /** Hears of servers that take the bot in or throw it out, and of permissions that change. */
  readonly events?: PlatformEvents;
  /** Remembers who waits for an answer, so that a restart in the middle is told. */
  readonly pendingReplies?: PendingReplies;
  /** How long an answer may take before "thinking" is shown; 1.5 s by default, of the three that Discord gives. */
  readonly deferAfterMs?: number;
}

const RATE = 40;

/** A posting that has waited this many timeouts behind others is given back. */
const QUEUE_PATIENCE = 4;

/** Discord keeps a nonce "a few minutes": so long we rely on it. */
const NONCE_KEPT_MS = 2 * MINUTE_MS;

const Message = z.object({ id: z.string().refine(isSnowflake) });

/**
 * Discord as a place for cards. Posting goes by REST and needs no socket: it works before `start` and while the
 * gateway is away.
 */
export const createDiscord = (options: DiscordOptions): Platform => {
  const { log, apiUrl, now = Date.now, timeoutMs = 15_000, retryMs = 1_000, guard = createGuard(now) } = options;
  const token = options.token.trim().replace(/^Bot\s+/i, '');
  const stop = new AbortController();
  const holds = createHolds(now);
  const pace = createRateLimiter({ perSecond: options.ratePerSecond ?? RATE });
  const wire = createWire({ apiUrl, timeoutMs, guard, stopping: stop.signal, pace });
  wire.rest.setToken(token);
  let tokenDead = !looksLikeToken(token);
  const asked = createQuestionIntake({
    ...options,
    apiUrl,
    timeoutMs,
    retryMs,
    guard,
    wire,
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

  const whyNot = (channelId: string): Outcome | undefined => {
    if (stop.signal.aborted) return { kind: 'later', reason: 'The bot is stopping.' };
    if (tokenDead) return TOKEN_REFUSED;
    if (!isSnowflake(channelId)) {
      return { kind: 'gone', reason: 'Not a Discord channel ID: expected 17 to 20 digits (Copy Channel ID).' };
    }
    const invalid = guard.waitMs();
    if (invalid > 0) {
      const reason = 'Discord refused too many requests; a pause keeps it from banning us.';
      return { kind: 'later', reason, afterMs: invalid, everywhere: true };
    }
    const held = holds.waitMs(channelId);
    return held > 0 ? { kind: 'later', reason: 'Discord asked the bot to wait.', afterMs: held } : undefined;
  };

  const send = async ({ channelId, maybePosted, ...posting }: Posting): Promise<Outcome> => {
    const flight: Flight = { maybeTaken: false, throttled: false };
    const startedAt = now();
    try {
      const { body, files } = render(posting);
      const answer = await wire.fly(flight, () =>
        wire.rest.post(Routes.channelMessages(channelId), {
          body,
          files: files.map((file) => ({ ...file, data: Buffer.from(file.data) })),
          signal: AbortSignal.timeout(QUEUE_PATIENCE * timeoutMs),
        }),
      );
      const message = Message.safeParse(answer);
      if (!message.success) return { kind: 'unknown', reason: 'Discord accepted the message but returned no ID.' };
      const duplicate = maybePosted && madeAt(message.data.id) < startedAt;
      return { kind: 'sent', messageId: message.data.id, ...(duplicate ? { duplicate } : {}) };
    } catch (error) {
      const outcome = outcomeOf(error, flight);
      if (outcome.kind === 'down') refuseToken();
      // Kept here as well: discord.js would start its wait before it asks whether it may.
      if (error instanceof RateLimitError && outcome.kind === 'later') {
        holds.hold(outcome.afterMs ?? 0, error.global ? undefined : channelId);
      }
      return outcome;
    }
  };

  /** What became of an earlier try, where its nonce may be forgotten by now; undefined where it is to be sent. */
  const look = async (posting: Posting): Promise<Outcome | undefined> => {
    const since = posting.since ?? 0;
    if (!posting.maybePosted || now() - since < NONCE_KEPT_MS) return undefined;
    const outcome = await findPosted(wire, posting.channelId, cardNumber(posting.key), since);
    if (outcome?.kind === 'down') refuseToken();
    return outcome;
  };

  return {
    name: 'discord',

    start: async () => {
      if (tokenDead) throw new PlatformError(TOKEN_DEAD.message);
      void asked?.tellLeft();
      const stopping = stop.signal;
      const { listener } = asked ?? {};
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
      const workspace = await checkChannel(wire, channelId, log);
      // What happens to the server concerns this channel, too: whoever keeps channels learns where it is.
      if (workspace !== undefined)
        void options.events?.invited({ platform: 'discord', workspace, address: channelId, destination: true });
    },

    post: async (posting) => whyNot(posting.channelId) ?? (await look(posting)) ?? (await send(posting)),

    tell: async (person, text) =>
      !stop.signal.aborted && !tokenDead && guard.waitMs() === 0 && (await tellPerson(wire, person, text, log)),

    stop: async () => {
      await asked?.stop();
      stop.abort();
      dispose(wire);
    },
  };
};
