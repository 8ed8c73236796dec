import type { webApi } from '@slack/bolt';
import type { Logger } from '../../telemetry/log.ts';
import { faultText, slackFault } from './fault.ts';
import { limits } from './limits.ts';
import { escapeText } from './mrkdwn.ts';
import { joined, type RichElement, richBlock, words } from './rich-text.ts';

const CHANNEL = /(<#[CDG][A-Z0-9]+>)/;

/** The sentence with the names of channels that it mentions; nothing else in it is parsed. */
const elementsOf = (text: string): RichElement[] =>
  joined(
    text
      .split(CHANNEL)
      .map((part, n) => (n % 2 === 0 ? words(part) : [{ type: 'channel', channel_id: part.slice(2, -1) }])),
    '',
  );

const fallbackOf = (text: string): string =>
  text
    .split(CHANNEL)
    .map((part, n) => (n % 2 === 0 ? escapeText(part, limits.fallback) : part))
    .join('');

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
    await client.chat.postMessage({
      channel: person,
      text: fallbackOf(text),
      blocks: [richBlock(elementsOf(text))],
      unfurl_links: false,
      unfurl_media: false,
    });
    return true;
  } catch (error) {
    log.debug({ fault: faultText(slackFault(error)) }, 'slack direct message not delivered');
    return false;
  }
};
