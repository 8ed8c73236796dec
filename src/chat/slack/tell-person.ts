import type { webApi } from '@slack/bolt';
import type { Logger } from '../../telemetry/log.ts';
import { faultText, slackFault } from './fault.ts';

/**
 * Writes a direct message: Slack opens the conversation where a person's id stands for a channel's. False where it
 * was not taken. Never rejects.
 */
export const tellPerson = async (
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
