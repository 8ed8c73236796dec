import { type Call, textParam } from './call.ts';
import { checkMessage, type MessageBody, mentions } from './check-message.ts';
import type { Method, World } from './methods.ts';
import { type Channel, processedType, SlackError, visibleChannel } from './workspace.ts';

const MOST_CHARACTERS = 13_000;

const readMessage = (world: World, call: Call): MessageBody => {
  const { blocks, metadata } = call.params;
  const body = { text: textParam(call, 'text'), blocks: Array.isArray(blocks) ? blocks : [], metadata };
  if (blocks !== undefined && !Array.isArray(blocks)) throw new SlackError('invalid_blocks_format');
  if (body.text === '' && body.blocks.length === 0) throw new SlackError('no_text');
  if (body.text.length > 40_000) throw new SlackError('msg_too_long');
  if (JSON.stringify(body.blocks).length > MOST_CHARACTERS) {
    world.onInvalid(call, ['msg_blocks_too_long']);
    throw new SlackError('msg_blocks_too_long');
  }
  const { files } = world.workspace;
  const faults = checkMessage(body, (id) => processedType(files.get(id))?.startsWith('image/') ?? false);
  if (faults.length > 0) {
    world.onInvalid(call, faults);
    const messages = faults.map((fault) => `[ERROR] ${fault}`);
    throw new SlackError('invalid_blocks', { response_metadata: { messages } });
  }
  return body;
};

/** A person's id in the place of a channel's is the direct conversation with the bot. */
const openDirect = ({ workspace }: World, person: string): void => {
  if (!/^[UW][A-Z0-9]{6,}$/.test(person) || workspace.channels.has(person)) return;
  const direct = { isPrivate: true, archived: false, member: true, messages: [], lastPostAt: 0 };
  workspace.channels.set(person, { id: person, ...direct });
};

const writableChannel = (world: World, call: Call): Channel => {
  openDirect(world, textParam(call, 'channel'));
  const channel = visibleChannel(world.workspace, textParam(call, 'channel'));
  if (channel.archived) throw new SlackError('is_archived');
  if (!channel.member) throw new SlackError('not_in_channel');
  return channel;
};

/** Thrown for a post that came too soon after the last one. */
export class TooSoon extends Error {
  /** Whole seconds. */
  readonly retryAfter: number;

  constructor(retryAfter: number) {
    super('ratelimited');
    this.retryAfter = retryAfter;
  }
}

const keepPace = (world: World, channel: Channel): void => {
  const { now, postGapMs } = world.workspace.options;
  const wait = channel.lastPostAt + postGapMs - now();
  if (wait > 0) throw new TooSoon(Math.ceil(wait / 1_000));
  channel.lastPostAt = now();
};

export const postMessage: Method = {
  token: 'bot',
  scopes: ['chat:write'],
  run: (world, call) => {
    const channel = writableChannel(world, call);
    const body = readMessage(world, call);
    if (channel.withoutFiles && body.blocks.some((block) => Object(block).type === 'image'))
      throw new SlackError('slack_connect_file_link_sharing_blocked');
    keepPace(world, channel);
    const threadTs = textParam(call, 'thread_ts') || undefined;
    const message = { ...body, ts: world.workspace.nextTs(), edits: 0, byBot: true, threadTs };
    channel.messages.push(message);
    mentions(body).forEach(world.onMention);
    return { channel: channel.id, ts: message.ts, message: { type: 'message', ...body, ts: message.ts } };
  },
};

export const postEphemeral: Method = {
  token: 'bot',
  scopes: ['chat:write'],
  run: (world, call) => {
    const { workspace } = world;
    const { id } = writableChannel(world, call);
    const userId = textParam(call, 'user');
    if (!/^[UW][A-Z0-9]+$/.test(userId)) throw new SlackError('user_not_in_channel');
    const body = readMessage(world, call);
    const threadTs = textParam(call, 'thread_ts') || undefined;
    const ts = workspace.nextTs();
    workspace.ephemerals.push({ ...body, ts, edits: 0, byBot: true, threadTs, channelId: id, userId });
    mentions(body).forEach(world.onMention);
    return { message_ts: ts };
  },
};

export const updateMessage: Method = {
  token: 'bot',
  scopes: ['chat:write'],
  run: (world, call) => {
    const channel = writableChannel(world, call);
    const message = channel.messages.find(({ ts }) => ts === textParam(call, 'ts'));
    if (message === undefined) throw new SlackError('message_not_found');
    if (!message.byBot) throw new SlackError('cant_update_message');
    const body = readMessage(world, call);
    message.text = body.text;
    message.blocks = body.blocks;
    // Metadata that is not sent again stays as it was.
    if (body.metadata !== undefined) message.metadata = body.metadata;
    message.edits += 1;
    mentions(body).forEach(world.onMention);
    return { channel: channel.id, ts: message.ts, text: message.text };
  },
};
