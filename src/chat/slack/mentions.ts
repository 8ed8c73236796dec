import type { App } from '@slack/bolt';
import type { AnswerLine } from './answerer.ts';
import { createEventFilter, mention } from './requests.ts';

const ENTITIES: Readonly<Record<string, string>> = { '&amp;': '&', '&lt;': '<', '&gt;': '>' };

/** The text after the first mention; the whole text if nothing follows it: "quote nvda @Slidewatch". */
const afterMention = (text: string): string => {
  const start = /<@[^<>]*>/.exec(text);
  const after = start === null ? '' : text.slice(start.index + start[0].length);
  return after.trim() === '' ? text : after;
};

/** What Slack has put between angle brackets: nothing for a mention, the label of a link, or what is there. */
const unbracketed = (inside: string): string =>
  inside.startsWith('@') ? '' : inside.includes('|') ? inside.slice(inside.indexOf('|') + 1) : inside;

/**
 * The typed line without mentions: `<@U0123> quote nvda` -> `quote nvda`. Undoes Slack's links (`<http://brk.b|brk.b>`)
 * and entities. Takes time that grows with the length.
 */
export const lineOfMention = (text: string): string =>
  afterMention(text)
    .replace(/<([^<>]*)>/g, (_, inside: string) => unbracketed(inside))
    .replace(/&(?:amp|lt|gt);/g, (entity) => ENTITIES[entity] ?? entity)
    .trim();

/** Handles messages that mention the bot. Bolt has acknowledged the event before. */
export const handleMentions = (app: App, answerLine: AnswerLine): void => {
  const isNew = createEventFilter();
  app.event('app_mention', async ({ body }) => {
    const { eventId, workspace, asker, text, channelId, thread, byBot } = mention.parse(body);
    // Two bots could answer each other forever.
    if (byBot || !isNew(eventId)) return;
    await answerLine(text, { channelId, asker, workspace, thread }, lineOfMention);
  });
};
