import type { webApi } from '@slack/bolt';
import { type Edit, type EditOutcome, editOutcomeOf } from '../platform.ts';
import { CARD_EVENT } from './answers.ts';
import { slackFault } from './fault.ts';
import { cardWithout } from './optional-parts.ts';
import { outcomeOf } from './outcome.ts';
import { renderCard } from './render.ts';

/**
 * Writes cards anew that were posted, each with all it has, and with the file that it shows: Slack refuses blocks that were
 * read back, and a new file in place of another one vanishes. Never rejects.
 */
export const createEditor =
  (client: webApi.WebClient): ((edit: Edit) => Promise<EditOutcome>) =>
  async ({ channelId, messageId, card, key, ping, leaveOut = new Set(), png, fileId }) => {
    if (card.picture !== undefined && png !== undefined && fileId === undefined && !leaveOut.has('picture'))
      return { kind: 'refused', reason: 'The file of its picture is not known: the edit would remove it.' };
    try {
      const rendered = renderCard(cardWithout(card, leaveOut), undefined, leaveOut.has('ping') ? undefined : ping);
      await client.chat.update({
        channel: channelId,
        ts: messageId,
        text: rendered.text,
        blocks: rendered.blocks(leaveOut.has('picture') ? undefined : fileId),
        metadata: { event_type: CARD_EVENT, event_payload: { key } },
      });
      return { kind: 'edited' };
    } catch (error) {
      return editOutcomeOf(outcomeOf(slackFault(error)));
    }
  };
