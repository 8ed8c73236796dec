import { App, type Receiver } from '@slack/bolt';
import type { Disconnection, PlatformNote } from '../../stories/platforms.ts';
import type { Logger } from '../../telemetry/log.ts';
import { type Identity, revokedTokens } from './answers.ts';
import { boltLogger, type WebParts, webOptions } from './library-options.ts';
import { appEvent } from './requests.ts';

/** Receives Slack's commands and events, over a socket or HTTP. Posting does not need it. */
export interface SlackConnection {
  readonly receiver: Receiver;
  /**
   * Resolves after the first try; retries network faults in the background. Rejects with PlatformError if a person has to
   * act.
   */
  start(): Promise<void>;
  connected(): boolean;
  /** Since when and why it is not connected. */
  disconnection(): Disconnection | undefined;
  /** What whoever runs the bot should know of it. */
  notes(): readonly PlatformNote[];
  /** URL for Slack's requests in HTTP mode. */
  address(): string | undefined;
  stop(): Promise<void>;
}

/** Names and ids that have a listener of their own. */
export interface HandledElsewhere {
  command(name: string): boolean;
  action(actionId: string): boolean;
  view(callbackId: string): boolean;
}

export interface BoltAppParts {
  readonly receiver: SlackConnection['receiver'];
  readonly botToken: string;
  readonly web: WebParts;
  /** Our identity, if it is known yet; read at every event. */
  readonly identity: () => Identity | undefined;
  /** The workspace uninstalled the app, or revoked its token. */
  readonly onRevoked: (code: 'app_uninstalled' | 'tokens_revoked', workspace: string | undefined) => void;
  /** Not acknowledged here: Bolt calls every listener that matches, and a second acknowledgement fails. */
  readonly handled?: HandledElsewhere | undefined;
  readonly log: Logger;
}

const fetchWithTimeout =
  (timeoutMs: number): typeof fetch =>
  (url, init) => {
    const limit = AbortSignal.timeout(timeoutMs);
    return fetch(url, { ...init, signal: init?.signal ? AbortSignal.any([init.signal, limit]) : limit });
  };

/**
 * The Bolt app behind a connection. Acknowledges everything without a listener of its own, because Slack shows
 * "operation_timeout" after three seconds without an acknowledgement.
 */
export const createBoltApp = (parts: BoltAppParts): App => {
  const { receiver, botToken, web, identity, onRevoked, handled, log } = parts;
  const app = new App({
    receiver,
    // Otherwise Bolt tests the token in a promise whose rejection nothing handles.
    authorize: async () => {
      const known = identity();
      return {
        botToken,
        ...(known === undefined ? {} : { botUserId: known.botUserId }),
        ...(known?.botId === undefined ? {} : { botId: known.botId }),
      };
    },
    // Bolt's respond() uses `fetch`, without a timeout of its own.
    clientOptions: { ...webOptions(web), fetch: fetchWithTimeout(web.timeoutMs) },
    logger: boltLogger(log),
    convoStore: false,
  });
  app.error(async (error) => log.warn({ code: error.code, fault: error.name }, 'slack listener failed'));
  app.command(/.*/, async ({ command, ack }) => {
    if (handled?.command(command.command)) return;
    await ack({
      response_type: 'ephemeral',
      text: `Slidewatch can't answer ${command.command} here. It posts its cards in the channels it was invited to.`,
    });
  });
  app.action(/.*/, async ({ action, ack }) => {
    if (!('action_id' in action && handled?.action(action.action_id))) await ack();
  });
  app.shortcut(/.*/, ({ ack }) => ack());
  app.options(/.*/, ({ ack }) => ack({ options: [] }));
  app.view(/.*/, async ({ view, ack }) => {
    if (!handled?.view(view.callback_id)) await ack();
  });
  app.view({ callback_id: /.*/, type: 'view_closed' }, ({ ack }) => ack());
  app.event('app_uninstalled', async ({ body }) => onRevoked('app_uninstalled', appEvent.parse(body).workspace));
  app.event('tokens_revoked', async ({ event, body }) => {
    const read = revokedTokens.safeParse(event);
    if (read.success && read.data.bots.length > 0) onRevoked('tokens_revoked', appEvent.parse(body).workspace);
  });
  return app;
};
