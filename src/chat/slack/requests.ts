import { z } from 'zod';

/** What Slack sends us of its own accord: only the fields that are read, under our names. */

export const slashCommand = z
  .object({ command: z.string(), text: z.string().default(''), channel_id: z.string(), user_id: z.string() })
  .transform(({ command, text, channel_id, user_id }) => ({
    command,
    text,
    channelId: channel_id,
    asker: user_id,
  }));

/** A message's timestamp is its id. */
export const pressedButton = z
  .object({
    user: z.object({ id: z.string() }),
    container: z.object({
      message_ts: z.string(),
      channel_id: z.string(),
      is_ephemeral: z.boolean().default(false),
      thread_ts: z.string().optional(),
    }),
    actions: z.tuple([z.object({ block_id: z.string().default(''), value: z.string().default('') })], z.unknown()),
  })
  .transform(({ user, container, actions: [{ block_id, value }] }) => ({
    asker: user.id,
    channelId: container.channel_id,
    messageId: container.message_ts,
    /** Only one person sees the message. */
    ephemeral: container.is_ephemeral,
    thread: container.thread_ts,
    blockId: block_id,
    value,
  }));

/** `event` is absent from the parsed shape: its fields stand beside the event's id. */
export const mention = z
  .object({
    event_id: z.string(),
    event: z.object({
      user: z.string(),
      text: z.string(),
      channel: z.string(),
      thread_ts: z.string().optional(),
      /** Another bot wrote it. */
      bot_id: z.string().optional(),
    }),
  })
  .transform(({ event_id, event: { user, text, channel, thread_ts, bot_id } }) => ({
    eventId: event_id,
    asker: user,
    text,
    channelId: channel,
    thread: thread_ts,
    byBot: bot_id !== undefined,
  }));
