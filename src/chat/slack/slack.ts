import { webApi } from '@slack/bolt';
import type { Command } from '../../../commands/command.ts';
import type { Questions } from '../../../commands/questions.ts';
import type { PlatformEvents } from '../../channels/platform-events.ts';
import { createHostClock } from '../../clock/host-clock.ts';
import type { Catalogue } from '../../i18n/catalogue.ts';
import { BASE_LANGUAGE } from '../../i18n/languages.ts';
import type { PendingReplies } from '../../stories/pending-reply.ts';
import type { Logger } from '../../telemetry/log.ts';
import type { Outcome, Platform, Posting } from '../platform.ts';
import { sleep as realSleep, type Sleep } from '../sleep.ts';
import { createAskerContext } from './asker-context.ts';
import type { SlackConnection } from './bolt-app.ts';
import { createBoltApp } from './bolt-app.ts';
import { createBotToken } from './bot-token.ts';
import { checkChannel, looksOpen } from './check-channel.ts';
import { checkAppToken, checkTokens, isRotating, rotationNote } from './check-tokens.ts';
import { sendDirectMessage } from './direct-message.ts';
import { createEditor } from './editor.ts';
import { findPosted } from './find-posted.ts';
import { createGroupNames } from './group-names.ts';
import { checkPort, createHttpConnection } from './http-connection.ts';
import { webOptions } from './library-options.ts';
import { createLookAtPlace } from './look-at-place.ts';
import { createPendingQuestions } from './pending-questions.ts';
import { createPeople } from './people.ts';
import { createPictures } from './pictures.ts';
import { createPoster } from './poster.ts';
import { createQuestionIntake, type QuestionIntake } from './question-intake.ts';
import { createRights, type Managers } from './rights.ts';
import { createScopes, scopeNote } from './scopes.ts';
import { createSocketConnection } from './socket-connection.ts';
import { handleWorkspaceEvents } from './workspace-events.ts';

export interface SlackOptions {
  /** xoxb-... */
  readonly botToken: string;
  /** xapp-... : Socket Mode. Takes precedence over HTTP mode. */
  readonly appToken?: string;
  /** HTTP mode, with `port`. */
  readonly signingSecret?: string;
  readonly port?: number;
  /** Where HTTP mode listens. Default: 127.0.0.1. */
  readonly host?: string;
  /** URL of the Web API, ending in /api/. Default: Slack's own. */
  readonly apiUrl?: string;
  readonly log: Logger;
  /** Without questions, commands and catalogue the bot only posts. */
  readonly questions?: Questions;
  readonly commands?: readonly Command[];
  readonly catalogue?: Catalogue;
  /** Used if neither the asker's nor the channel's language is known. Default: `en`. */
  readonly language?: string;
  /** Receives invitations and channels that end. Default: none. */
  readonly events?: PlatformEvents;
  /** Remembers who waits for an answer over a restart. Default: none. */
  readonly pendingReplies?: PendingReplies;
  /** Who may change a channel, besides the person who set it up. Default: `admins`. */
  readonly managers?: Managers;
  /** Only checks the tokens and receives nothing, so that a running bot is not disturbed. */
  readonly onlyLook?: boolean;
  /** For one request, in milliseconds. Default: 10,000. */
  readonly timeoutMs?: number;
  /** Milliseconds of a clock that is never set, for waits. Default: `now`. */
  readonly monotonic?: () => number;
  /** For tests: waiting, the clock in epoch milliseconds, and random numbers in [0, 1). */
  readonly sleep?: Sleep;
  readonly now?: () => number;
  readonly random?: () => number;
}

export interface SlackPlatform extends Platform {
  /** Whether the socket is connected or the port is open. */
  connected(): boolean;
  /** URL for Slack's requests in HTTP mode. */
  address(): string | undefined;
}

const DEFAULT_HOST = '127.0.0.1';

const connectionFor = (options: SlackOptions, log: Logger): SlackConnection | undefined => {
  const {
    appToken,
    signingSecret,
    port,
    apiUrl,
    host = DEFAULT_HOST,
    timeoutMs = 10_000,
    sleep = realSleep,
    now = Date.now,
    monotonic = now,
    random = Math.random,
  } = options;
  if (appToken !== undefined) {
    const api = apiUrl === undefined ? {} : { apiUrl };
    return createSocketConnection({ appToken, ...api, timeoutMs, log, sleep, now, monotonic, random });
  }
  return signingSecret === undefined || port === undefined
    ? undefined
    : createHttpConnection({ signingSecret, host, port, log, sleep, now, random });
};

/** A channel of another workspace than `ours` is not gone, though Slack answers channel_not_found for it. */
const unlessElsewhere = (outcome: Outcome, { workspace }: Posting, ours: string | undefined): Outcome =>
  outcome.kind !== 'gone' || workspace === undefined || ours === undefined || workspace === ours
    ? outcome
    : {
        kind: 'forbidden',
        reason: `The channel belongs to another Slack workspace (${workspace}) than the bot's token (${ours}).`,
        remedy: "Put that workspace's token into SLACK_BOT_TOKEN and restart.",
        why: { key: 'slack-elsewhere', values: { workspace } },
      };

const noPendingReplies: PendingReplies = {
  begin: async () => undefined,
  end: async () => undefined,
  left: async () => [],
};

/**
 * Slack as a platform, for one workspace. Posts by the Web API, and receives commands over Socket Mode or HTTP; with
 * neither configured it only posts. `start` rejects with PlatformError if a person has to act, not for network faults.
 */
export const createSlack = (options: SlackOptions): SlackPlatform => {
  const { botToken, apiUrl, timeoutMs = 10_000, sleep = realSleep, now = Date.now, random = Math.random } = options;
  const { monotonic = now } = options;
  const log = options.log.child({ platform: 'slack' });
  const stopping = new AbortController();
  const { signal } = stopping;
  const hostClock = createHostClock(now);
  const scopes = createScopes();
  const onHeaders = (headers: Headers): void => {
    hostClock.note(headers);
    scopes.hear(headers);
  };
  const web = { ...(apiUrl === undefined ? {} : { apiUrl }), timeoutMs, log, onHeaders };
  const client = new webApi.WebClient(botToken, webOptions(web));
  const pictures = createPictures({ client, log, sleep, signal, timeoutMs });
  // Aborted at a stop, unlike posts under way.
  const abortableClient = new webApi.WebClient(botToken, webOptions({ ...web, signal }));
  const { questions, commands, catalogue, events, language = BASE_LANGUAGE, managers = 'admins' } = options;
  const token = createBotToken({ client: abortableClient, scopes, log, events, now, sleep, random, signal });
  const { identity } = token;
  const workspace = (): string | undefined => identity()?.workspace;
  const poster = createPoster({ client, pictures, log, now, monotonic, hostClock, sleep, signal });
  const edit = createEditor(client);
  const people = createPeople({ client, log, now: monotonic });
  const intakeFor = (questions: Questions, commands: readonly Command[], catalogue: Catalogue): QuestionIntake => {
    const context = createAskerContext({ people, questions, catalogue, language, workspace });
    const rights = createRights({ client, people, managers, channelAt: context.channelAt });
    const pending = createPendingQuestions({ pendingReplies: options.pendingReplies ?? noPendingReplies, now, sleep });
    const lookAt = createLookAtPlace(client, scopes);
    const onUsed = (address: string) => void events?.used({ platform: 'slack', address });
    const parts = { questions, commands, catalogue, context, people, rights, pending, workspace, scopes, lookAt };
    const groupName = createGroupNames(client, monotonic);
    return createQuestionIntake({
      ...parts,
      onUsed,
      groupName,
      client,
      poster,
      pictures,
      timeoutMs,
      log,
      now,
      sleep,
      signal,
    });
  };
  const intake = questions && commands && catalogue ? intakeFor(questions, commands, catalogue) : undefined;
  let connection: SlackConnection | undefined;

  /** Checks what commands arrive by, without taking any from a running bot. @throws PlatformError */
  const look = async (): Promise<void> => {
    const { appToken, port, host = DEFAULT_HOST } = options;
    if (appToken !== undefined) await checkAppToken(appToken, web);
    else if (port !== undefined) await checkPort(host, port);
  };

  const connect = async (): Promise<void> => {
    const { onlyLook = false } = options;
    if (onlyLook) return look();
    connection = connectionFor(options, log);
    if (connection === undefined)
      return log.info({}, 'slack commands are off: neither Socket Mode nor HTTP is configured');
    const app = createBoltApp({
      receiver: connection.receiver,
      botToken,
      web,
      identity,
      onRevoked: token.onUninstalled,
      handled: intake?.handled,
      log,
    });
    intake?.listen(app);
    if (events !== undefined) handleWorkspaceEvents(app, { events, identity, people });
    await connection.start();
  };

  const stop = async (): Promise<void> => {
    stopping.abort();
    await Promise.all([connection?.stop(), intake?.settled(), poster.settled(), token.settled()]);
  };

  return {
    name: 'slack',
    start: async () => {
      checkTokens(options);
      if (isRotating(botToken)) log.warn({ reason: rotationNote.text }, 'slack token expires');
      try {
        await token.start();
        await connect();
        void intake?.notifyInterrupted();
      } catch (error) {
        await stop();
        throw error;
      }
    },
    check: async (channelId) => {
      if (signal.aborted) return;
      token.nameChannel(channelId);
      await checkChannel(abortableClient, channelId, log);
      const team = workspace();
      // Lets later events of the workspace find .env's channel.
      if (team !== undefined)
        void events?.invited({ platform: 'slack', workspace: team, address: channelId, destination: true });
    },
    takesCredential: token.takes,
    isOpen: async (channelId) => (signal.aborted || token.gone() ? undefined : looksOpen(abortableClient, channelId)),
    post: async (posting) => {
      const gone = token.gone();
      if (gone) return gone.outcome;
      const outcome = await poster.post(posting);
      token.note(outcome);
      return unlessElsewhere(outcome, posting, workspace());
    },
    edit: async (of) => (token.gone() ? { kind: 'later', reason: 'Slack refuses the bot.' } : edit(of)),
    // A message's permalink is made of these parts: docs.slack.dev/reference/methods/chat.getPermalink.
    linkTo: ({ channelId, messageId }) => {
      const url = identity()?.url;
      return url === undefined ? undefined : `${url}archives/${channelId}/p${messageId.replace('.', '')}`;
    },
    findCard: ({ since, ...posted }) => findPosted(client, posted, () => hostClock.earliestOf(since)),
    sendDirectMessage: (person, text) => sendDirectMessage(client, person, text, log),
    stop,
    connected: () => connection?.connected() ?? false,
    connection: () => {
      const gone = token.gone();
      if (gone === undefined) return connection?.disconnection();
      const { reason, remedy } = gone.outcome;
      return { since: gone.since, reason: `${reason}. ${remedy}`, key: 'slack-uninstalled' };
    },
    notes: () => [
      ...(isRotating(botToken) ? [rotationNote] : []),
      ...(connection?.notes() ?? []),
      ...[scopeNote(scopes.missing())].filter((note) => note !== undefined),
    ],
    address: () => connection?.address(),
  };
};
