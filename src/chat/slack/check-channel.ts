import type { webApi } from '@slack/bolt';
import type { Logger } from '../../telemetry/log.ts';
import { PlatformError } from '../platform.ts';
import { channelInfo } from './answers.ts';
import { faultText, type SlackFault, slackFault } from './fault.ts';
import { placeRefusalOf } from './refusals.ts';

const noChannel = (code: string): PlatformError =>
  new PlatformError(
    `The channel in SLACK_CHANNEL_ID cannot be posted to (${code}). Copy the ID again (bottom of the channel details); if the channel is private, invite the bot first (/invite @Slidewatch); then restart.`,
  );

/** Why conversations.info shows no usable channel; undefined if the bot is a member. */
const faultOfInfo = async (client: webApi.WebClient, channel: string): Promise<SlackFault | undefined> => {
  try {
    const { archived, member } = channelInfo.parse(await client.conversations.info({ channel }));
    const code = archived ? 'is_archived' : 'not_in_channel';
    return archived || !member ? { kind: 'refused', code, details: [] } : undefined;
  } catch (error) {
    return slackFault(error);
  }
};

/** The same by conversations.history, for which the app always has the scope. */
const faultOfHistory = (client: webApi.WebClient, channel: string): Promise<SlackFault | undefined> =>
  client.conversations.history({ channel, limit: 1 }).then(() => undefined, slackFault);

/** Whether the bot is a member of a channel that is not archived; undefined if that cannot be told. Never rejects. */
export const looksOpen = async (client: webApi.WebClient, channel: string): Promise<boolean | undefined> => {
  const fault = await faultOfInfo(client, channel);
  if (fault === undefined) return true;
  // History would answer in an archived channel, too.
  return fault.kind === 'refused' && fault.code !== 'missing_scope' && placeRefusalOf(fault.code) ? false : undefined;
};

/** Why the channel cannot be posted to, or cannot be looked at; undefined if the bot is a member. Never rejects. */
export const placeFault = async (client: webApi.WebClient, channel: string): Promise<SlackFault | undefined> => {
  const fault = await faultOfInfo(client, channel);
  const withoutScope = fault?.kind === 'refused' && fault.code === 'missing_scope';
  return withoutScope ? faultOfHistory(client, channel) : fault;
};

/**
 * Looks up the channel. A channel that the bot has not been invited to is only logged: posting continues as soon as the
 * bot is invited.
 * @throws PlatformError if the channel does not exist or is archived.
 */
export const checkChannel = async (client: webApi.WebClient, channel: string, log: Logger): Promise<void> => {
  const fault = await placeFault(client, channel);
  if (fault === undefined) return;
  const place = fault.kind === 'refused' ? placeRefusalOf(fault.code) : undefined;
  if (fault.kind === 'refused' && place?.ends !== undefined) throw noChannel(fault.code);
  const remedy = place?.key === 'slack-scope' ? undefined : place?.remedy;
  if (remedy !== undefined) log.error({ channel, reason: faultText(fault), remedy }, 'cards cannot be posted yet');
  else log.warn({ fault: faultText(fault) }, 'slack channel could not be checked');
};
