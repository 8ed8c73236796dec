import { z } from 'zod';

/** Schemas of Slack's answers: only the fields that we read, under our names. */

export const posted = z.object({ ts: z.string().min(1) }).transform(({ ts }) => ({ messageId: ts }));

export const uploadPlace = z
  .object({ upload_url: z.url({ protocol: /^https?$/ }), file_id: z.string().min(1) })
  .transform(({ upload_url, file_id }) => ({ url: upload_url, fileId: file_id }));

/** A file has no media type until Slack has processed it. */
export const fileState = z
  .object({ file: z.object({ mimetype: z.string().nullish() }) })
  .transform(({ file }) => ({ processed: Boolean(file.mimetype) }));

/** Metadata type of our messages. It need not be declared: docs.slack.dev/messaging/message-metadata. */
export const CARD_EVENT = 'slidewatch_card';

const ourKey = z
  .object({ event_type: z.literal(CARD_EVENT), event_payload: z.object({ key: z.string() }) })
  .transform(({ event_payload }) => event_payload.key)
  .nullish()
  .transform((key) => key ?? undefined)
  .catch(undefined);

export const historyPage = z
  .object({
    messages: z.array(z.object({ ts: z.string(), metadata: ourKey })),
    has_more: z.boolean().nullish(),
    response_metadata: z.object({ next_cursor: z.string().nullish() }).nullish(),
  })
  .transform(({ messages, has_more, response_metadata }) => ({
    /** Newest first. `key` is undefined unless the message is a card of ours. */
    messages: messages.map(({ ts, metadata }) => ({ messageId: ts, sentAt: Number(ts) * 1_000, key: metadata })),
    next: has_more === false ? undefined : response_metadata?.next_cursor || undefined,
  }));

export const channelInfo = z
  .object({
    channel: z.object({
      is_archived: z.boolean().nullish(),
      is_member: z.boolean().nullish(),
      is_private: z.boolean().nullish(),
    }),
  })
  .transform(({ channel }) => ({
    archived: channel.is_archived === true,
    member: channel.is_member !== false,
    isPrivate: channel.is_private !== false,
  }));

export const identity = z
  .object({
    user_id: z.string(),
    bot_id: z.string().nullish(),
    team_id: z.string().nullish(),
    url: z
      .url({ protocol: /^https$/ })
      .nullish()
      .catch(undefined),
    response_metadata: z.object({ scopes: z.array(z.string()).nullish() }).nullish(),
  })
  .transform(({ user_id, bot_id, team_id, url, response_metadata }) => ({
    botUserId: user_id,
    botId: bot_id ?? undefined,
    workspace: team_id ?? undefined,
    /** The workspace's own page, ending in a slash. */
    url: url ?? undefined,
    /** Undefined if Slack did not name them. */
    scopes: response_metadata?.scopes ?? undefined,
  }));

export type Identity = z.infer<typeof identity>;

/** The bot tokens that were revoked. User tokens are ignored. */
export const revokedTokens = z
  .object({ tokens: z.object({ bot: z.array(z.string()).nullish() }) })
  .transform(({ tokens }) => ({ bots: tokens.bot ?? [] }));

/** A person of users.info. Owners count as administrators. */
export const person = z
  .object({
    user: z.object({
      is_admin: z.boolean().nullish(),
      is_owner: z.boolean().nullish(),
      locale: z.string().nullish(),
      tz: z.string().nullish(),
      name: z.string().nullish(),
      real_name: z.string().nullish(),
      profile: z.object({ display_name: z.string().nullish() }).nullish(),
    }),
  })
  .transform(({ user: { is_admin, is_owner, locale, tz, name, real_name, profile } }) => ({
    manager: is_admin === true || is_owner === true,
    locale: locale || undefined,
    /** IANA name. */
    timeZone: tz || undefined,
    /** As Slack shows the person. */
    name: profile?.display_name || real_name || name || undefined,
  }));

export type Person = z.infer<typeof person>;

export const userGroups = z
  .object({
    usergroups: z.array(
      z.object({ id: z.string(), handle: z.string().nullish().catch(undefined), date_delete: z.number().nullish() }),
    ),
  })
  .transform(({ usergroups }) =>
    usergroups.map(({ id, handle, date_delete }) => ({
      id,
      handle: handle || undefined,
      disabled: (date_delete ?? 0) > 0,
    })),
  );

export const membersPage = z
  .object({
    members: z.array(z.string()),
    response_metadata: z.object({ next_cursor: z.string().nullish() }).nullish(),
  })
  .transform(({ members, response_metadata }) => ({ members, next: response_metadata?.next_cursor || undefined }));
