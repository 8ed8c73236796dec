import { z } from 'zod';
import { createLru } from '../../util/lru.ts';

/** Schemas of Slack's requests and events: only the fields that we read, under our names. */

/**
 * The workspace where our app is installed and the user that it is there. With Slack Connect the `team_id` beside it is
 * that of the partner. Null for an installation in a whole organisation.
 */
const authorizations = z.array(z.object({ team_id: z.string().nullish(), user_id: z.string().nullish() })).nullish();

/** Of the body of an event that is about the whole app. */
export const appEvent = z
  .object({ team_id: z.string().nullish(), authorizations })
  .transform((body) => ({ workspace: body.authorizations?.[0]?.team_id ?? body.team_id ?? undefined }));

export const slashCommand = z
  .object({
    command: z.string(),
    text: z.string().nullish(),
    channel_id: z.string(),
    user_id: z.string(),
    team_id: z.string().nullish(),
    response_url: z.string().nullish(),
  })
  .transform(({ command, text, channel_id, user_id, team_id, response_url }) => ({
    command,
    text: text ?? '',
    channelId: channel_id,
    asker: user_id,
    workspace: team_id ?? undefined,
    responseUrl: response_url ?? undefined,
  }));

/** A button was pressed. A message's timestamp is its id. */
export const pressedButton = z
  .object({
    user: z.object({ id: z.string() }),
    team: z.object({ id: z.string() }).nullish(),
    response_url: z.string().nullish(),
    container: z.object({
      message_ts: z.string(),
      channel_id: z.string(),
      is_ephemeral: z.boolean().nullish(),
      thread_ts: z.string().nullish(),
    }),
    actions: z.tuple([z.object({ block_id: z.string().nullish(), value: z.string().nullish() })], z.unknown()),
  })
  .transform(({ user, team, response_url, container, actions: [{ block_id, value }] }) => ({
    asker: user.id,
    workspace: team?.id,
    responseUrl: response_url ?? undefined,
    channelId: container.channel_id,
    messageId: container.message_ts,
    /** Whether only one person sees the message. */
    ephemeral: container.is_ephemeral === true,
    thread: container.thread_ts ?? undefined,
    blockId: block_id ?? '',
    value: value ?? '',
  }));

/** The bot was mentioned. */
export const mention = z
  .object({
    event_id: z.string(),
    team_id: z.string().nullish(),
    authorizations,
    event: z.object({
      user: z.string(),
      text: z.string(),
      channel: z.string(),
      thread_ts: z.string().nullish(),
      /** Present if another bot wrote the message. */
      bot_id: z.string().nullish(),
    }),
  })
  .transform(({ event_id, team_id, authorizations: ours, event: { user, text, channel, thread_ts, bot_id } }) => ({
    eventId: event_id,
    workspace: ours?.[0]?.team_id ?? team_id ?? undefined,
    asker: user,
    text,
    channelId: channel,
    thread: thread_ts ?? undefined,
    byBot: typeof bot_id === 'string',
  }));

/** An event of a channel. `bot` is our own user id, which Slack sends with every event. */
export const channelEvent = z
  .object({
    event_id: z.string(),
    team_id: z.string().nullish(),
    authorizations,
    event: z.object({ channel: z.string(), user: z.string().nullish(), inviter: z.string().nullish() }),
  })
  .transform(({ event_id, team_id, authorizations: ours, event: { channel, user, inviter } }) => ({
    eventId: event_id,
    /** Where our app is installed, if the event says so; and the workspace that it names beside that. */
    installedIn: ours?.[0]?.team_id ?? undefined,
    named: team_id ?? undefined,
    channelId: channel,
    who: user ?? undefined,
    inviter: inviter ?? undefined,
    bot: ours?.[0]?.user_id ?? undefined,
  }));

/** A channel has another id from now on. */
export const channelMove = z
  .object({
    event_id: z.string(),
    event: z.object({ old_channel_id: z.string(), new_channel_id: z.string() }),
  })
  .transform(({ event_id, event: { old_channel_id, new_channel_id } }) => ({
    eventId: event_id,
    from: old_channel_id,
    to: new_channel_id,
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
