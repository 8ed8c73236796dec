import type { types } from '@slack/bolt';
import { plain } from '../mrkdwn.ts';

/** What Slack takes in views, beside the limits of messages. Source: docs.slack.dev/reference/views and /block-kit. */
export const viewLimits = {
  blocks: 100,
  title: 24,
  label: 2_000,
  option: 75,
  field: 2_000,
  initialValue: 3_000,
} as const;

/** A plain text of a view; Slack refuses an empty one. */
export const plainText = (text: string, max: number): types.PlainTextElement => ({
  type: 'plain_text',
  text: plain(text, max) || '…',
  emoji: false,
});
