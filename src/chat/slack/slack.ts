import { webApi } from '@slack/bolt';
import type { Command } from '../../../commands/command.ts';
import type { Questions } from '../../../commands/questions.ts';
import type { PlatformEvents } from '../../channels/platform-events.ts';
import type { Catalogue } from '../../i18n/catalogue.ts';
import type { PendingReplies } from '../../stories/pending-reply.ts';
import type { Logger } from '../../telemetry/log.ts';
import { type Platform, PlatformError } from '../platform.ts';
import type { Identity } from './answers.ts';
import { createAskers } from './askers.ts';
import { createBoltApp } from './bolt-app.ts';
import { checkAppToken } from './check-app-token.ts';
import { checkChannel } from './check-channel.ts';
import { checkTokens } from './check-tokens.ts';
import { faultText } from './fault.ts';
import { createHttpConnection } from './http-connection.ts';
import { identify } from './identify.ts';
import { createPendingQuestions } from './pending-questions.ts';
import { createPeople } from './people.ts';
import { createPictures } from './pictures.ts';
import { createPoster } from './poster.ts';
import { createReception, type Reception } from './reception.ts';
import { tokenRemedy } from './refusals.ts';
import { createRights, type Managers } from './rights.ts';
import type { SlackConnection } from './slack-connection.ts';
import { sleep as realSleep, reconnectBackoff, type Sleep } from './sleep.ts';
import { createSocketConnection } from './socket-connection.ts';
import { tellPerson } from './tell-person.ts';
import { webOptions } from './web-options.ts';
import { takeWorkspaceEvents } from './workspace-events.ts';

export interface SlackOptions {
  /** xoxb-... */
  readonly botToken: string;
  /** xapp-... : Socket Mode. Preferred where HTTP mode is configured too. */
  readonly appToken?: string;
  /** HTTP mode, with `port`. */
  readonly signingSecret?: string;
  readonly port?: number;
  /** Where HTTP mode listens; 127.0.0.1 by default. */
  readonly host?: string;
  /** The Web API's address, ending in /api/ ; Slack's own by default. */
  readonly apiUrl?: string;
  readonly log: Logger;
  /** Takes questions where these three are given; without them the bot only posts. */
  readonly questions?: Questions;
  readonly commands?: readonly Command[];
  readonly catalogue?: Catalogue;
  /** The language where neither the asker's nor the channel's is known; `en` by default. */
  readonly language?: string;
  /** Told of invitations and of channels that end; nobody by default. */
  readonly events?: PlatformEvents;
  /** Remembers who waits for an answer over a restart; nobody by default. */
  readonly pendingReplies?: PendingReplies;
  /** Who may change a channel besides whoever set it up; `admins` by default. */
  readonly managers?: Managers;
  /** Tokens are looked at and nothing is taken: beside a bot that runs. */
  readonly onlyLook?: boolean;
  /** Longest wait for one answer of Slack, in milliseconds; 10,000 by default. */
  readonly timeoutMs?: number;
  /** For tests: waiting, the clock in epoch milliseconds, and chance in [0, 1). */
  readonly sleep?: Sleep;
  readonly now?: () => number;
  readonly random?: () => number;
}

export interface SlackPlatform extends Platform {
  /** Whether commands can come in at this moment: the socket is up, or the port is open. */
  connected(): boolean;
  /** Where HTTP mode takes Slack's requests. */
  address(): string | undefined;
}

const connectionFor = (options: SlackOptions, log: Logger): SlackConnection | undefined => {
  const {
    appToken,
    signingSecret,
    port,
    apiUrl,
    host = '127.0.0.1',
    timeoutMs = 10_000,
    sleep = realSleep,
    now = Date.now,
    random = Math.random,
  } = options;
  if (appToken !== undefined) {
    const api = apiUrl === undefined ? {} : { apiUrl };
    return createSocketConnection({ appToken, ...api, timeoutMs, log, sleep, now, random });
  }
  return signingSecret === undefined || port === undefined
    ? undefined
    : createHttpConnection({ signingSecret, host, port, log });
};

const nobody: PendingReplies = { begin: async () => undefined, end: async () => undefined, left: async () => [] };

/**
 * Slack, for one workspace. Posts by the Web API, and takes commands over Socket Mode or HTTP; with neither configured
 * it only posts. `start` rejects with PlatformError where a person has to act, and not because the network is away.
 */
export const createSlack = (options: SlackOptions): SlackPlatform => {
  const { botToken, apiUrl, timeoutMs = 10_000, sleep = realSleep, now = Date.now, random = Math.random } = options;
  const log = options.log.child({ platform: 'slack' });
  const stopping = new AbortController();
  const { signal } = stopping;
  const web = { ...(apiUrl === undefined ? {} : { apiUrl }), timeoutMs, log };
  const client = new webApi.WebClient(botToken, webOptions(web));
  const pictures = createPictures({ client, log, sleep, signal, timeoutMs });
  const poster = createPoster({ client, pictures, log, now, sleep, signal });
  // Asking who we are is given up when we stop; a post under way is not.
  const asking = new webApi.WebClient(botToken, webOptions({ ...web, signal }));
  const { questions, commands, catalogue, events, language = 'en', managers = 'admins' } = options;
  let identity: Identity | undefined;
  const workspace = (): string | undefined => identity?.workspace;
  const people = createPeople({ client, log, now });
  const receptionFor = (questions: Questions, commands: readonly Command[], catalogue: Catalogue): Reception => {
    const askers = createAskers({ people, questions, catalogue, language, workspace });
    const rights = createRights({ client, people, managers, channelAt: askers.channelAt });
    const waiting = createPendingQuestions({ pendingReplies: options.pendingReplies ?? nobody, now, sleep });
    const asked = { questions, commands, catalogue, askers, people, rights, waiting, workspace };
    return createReception({ ...asked, client, poster, pictures, timeoutMs, log, sleep, signal });
  };
  const reception = questions && commands && catalogue ? receptionFor(questions, commands, catalogue) : undefined;
  let connection: SlackConnection | undefined;
  let identifying: Promise<void> | undefined;

  const refuse = (reason: string): void => {
    log.error({ reason, remedy: tokenRemedy }, 'slack rejected the bot: posting stopped');
    poster.refuse({ kind: 'down', reason, remedy: tokenRemedy });
  };

  let thrownOut = false;
  /** Slack tells it by two events, in either order. */
  const onRevoked = (code: string, of: string): void => {
    if (thrownOut) return;
    thrownOut = true;
    const reason = `The workspace revoked the app (${code})`;
    refuse(reason);
    void events?.removed({ platform: 'slack', workspace: of, reason, mayReturn: true });
  };

  const ask = async (): Promise<boolean> => {
    const answer = await identify(asking, log);
    if ('kind' in answer) {
      log[identifying === undefined ? 'warn' : 'debug']({ fault: faultText(answer) }, 'slack identity check failed');
      return false;
    }
    identity = answer;
    // Whatever went away with the workspace is back once its tokens are.
    if (answer.workspace !== undefined) void events?.changed({ platform: 'slack', workspace: answer.workspace });
    return true;
  };

  const askUntilAnswered = async (): Promise<void> => {
    try {
      for (let attempt = 1; !signal.aborted; attempt += 1) {
        await sleep(reconnectBackoff(attempt, random), signal);
        if (signal.aborted || (await ask())) return;
      }
    } catch (error) {
      refuse(error instanceof PlatformError ? error.message : "Slack's response could not be used");
    }
  };

  const connect = async (): Promise<void> => {
    const { appToken, onlyLook = false } = options;
    if (onlyLook) return appToken === undefined ? undefined : checkAppToken(appToken, web);
    connection = connectionFor(options, log);
    if (connection === undefined)
      return log.info({}, 'slack commands are off: neither Socket Mode nor HTTP is configured');
    const app = createBoltApp({
      receiver: connection.receiver,
      botToken,
      web,
      identity: () => identity,
      onRevoked,
      taken: reception?.taken,
      log,
    });
    reception?.listen(app);
    if (events !== undefined) takeWorkspaceEvents(app, { events, identity: () => identity, people });
    await connection.start();
  };

  const stop = async (): Promise<void> => {
    stopping.abort();
    await Promise.all([connection?.stop(), reception?.settled(), poster.settled(), identifying]);
  };

  return {
    name: 'slack',
    start: async () => {
      checkTokens(options);
      try {
        if (!(await ask())) identifying = askUntilAnswered();
        await connect();
        void reception?.tellLeft();
      } catch (error) {
        await stop();
        throw error;
      }
    },
    check: async (channelId) => {
      if (signal.aborted) return;
      await checkChannel(asking, channelId, log);
      const team = workspace();
      // What happens to the workspace concerns .env's channel, too: whoever keeps channels learns where it is.
      if (team !== undefined)
        void events?.invited({ platform: 'slack', workspace: team, address: channelId, destination: true });
    },
    post: (posting) => poster.post(posting),
    tell: (person, text) => tellPerson(client, person, text, log),
    stop,
    connected: () => connection?.connected() ?? false,
    address: () => connection?.address(),
  };
};
