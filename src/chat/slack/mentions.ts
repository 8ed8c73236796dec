import type { App } from '@slack/bolt';
import type { AnswerLine } from './answerer.ts';
import { createEventFilter, mention } from './requests.ts';

const ENTITIES: Readonly<Record<string, string>> = { '&amp;': '&', '&lt;': '<', '&gt;': '>' };

/** The text after the first mention; the whole text if nothing follows it: "quote nvda @Slidewatch". */
const afterMention = (text: string): string => {
  const [, after = ''] = /<@[^>]*>(.*)$/s.exec(text) ?? [];
  return after.trim() === '' ? text : after;
};

/**
 * The typed line without mentions: `<@U0123> quote nvda` -> `quote nvda`. Undoes Slack's links (`<http://brk.b|brk.b>`)
 * and entities.
 */
export const lineOfMention = (text: string): string =>
  afterMention(text)
    .replace(/<@[^>]*>/g, '')
    .replace(/<[^>|]*\|([^>]*)>/g, '$1')
    .replace(/<([^>]*)>/g, '$1')
    .replace(/&(?:amp|lt|gt);/g, (entity) => ENTITIES[entity] ?? entity)
    .trim();

/** Handles messages that mention the bot. Bolt has acknowledged the event before. */
export const handleMentions = (app: App, answerLine: AnswerLine): void => {
  const isNew = createEventFilter();
  app.event('app_mention', async ({ body }) => {
    const { eventId, workspace, asker, text, channelId, thread, byBot } = mention.parse(body);
    // Two bots could answer each other forever.
    if (byBot || !isNew(eventId)) return;
    await answerLine(lineOfMention(text), { channelId, asker, workspace, thread });
  });
};
