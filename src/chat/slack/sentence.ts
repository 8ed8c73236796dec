import { limits } from './limits.ts';
import { escapeText, plainText } from './mrkdwn.ts';
import type { ReplyContent } from './reply.ts';

/** One sentence as a message, which is shown as it was written. */
export const sentenceContent = (text: string): ReplyContent => ({
  text: escapeText(text, limits.fallback),
  blocks: [{ type: 'section', text: plainText(text, limits.section) }],
});
