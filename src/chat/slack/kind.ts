import { z } from 'zod';
import { baseUrl, portNumber, SettingsError } from '../../util/environment.ts';
import { platformKind } from '../platform-kind.ts';
import { createAppUrl } from './create-app-url.ts';
import type { Managers } from './rights.ts';

const MANAGERS = ['admins', 'members'] as const satisfies readonly Managers[];

const IN_WORDS =
  'paste config/slack-manifest.json at https://api.slack.com/apps > Create New App > From a manifest (the README has a link that does it)';

export const slack = platformKind({
  id: 'slack',
  name: 'Slack',
  domain: 'slack.com',
  token: 'SLACK_BOT_TOKEN',
  invitations: () => [{ to: 'workspace', url: createAppUrl(), inWords: IN_WORDS }],
  variables: {
    SLACK_BOT_TOKEN: z.string().optional(),
    SLACK_APP_TOKEN: z.string().optional(),
    SLACK_SIGNING_SECRET: z.string().optional(),
    SLACK_PORT: portNumber.optional(),
    SLACK_CHANNEL_ID: z
      .string()
      .regex(/^[CG][A-Z0-9]{2,}$/, {
        error: 'expected a Slack channel ID such as C0123456789 (bottom of the channel details)',
      })
      .optional(),
    SLACK_API_URL: baseUrl(true).optional(),
    SLACK_MANAGERS: z.enum(MANAGERS, { error: `expected ${MANAGERS.join(' or ')}` }).optional(),
  },
  read: ({
    SLACK_BOT_TOKEN: botToken,
    SLACK_APP_TOKEN: appToken,
    SLACK_SIGNING_SECRET: signingSecret,
    SLACK_PORT: port,
    SLACK_CHANNEL_ID: channelId,
    SLACK_API_URL: apiUrl,
    SLACK_MANAGERS: managers,
  }) => {
    if ([botToken, channelId, appToken, signingSecret, port].every((it) => it === undefined)) return undefined;
    if (botToken === undefined)
      throw new SettingsError('SLACK_BOT_TOKEN is missing, but another SLACK_ variable is set; add the xoxb- token');
    if (appToken === undefined && signingSecret === undefined)
      throw new SettingsError(
        'SLACK_APP_TOKEN is missing; add it for Socket Mode, or SLACK_SIGNING_SECRET and SLACK_PORT for HTTP',
      );
    if (appToken === undefined && port === undefined)
      throw new SettingsError('SLACK_PORT is missing, but SLACK_SIGNING_SECRET is set; add the port to listen on');
    return {
      botToken,
      ...(channelId !== undefined && { channelId }),
      ...(appToken !== undefined && { appToken }),
      ...(signingSecret !== undefined && { signingSecret }),
      ...(port !== undefined && { port }),
      ...(apiUrl !== undefined && { apiUrl }),
      ...(managers !== undefined && { managers }),
    };
  },
  create: async (options, bot) => {
    const { createSlack } = await import('./slack.ts');
    return createSlack({ ...options, ...bot });
  },
  createToLook: async (options, log) => {
    const { createSlack } = await import('./slack.ts');
    return createSlack({ ...options, log, onlyLook: true });
  },
});
