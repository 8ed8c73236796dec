import { clip, escapeText } from './escape.ts';
import type { Message } from './reply.ts';

/** Half of Discord's limit for a message's text: escaping at most doubles it. */
const LONGEST = 1_000;

/** One sentence as a message. */
export const sentence = (text: string): Message => ({
  body: { content: escapeText(clip(text, LONGEST)) || '…', allowed_mentions: { parse: [] } },
  files: [],
});
