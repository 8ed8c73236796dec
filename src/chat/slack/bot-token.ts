import type { webApi } from '@slack/bolt';
import type { PlatformEvents } from '../../channels/platform-events.ts';
import type { Logger } from '../../telemetry/log.ts';
import { backoffMs } from '../../util/backoff.ts';
import { MINUTE_MS } from '../../util/durations.ts';
import { type Outcome, PlatformError } from '../platform.ts';
import type { Sleep } from '../sleep.ts';
import type { Identity } from './answers.ts';
import { faultText } from './fault.ts';
import { identify, refusedCode } from './identify.ts';
import { reachRemedy } from './reach-remedy.ts';
import { credentialRefusalOf } from './refusals.ts';
import { type Scopes, warnOfScopes } from './scopes.ts';
import { RETRY_WAITS } from './socket-connection.ts';

type Refused = Extract<Outcome, { kind: 'credential' }>;

export interface BotTokenParts {
  readonly client: webApi.WebClient;
  readonly scopes: Scopes;
  readonly log: Logger;
  readonly events?: PlatformEvents | undefined;
  readonly now: () => number;
  readonly sleep: Sleep;
  readonly random: () => number;
  readonly signal: AbortSignal;
}

/** The bot token: whose it is, and whether Slack takes it. A refusal is never kept for good. */
export interface BotToken {
  identity(): Identity | undefined;
  /** Asks for our identity, and goes on asking if Slack cannot be reached. @throws PlatformError if the token is refused. */
  start(): Promise<void>;
  /** Notes that .env names a channel: it comes back with its workspace. */
  nameChannel(channelId: string): void;
  /** The workspace says that the app was uninstalled. Slack sends two events, in either order. */
  onUninstalled(code: string, workspace: string | undefined): void;
  /** Why no call is made: the workspace has said that the app is gone, and auth.test has not been good since. */
  gone(): { readonly outcome: Refused; readonly since: number } | undefined;
  /** Takes the outcome of a post. */
  note(outcome: Outcome): void;
  /**
   * Asks auth.test. Undefined if Slack cannot be asked, or if posts were refused although it was good: then a card decides.
   */
  takes(): Promise<boolean | undefined>;
  /** Resolves when nothing is asked any more, after the signal. */
  settled(): Promise<void>;
}

/** Waits between questions while the token is refused. */
const REFUSED_WAITS = { firstMs: MINUTE_MS, maxMs: 15 * MINUTE_MS };

type Answer = 'good' | 'refused' | 'unknown';

export const createBotToken = (parts: BotTokenParts): BotToken => {
  const { client, scopes, log, events, now, sleep, random, signal } = parts;
  let identity: Identity | undefined;
  let gone: { readonly outcome: Refused; readonly since: number } | undefined;
  /** Whether auth.test was good after the last refusal of a post, and whether a post was refused after that. */
  let vouched = false;
  let doubted = false;
  let asking: Promise<void> | undefined;
  const named = new Set<string>();

  const welcome = (known: Identity): void => {
    if (identity === undefined) warnOfScopes(scopes.missing(), log);
    identity = known;
    if (gone) log.info({ code: gone.outcome.reason }, 'slack app is installed again');
    gone = undefined;
    const { workspace } = known;
    if (workspace === undefined) return;
    // After a revocation this brings the workspace's channels back.
    void events?.changed({ platform: 'slack', workspace });
    for (const address of named) void events?.changed({ platform: 'slack', workspace, address });
  };

  const leave = (code: string, workspace: string | undefined): void => {
    if (gone) return;
    const reason = `The workspace revoked the app (${code})`;
    const remedy = credentialRefusalOf('token_revoked')?.remedy ?? '';
    gone = { outcome: { kind: 'credential', reason, remedy }, since: now() };
    log.error({ reason, remedy }, 'slack app was uninstalled: its channels are kept until it is installed again');
    if (workspace !== undefined) void events?.removed({ platform: 'slack', workspace, reason, mayReturn: true });
  };

  /** @throws PlatformError if the token is refused. */
  const learn = async (quiet: boolean): Promise<Answer> => {
    const answer = await identify(client);
    if ('kind' in answer) {
      const remedy = reachRemedy(answer, client.slackApiUrl);
      log[quiet ? 'debug' : 'warn'](
        { fault: faultText(answer), ...(remedy !== undefined && { remedy }) },
        'slack identity check failed',
      );
      return 'unknown';
    }
    welcome(answer);
    return 'good';
  };

  /** The same, without rejecting; `said`: whether a refusal was logged before. */
  const ask = async (said: boolean): Promise<Answer> => {
    try {
      return await learn(true);
    } catch (error) {
      const code = refusedCode(error);
      const reason = error instanceof PlatformError ? error.message : "Slack's response could not be used";
      log[said ? 'debug' : 'error']({ reason }, 'slack refuses the bot: it is asked again');
      if (code !== undefined && credentialRefusalOf(code)?.uninstalled) leave(code, identity?.workspace);
      return 'refused';
    }
  };

  /** Asks with growing waits until the token is good. */
  const keepAsking = (first: typeof RETRY_WAITS): void => {
    asking ??= (async () => {
      let waits = first;
      let refused = false;
      for (let failures = 0; !signal.aborted; failures += 1) {
        await sleep(backoffMs({ ...waits, failures, random }), signal);
        if (signal.aborted) return;
        const answer = await ask(refused || gone !== undefined);
        if (answer === 'good') return;
        if (answer === 'refused' && !refused) {
          refused = true;
          waits = REFUSED_WAITS;
          failures = -1;
        }
      }
    })().finally(() => {
      asking = undefined;
    });
  };

  return {
    identity: () => identity,
    start: async () => {
      if ((await learn(false)) !== 'good') keepAsking(RETRY_WAITS);
    },
    nameChannel: (channelId) => void named.add(channelId),
    onUninstalled: (code, workspace) => {
      // Another workspace's installation of the app is not ours.
      if (workspace !== undefined && identity?.workspace !== undefined && workspace !== identity.workspace) return;
      leave(code, workspace ?? identity?.workspace);
      keepAsking(REFUSED_WAITS);
    },
    gone: () => gone,
    note: ({ kind }) => {
      if (kind === 'sent') vouched = doubted = false;
      if (kind === 'credential' && vouched) doubted = true;
    },
    takes: async () => {
      const answer = await ask(true);
      if (answer === 'unknown') return undefined;
      if (answer === 'refused') return false;
      vouched = true;
      return doubted ? undefined : true;
    },
    settled: async () => asking,
  };
};
