import type { types } from '@slack/bolt';
import { clipLine } from '../plain-text.ts';

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };

const ELLIPSIS = '…';

/** For a text that Slack parses: escapes & < >, so that nothing is a mention or a link. Keeps line breaks. Never cuts an entity. */
export const escapeText = (text: string, max: number): string => {
  const given = text.toWellFormed();
  const whole = given.replaceAll(/[&<>]/g, (character) => ENTITIES[character] ?? character);
  if (whole.length <= max) return whole;
  const all = Array.from(given, (character) => ENTITIES[character] ?? character);
  let used = ELLIPSIS.length;
  const fits = all.findIndex((piece) => {
    used += piece.length;
    return used > max;
  });
  return all.slice(0, fits).join('').trimEnd() + ELLIPSIS;
};

/** Slack has no escape for the marks of bold, italic, strike and code: only text without them can stand in mrkdwn as it is. */
export const hasMarks = (text: string): boolean => /[*_~`]/.test(text);

/** Plain text on one line for a `plain_text` object, which Slack does not parse. */
export const plain = (text: string, max: number): string => clipLine(text.toWellFormed(), max);

/** A `plain_text` object. Slack refuses an empty text, which becomes an ellipsis. */
export const plainText = (text: string, max: number): types.PlainTextElement => ({
  type: 'plain_text',
  text: plain(text, max) || '…',
  emoji: false,
});
