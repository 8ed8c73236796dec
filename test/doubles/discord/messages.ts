import {
  type Answer,
  ARCHIVED,
  invalidForm,
  LOCKED,
  MISSING_ACCESS,
  MISSING_PERMISSIONS,
  NOT_A_TEXT_CHANNEL,
  tooMany,
  UNKNOWN_CHANNEL,
  UNKNOWN_MESSAGE,
} from './answer.ts';
import { isRecord } from './components.ts';
import { CANNOT_MESSAGE } from './direct-messages.ts';
import { channelBody } from './guild-bodies.ts';
import type { Call, Route } from './route.ts';
import { ruleFaults } from './rules.ts';
import { schemaFaults } from './schema.ts';
import { type StoredMessage, TYPES, type World } from './world.ts';

/** Flag of a message that was passed on. */
const CROSSPOSTED = 1;

/** Discord keeps a nonce "a few minutes". */
const NONCE_KEPT_MS = 5 * 60 * 1000;

const IS_COMPONENTS_V2 = 1 << 15;

const VOICE: ReadonlySet<number> = new Set([TYPES.voice, TYPES.stage]);
const WITHOUT_MESSAGES: ReadonlySet<number> = new Set([TYPES.category, TYPES.directory, TYPES.forum, TYPES.media]);

export const postMessage: Route = {
  method: 'POST',
  path: /^\/channels\/(\d+)\/messages$/,
  answer: ({ world, params: [channelId = ''], payload, files, dispatch }) => {
    const allowed = world.allowedIn(channelId);
    if (allowed === undefined) return world.channels.has(channelId) ? MISSING_ACCESS : UNKNOWN_CHANNEL;
    if (!allowed.viewChannel) return MISSING_ACCESS;
    const { type, thread } = world.channels.get(channelId) ?? { type: TYPES.text };
    if (WITHOUT_MESSAGES.has(type)) return NOT_A_TEXT_CHANNEL;
    if (VOICE.has(type) && !allowed.connect) return MISSING_ACCESS;
    if (thread?.locked) return thread.archived ? ARCHIVED : LOCKED;
    const maySend = thread ? allowed.sendInThreads : allowed.sendMessages;
    if (!maySend || (files.length > 0 && !allowed.attachFiles)) return MISSING_PERMISSIONS;
    if (world.closed.has(world.direct.get(channelId) ?? '')) return CANNOT_MESSAGE;
    const faults = [...schemaFaults(payload), ...ruleFaults(payload, files)];
    if (faults.length > 0 || !isRecord(payload)) {
      world.invalid.push({ channelId, payload, faults });
      return invalidForm(faults);
    }
    const message = sameNonce(world, channelId, payload) ?? store(world, channelId, payload, files);
    if (thread?.archived) unarchive(world, channelId, dispatch);
    return answerWith(world, message);
  },
};

/** Discord has a limit of its own for old messages, and publishes no number. */
const OLD_MS = 60 * 60 * 1000;
const OLD_EDITS = { most: 3, inMs: 20_000 };

const tooManyOldEdits = (world: World, channelId: string, { at }: StoredMessage): Answer | undefined => {
  const now = world.now();
  if (now - at < OLD_MS) return undefined;
  const before = (world.oldEdits.get(channelId) ?? []).filter((each) => each > now - OLD_EDITS.inMs);
  if (before.length >= OLD_EDITS.most) {
    const waitMs = (before[0] ?? now) + OLD_EDITS.inMs - now;
    const refused = tooMany(waitMs / 1000, 'user');
    return { ...refused, body: { ...Object(refused.body), code: 30_046 } };
  }
  world.oldEdits.set(channelId, [...before, now]);
  return undefined;
};

export const editMessage: Route = {
  method: 'PATCH',
  path: /^\/channels\/(\d+)\/messages\/(\d+)$/,
  answer: ({ world, params: [channelId = '', id], payload, files }) => {
    const allowed = world.allowedIn(channelId);
    if (allowed === undefined) return world.channels.has(channelId) ? MISSING_ACCESS : UNKNOWN_CHANNEL;
    if (!allowed.viewChannel) return MISSING_ACCESS;
    const message = world.messages.get(channelId)?.find((each) => each.id === id);
    if (message === undefined) return UNKNOWN_MESSAGE;
    const refused = tooManyOldEdits(world, channelId, message);
    if (refused) return refused;
    const isV2 = (of: unknown): boolean => isRecord(of) && (Number(of.flags ?? 0) & IS_COMPONENTS_V2) !== 0;
    const faults = [
      ...schemaFaults(payload, 'MessageEditRequestPartial'),
      ...ruleFaults(payload, files, 'edit'),
      ...(isV2(message.payload) && !isV2(payload) ? ['flags: IS_COMPONENTS_V2 cannot be taken back'] : []),
    ];
    if (faults.length > 0 || !isRecord(payload)) {
      world.invalid.push({ channelId, payload, faults });
      return invalidForm(faults);
    }
    // Files that the list does not name are gone; new ones are added to those that it keeps.
    const kept = payload.attachments === undefined ? message.files : [];
    Object.assign(message, {
      payload: { ...message.payload, ...payload },
      files: [...kept, ...files],
      editedAt: world.now(),
    });
    return answerWith(world, message);
  },
};

export const listMessages: Route = {
  method: 'GET',
  path: /^\/channels\/(\d+)\/messages$/,
  answer: ({ world, params: [channelId = ''], query }) => {
    const allowed = world.allowedIn(channelId);
    if (allowed === undefined) return world.channels.has(channelId) ? MISSING_ACCESS : UNKNOWN_CHANNEL;
    if (!allowed.viewChannel) return MISSING_ACCESS;
    const limit = Math.min(Number(query.get('limit') ?? 50), 100);
    const after = query.get('after');
    // Who may not read the history is shown an empty one.
    const all = world.unreadable.has(channelId) ? [] : (world.messages.get(channelId) ?? []);
    const asked =
      after === null ? all.slice(-limit) : all.filter(({ id }) => BigInt(id) > BigInt(after)).slice(0, limit);
    const newestFirst = asked.toReversed();
    // Discord names the nonce only to whoever has just sent the message.
    return { status: 200, body: newestFirst.map((message) => ({ ...shown(world, message), nonce: undefined })) };
  },
};

/** A message in an archived thread that is not locked opens it. */
const unarchive = (world: World, id: string, dispatch: Call['dispatch']): void => {
  const channel = world.channels.get(id);
  if (channel?.thread === undefined) return;
  world.channels.set(id, { ...channel, thread: { ...channel.thread, archived: false } });
  dispatch('THREAD_UPDATE', channelBody(world, id));
};

/** The earlier message with this nonce, whatever is now in the body: that is what enforcing a nonce means. */
const sameNonce = (world: World, channelId: string, payload: Record<string, unknown>): StoredMessage | undefined => {
  if (payload.enforce_nonce !== true) return undefined;
  const after = world.now() - NONCE_KEPT_MS;
  return world.messages.get(channelId)?.find(({ nonce, at }) => nonce === String(payload.nonce) && at > after);
};

const store = (
  world: World,
  channelId: string,
  payload: Record<string, unknown>,
  files: Call['files'],
): StoredMessage => {
  const nonce = payload.nonce === undefined ? undefined : String(payload.nonce);
  const message = { id: world.newId(), channelId, payload, files, nonce, at: world.now() };
  world.messages.set(channelId, [...(world.messages.get(channelId) ?? []), message]);
  return message;
};

const answerWith = (world: World, message: StoredMessage): Answer => ({ status: 200, body: shown(world, message) });

export const shown = (world: World, { id, channelId, payload, files, nonce, at }: StoredMessage) => ({
  id,
  channel_id: channelId,
  type: 0,
  author: { id: world.applicationId, username: 'slidewatch', discriminator: '0000', bot: true },
  content: payload.content ?? '',
  timestamp: new Date(at).toISOString(),
  edited_timestamp: null,
  tts: false,
  mention_everyone: false,
  mentions: [],
  mention_roles: [],
  pinned: false,
  embeds: payload.embeds ?? [],
  components: payload.components ?? [],
  flags: Number(payload.flags ?? 0) | (world.crossposted.has(id) ? CROSSPOSTED : 0),
  attachments: files.map((file, index) => ({
    id: `${index}`,
    filename: file.name,
    size: file.bytes.length,
    content_type: file.type,
    url: `https://cdn.discordapp.com/attachments/${channelId}/${id}/${file.name}`,
    proxy_url: `https://media.discordapp.net/attachments/${channelId}/${id}/${file.name}`,
  })),
  nonce,
});
