import type { webApi } from '@slack/bolt';
import { HOUR_MS, MINUTE_MS } from '../../util/durations.ts';
import type { Outcome, Posting } from '../platform.ts';
import { historyPage } from './answers.ts';
import { faultText, type SlackFault, slackFault } from './fault.ts';
import { outcomeOf } from './outcome.ts';
import { scopeRemedy } from './refusals.ts';

/** Slack lets some apps read no more at once. */
const PAGE = 15;
/** Looked back so far where nobody says when the first try was. */
const LOOK_BACK_MS = HOUR_MS;
/** Clocks differ. */
const MARGIN_MS = MINUTE_MS;
const MAX_PAGES = 40;

/** Starts the reason of every outcome that could not be cleared up. */
export const HISTORY_UNREADABLE = 'The channel history cannot be read';

const unsure = (why: string, remedy: string): Outcome => ({
  kind: 'unsure',
  reason: `${HISTORY_UNREADABLE}, so Slidewatch can't tell whether the card is there: ${why}.`,
  remedy,
});

const LOOK = 'Look in the channel whether the card is there.';

/** Asking puts no message there: what can be asked again is asked again, and what needs a person is not. */
const unread = (fault: SlackFault): Outcome => {
  if (fault.kind === 'refused' && fault.code === 'missing_scope')
    return unsure(fault.code, scopeRemedy(fault.scope ?? 'channels:history'));
  const outcome = outcomeOf(fault);
  if (outcome.kind === 'unknown') return { kind: 'later', reason: `${HISTORY_UNREADABLE} (${faultText(fault)})` };
  return outcome.kind === 'rejected' ? unsure(faultText(fault), LOOK) : outcome;
};

/**
 * Looks for the message of an earlier try, newest first, by its metadata key, back to when the card was first owed.
 * Undefined where it is certainly not there; otherwise the outcome of the whole posting: `sent` where it was found,
 * `later` where Slack asks to slow down or fails, `unsure` where the history may not be read.
 */
export const findPosted = async (
  client: webApi.WebClient,
  posting: Pick<Posting, 'channelId' | 'key' | 'since'>,
  now: number,
): Promise<Outcome | undefined> => {
  const back = (posting.since ?? now - LOOK_BACK_MS) - MARGIN_MS;
  let cursor: string | undefined;
  try {
    for (let page = 0; page < MAX_PAGES; page += 1) {
      const answer = await client.conversations.history({
        channel: posting.channelId,
        limit: PAGE,
        include_all_metadata: true,
        ...(cursor === undefined ? {} : { cursor }),
      });
      const read = historyPage.safeParse(answer);
      if (!read.success) return unsure('unreadable response', LOOK);
      const { messages, next } = read.data;
      const found = messages.find(({ key }) => key === posting.key);
      if (found !== undefined) return { kind: 'sent', messageId: found.messageId, duplicate: true };
      const oldest = messages.at(-1);
      if (next === undefined || (oldest !== undefined && oldest.sentAt < back)) return undefined;
      cursor = next;
    }
  } catch (error) {
    return unread(slackFault(error));
  }
  return unsure('too many messages since it was owed', LOOK);
};
