import type { Command } from '../../../commands/command.ts';
import type { Questions } from '../../../commands/questions.ts';
import type { PlatformEvents } from '../../channels/platform-events.ts';
import { createHostClock } from '../../clock/host-clock.ts';
import type { Catalogue } from '../../i18n/catalogue.ts';
import type { PendingReplies } from '../../stories/pending-reply.ts';
import type { Logger } from '../../telemetry/log.ts';
import { type Platform, PlatformError } from '../platform.ts';
import { createRateLimiter } from '../rate-limiter.ts';
import type { Sleep } from '../sleep.ts';
import { createChannelKinds } from './channel-kinds.ts';
import { checkChannel, takesMessages } from './check-channel.ts';
import { createCredential } from './credential.ts';
import { createCrosspost } from './crosspost.ts';
import { sendDirectMessage } from './direct-message.ts';
import { createEditCard } from './edit-card.ts';
import { findPosted } from './find-posted.ts';
import { createGateway } from './gateway.ts';
import { cardNumber } from './ids.ts';
import { createInvalidRequestGuard, type InvalidRequestGuard } from './invalid-request-guard.ts';
import { idInToken, invitationsTo } from './invitations.ts';
import { TOKEN_DEAD } from './login-refusal.ts';
import { createPostCard } from './post-card.ts';
import { createQuestionIntake } from './question-intake.ts';
import { createRefusedPlaces } from './refused-places.ts';
import { createRestClient, dispose } from './rest-client.ts';
import type { SessionListener } from './session.ts';

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
  /** Waits between tries of the gateway. Default: real time. */
  readonly sleep?: Sleep;
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

/** For what follows a card that is posted already. */
const MAX_FOLLOW_UP_MS = 5_000;

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
  const hostClock = createHostClock(now);
  const rateLimiter = createRateLimiter({ perSecond: options.ratePerSecond ?? DEFAULT_REQUESTS_PER_SECOND });
  const client = createRestClient({
    apiUrl,
    timeoutMs,
    guard,
    stopping: stop.signal,
    token,
    rateLimiter,
    onHeaders: hostClock.note,
  });
  const refusals = createRefusedPlaces((where) => void options.events?.changed({ platform: 'discord', ...where }));
  const intake = createQuestionIntake({
    ...options,
    onRights: refusals.hear,
    apiUrl,
    timeoutMs,
    retryMs,
    guard,
    client,
    now,
    stopping: stop.signal,
  });

  const followUpMs = Math.min(timeoutMs, MAX_FOLLOW_UP_MS);
  const kinds = createChannelKinds(client, followUpMs);
  const crosspost = createCrosspost({ client, log, stopping: stop.signal, timeoutMs: followUpMs, retryMs });
  const post = createPostCard({
    ...{ client, guard, hostClock, now, monotonic, timeoutMs, kinds, crosspost },
    stopping: stop.signal,
  });
  const edit = createEditCard({ client, guard, timeoutMs });
  const credential = createCredential({ token, client, guard, stopping: stop.signal });

  let applicationId = idInToken(token);
  const listener: SessionListener = {
    ready: (id) => {
      applicationId = id;
      intake?.listener.ready(id);
    },
    interaction: (interaction, place) => intake?.listener.interaction(interaction, place),
  };
  const gateway = createGateway({
    ...{ token, apiUrl, timeoutMs, retryMs, guard, client, now, log, stopping: stop.signal },
    ...{ sleep: options.sleep, listener, events: options.events, onChannels: kinds.follow },
  });

  return {
    name: 'discord',

    start: async () => {
      if (credential.obstacle()) throw new PlatformError(TOKEN_DEAD.message);
      void intake?.notifyInterrupted();
      const first = await gateway.keep();
      if (first.kind === 'refused') throw new PlatformError(first.refusal.message);
      if (first.kind === 'trying' && !stop.signal.aborted) {
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

    isOpen: async (channelId) =>
      stop.signal.aborted || credential.obstacle() !== undefined || guard.waitMs() > 0
        ? undefined
        : takesMessages(client, channelId),

    takesCredential: async () => {
      const taken = await credential.isTaken();
      if (taken) gateway.retryNow();
      return taken;
    },

    connection: gateway.disconnection,

    invitations: () => (applicationId === undefined ? [] : invitationsTo(applicationId, intake?.forPeople())),

    post: async (posting) => {
      if (stop.signal.aborted) return { kind: 'later', reason: 'The bot is stopping.' };
      const outcome = credential.note(credential.obstacle() ?? (await post(posting)));
      return posting.toPerson ? outcome : refusals.note(posting.channelId, outcome);
    },

    edit: async (of) =>
      stop.signal.aborted || credential.obstacle() !== undefined
        ? { kind: 'later', reason: 'Nothing can be sent at the moment.' }
        : edit(of),

    linkTo: ({ workspace, channelId, messageId }) =>
      workspace === undefined ? undefined : `https://discord.com/channels/${workspace}/${channelId}/${messageId}`,

    findCard: async ({ channelId, key, since }) =>
      stop.signal.aborted || guard.waitMs() > 0
        ? { kind: 'later', reason: 'The channel is not asked at the moment.' }
        : findPosted(client, channelId, cardNumber(key), hostClock.earliestOf(since)),

    sendDirectMessage: async (person, text) =>
      !stop.signal.aborted &&
      credential.obstacle() === undefined &&
      guard.waitMs() === 0 &&
      (await sendDirectMessage(client, person, text, log)),

    stop: async () => {
      await intake?.stop();
      stop.abort();
      dispose(client);
    },
  };
};
