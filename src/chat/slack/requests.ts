import { z } from 'zod';
import { createLru } from '../../util/lru.ts';

/** Schemas of Slack's requests and events: only the fields that we read, under our names. */

export const slashCommand = z
  .object({
    command: z.string(),
    text: z.string().default(''),
    channel_id: z.string(),
    user_id: z.string(),
    team_id: z.string().optional(),
    response_url: z.string().optional(),
  })
  .transform(({ command, text, channel_id, user_id, team_id, response_url }) => ({
    command,
    text,
    channelId: channel_id,
    asker: user_id,
    workspace: team_id,
    responseUrl: response_url,
  }));

/** A button was pressed. A message's timestamp is its id. */
export const pressedButton = z
  .object({
    user: z.object({ id: z.string() }),
    team: z.object({ id: z.string() }).nullish(),
    response_url: z.string().optional(),
    container: z.object({
      message_ts: z.string(),
      channel_id: z.string(),
      is_ephemeral: z.boolean().default(false),
      thread_ts: z.string().optional(),
    }),
    actions: z.tuple([z.object({ block_id: z.string().default(''), value: z.string().default('') })], z.unknown()),
  })
  .transform(({ user, team, response_url, container, actions: [{ block_id, value }] }) => ({
    asker: user.id,
    workspace: team?.id,
    responseUrl: response_url,
    channelId: container.channel_id,
    messageId: container.message_ts,
    /** Whether only one person sees the message. */
    ephemeral: container.is_ephemeral,
    thread: container.thread_ts,
    blockId: block_id,
    value,
  }));

/** The bot was mentioned. */
export const mention = z
  .object({
    event_id: z.string(),
    team_id: z.string().optional(),
    event: z.object({
      user: z.string(),
      text: z.string(),
      channel: z.string(),
      thread_ts: z.string().optional(),
      /** Present if another bot wrote the message. */
      bot_id: z.string().optional(),
    }),
  })
  .transform(({ event_id, team_id, event: { user, text, channel, thread_ts, bot_id } }) => ({
    eventId: event_id,
    workspace: team_id,
    asker: user,
    text,
    channelId: channel,
    thread: thread_ts,
    byBot: bot_id !== undefined,
  }));

/** An event of a channel. `bot` is our own user id, which Slack sends with every event. */
export const channelEvent = z
  .object({
    event_id: z.string(),
    team_id: z.string(),
    authorizations: z.array(z.object({ user_id: z.string() })).optional(),
    event: z.object({ channel: z.string(), user: z.string().optional(), inviter: z.string().optional() }),
  })
  .transform(({ event_id, team_id, authorizations, event: { channel, user, inviter } }) => ({
    eventId: event_id,
    workspace: team_id,
    channelId: channel,
    who: user,
    inviter,
    bot: authorizations?.[0]?.user_id,
  }));

const MAX_REMEMBERED_EVENTS = 1_000;

/** Returns a test of whether an event's id is new. Slack repeats an event whose acknowledgement was lost. */
export const createEventFilter = (): ((id: string) => boolean) => {
  const seen = createLru<string, true>(MAX_REMEMBERED_EVENTS);
  return (id) => {
    if (seen.get(id)) return false;
    seen.set(id, true);
    return true;
  };
};
