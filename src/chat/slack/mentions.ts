import type { App } from '@slack/bolt';
import type { AskLine } from './ask-line.ts';
import { mention } from './requests.ts';
import { createSeen } from './seen.ts';

const entities: Readonly<Record<string, string>> = { '&amp;': '&', '&lt;': '<', '&gt;': '>' };

/** From the first mention on; the whole text where nothing follows it: "quote nvda @Slidewatch". */
const addressed = (text: string): string => {
  const [, after = ''] = /<@[^>]*>(.*)$/s.exec(text) ?? [];
  return after.trim() === '' ? text : after;
};

/**
 * What was asked, without the mentions: `<@U0123> quote nvda` -> `quote nvda`. What Slack made of names and addresses
 * (`<http://brk.b|brk.b>`) is what was typed again.
 */
export const lineOfMention = (text: string): string =>
  addressed(text)
    .replace(/<@[^>]*>/g, '')
    .replace(/<[^>|]*\|([^>]*)>/g, '$1')
    .replace(/<([^>]*)>/g, '$1')
    .replace(/&(?:amp|lt|gt);/g, (entity) => entities[entity] ?? entity)
    .trim();

/** Takes questions that begin with the bot's name. Bolt acknowledges events by itself, before they get here. */
export const takeMentions = (app: App, ask: AskLine): void => {
  const isNew = createSeen();
  app.event('app_mention', async ({ body }) => {
    const { eventId, workspace, asker, text, channelId, thread, byBot } = mention.parse(body);
    // A bot that answers a bot goes on forever.
    if (byBot || !isNew(eventId)) return;
    await ask(lineOfMention(text), { channelId, asker, workspace, thread });
  });
};
