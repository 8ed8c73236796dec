import type { webApi } from '@slack/bolt';
import type { Logger } from '../../telemetry/log.ts';
import { PlatformError } from '../platform.ts';
import { channelInfo } from './answers.ts';
import { faultText, type SlackFault, slackFault } from './fault.ts';
import { forbiddenCodes, goneCodes } from './refusals.ts';

const noChannel = (code: string): PlatformError =>
  new PlatformError(
    `The channel in SLACK_CHANNEL_ID cannot be posted to (${code}). Copy the ID again (bottom of the channel details); if the channel is private, invite the bot first (/invite @Slidewatch); then restart.`,
  );

/** The fault of asking for the channel; undefined where the bot is in it. */
const look = async (client: webApi.WebClient, channel: string): Promise<SlackFault | undefined> => {
  try {
    const { archived, member } = channelInfo.parse(await client.conversations.info({ channel }));
    const code = archived ? 'is_archived' : 'not_in_channel';
    return archived || !member ? { kind: 'refused', code, details: [] } : undefined;
  } catch (error) {
    return slackFault(error);
  }
};

/** The same of reading it, for which the app has the scope in any case. */
const read = (client: webApi.WebClient, channel: string): Promise<SlackFault | undefined> =>
  client.conversations.history({ channel, limit: 1 }).then(() => undefined, slackFault);

/**
 * Asks Slack for the channel.
 * @throws PlatformError where it does not exist or is archived. A channel that the bot has not been invited to is told
 * of and no more: posting waits for the invitation and goes on by itself.
 */
export const checkChannel = async (client: webApi.WebClient, channel: string, log: Logger): Promise<void> => {
  const asked = await look(client, channel);
  const withoutScope = asked?.kind === 'refused' && asked.code === 'missing_scope';
  const fault = withoutScope ? await read(client, channel) : asked;
  if (fault === undefined) return;
  if (fault.kind === 'refused' && goneCodes.has(fault.code)) throw noChannel(fault.code);
  const remedy = fault.kind === 'refused' ? forbiddenCodes.get(fault.code)?.remedy : undefined;
  if (remedy !== undefined) log.error({ channel, reason: faultText(fault), remedy }, 'cards cannot be posted yet');
  else log.warn({ fault: faultText(fault) }, 'slack channel could not be checked');
};
