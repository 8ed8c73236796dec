import type { webApi } from '@slack/bolt';
import type { Logger } from '../../telemetry/log.ts';
import { faultText, slackFault } from './fault.ts';

/**
 * Sends a direct message; Slack accepts a person's id in place of a channel's. False if the message was not accepted.
 * Never rejects.
 */
export const sendDirectMessage = async (
  client: webApi.WebClient,
  person: string,
  text: string,
  log: Logger,
): Promise<boolean> => {
  if (!/^[UW][A-Z0-9]+$/.test(person)) return false;
  try {
    await client.chat.postMessage({ channel: person, text, unfurl_links: false, unfurl_media: false });
    return true;
  } catch (error) {
    log.debug({ fault: faultText(slackFault(error)) }, 'slack direct message not delivered');
    return false;
  }
};
