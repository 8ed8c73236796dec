import type { webApi } from '@slack/bolt';
import type { Outcome, Posting } from '../platform.ts';
import { historyPage } from './answers.ts';
import { faultText, type SlackFault, slackFault } from './fault.ts';
import { outcomeOf } from './outcome.ts';
import { scopeRemedy } from './refusals.ts';

/** The most that Slack lets some apps read at once. */
const PAGE_SIZE = 15;
const MAX_PAGES = 40;

/** Opens the reason of every outcome that could not be determined. */
const HISTORY_UNREADABLE = 'The channel history cannot be read';

const unsure = (why: string, remedy: string): Outcome => ({
  kind: 'unsure',
  reason: `${HISTORY_UNREADABLE}, so Slidewatch can't tell whether the card is there: ${why}.`,
  remedy,
});

const LOOK_REMEDY = 'Look in the channel whether the card is there.';

/** The outcome if the history cannot be read. Reading posts nothing, so a lost answer is retried. */
const outcomeOfUnread = (fault: SlackFault): Outcome => {
  if (fault.kind === 'refused' && fault.code === 'missing_scope')
    return unsure(fault.code, scopeRemedy(fault.scope ?? 'channels:history'));
  const outcome = outcomeOf(fault);
  if (outcome.kind === 'unknown') return { kind: 'later', reason: `${HISTORY_UNREADABLE} (${faultText(fault)})` };
  return outcome.kind === 'rejected' || outcome.kind === 'unlisted' ? unsure(faultText(fault), LOOK_REMEDY) : outcome;
};

/**
 * Looks for the message of an earlier try by its metadata key, newest first, back to `since`, epoch milliseconds of Slack's clock,
 * which its answers tell. Undefined if
 * it is certainly not there; otherwise the outcome of the posting: `sent` if found, `later` if Slack throttles or fails,
 * `unsure` if the history may not be read.
 */
export const findPosted = async (
  client: webApi.WebClient,
  posting: Pick<Posting, 'channelId' | 'key'>,
  since: () => number,
): Promise<Outcome | undefined> => {
  let cursor: string | undefined;
  try {
    for (let page = 0; page < MAX_PAGES; page += 1) {
      const answer = await client.conversations.history({
        channel: posting.channelId,
        limit: PAGE_SIZE,
        include_all_metadata: true,
        ...(cursor === undefined ? {} : { cursor }),
      });
      const read = historyPage.safeParse(answer);
      if (!read.success) return unsure('unreadable response', LOOK_REMEDY);
      const { messages, next } = read.data;
      const found = messages.find(({ key }) => key === posting.key);
      if (found !== undefined) return { kind: 'sent', messageId: found.messageId, duplicate: true };
      const oldest = messages.at(-1);
      if (next === undefined || (oldest !== undefined && oldest.sentAt < since())) return undefined;
      cursor = next;
    }
  } catch (error) {
    return outcomeOfUnread(slackFault(error));
  }
  return unsure('too many messages since the card was due', LOOK_REMEDY);
};
