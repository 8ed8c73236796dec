import { App } from '@slack/bolt';
import type { Logger } from '../../telemetry/log.ts';
import { type Identity, revokedTokens } from './answers.ts';
import { boltLogger } from './bolt-logger.ts';
import type { SlackConnection } from './slack-connection.ts';
import { type WebParts, webOptions } from './web-options.ts';

export interface HandledElsewhere {
  command(name: string): boolean;
  action(actionId: string): boolean;
  view(callbackId: string): boolean;
}

export interface BoltAppParts {
  readonly receiver: SlackConnection['receiver'];
  readonly botToken: string;
  readonly web: WebParts;
  /** Who we are, as far as is known; asked for at every event. */
  readonly identity: () => Identity | undefined;
  /** The workspace threw the app out, or revoked its token. */
  readonly onRevoked: (code: 'app_uninstalled' | 'tokens_revoked', workspace: string) => void;
  /** What has a listener of its own: Bolt calls every listener that matches, and a second acknowledgement fails. */
  readonly taken?: HandledElsewhere | undefined;
  readonly log: Logger;
}

const limitedFetch =
  (timeoutMs: number): typeof fetch =>
  (url, init) => {
    const limit = AbortSignal.timeout(timeoutMs);
    return fetch(url, { ...init, signal: init?.signal ? AbortSignal.any([init.signal, limit]) : limit });
  };

/**
 * The Bolt app behind a connection. Whatever has no listener of its own is acknowledged here, for Slack shows a person
 * "operation_timeout" after three seconds of silence.
 */
export const createBoltApp = (parts: BoltAppParts): App => {
  const { receiver, botToken, web, identity, onRevoked, taken, log } = parts;
  const app = new App({
    receiver,
    // Bolt would test the token by itself, in a promise that nobody holds.
    authorize: async () => {
      const known = identity();
      return {
        botToken,
        ...(known === undefined ? {} : { botUserId: known.botUserId }),
        ...(known?.botId === undefined ? {} : { botId: known.botId }),
      };
    },
    // `fetch` is what Bolt's respond() takes, which has no time limit of its own.
    clientOptions: { ...webOptions(web), fetch: limitedFetch(web.timeoutMs) },
    logger: boltLogger(log),
    convoStore: false,
  });
  app.error(async (error) => log.warn({ code: error.code, fault: error.name }, 'slack listener failed'));
  app.command(/.*/, async ({ command, ack }) => {
    if (taken?.command(command.command)) return;
    await ack({
      response_type: 'ephemeral',
      text: `Slidewatch can't answer ${command.command} here. It posts its cards in the channels it was invited to.`,
    });
  });
  app.action(/.*/, async ({ action, ack }) => {
    if (!('action_id' in action && taken?.action(action.action_id))) await ack();
  });
  app.shortcut(/.*/, ({ ack }) => ack());
  app.options(/.*/, ({ ack }) => ack({ options: [] }));
  app.view(/.*/, async ({ view, ack }) => {
    if (!taken?.view(view.callback_id)) await ack();
  });
  app.view({ callback_id: /.*/, type: 'view_closed' }, ({ ack }) => ack());
  app.event('app_uninstalled', async ({ body }) => onRevoked('app_uninstalled', body.team_id));
  app.event('tokens_revoked', async ({ event, body }) => {
    const read = revokedTokens.safeParse(event);
    if (read.success && read.data.bots.length > 0) onRevoked('tokens_revoked', body.team_id);
  });
  return app;
};
