import { flagParam, numberParam, textParam } from './call.ts';
import type { Method } from './methods.ts';
import { SlackError, visibleChannel } from './workspace.ts';

const readScopes = ['channels:history', 'groups:history'];

export const history: Method = {
  token: 'bot',
  scopes: readScopes,
  run: ({ workspace }, call) => {
    const channel = visibleChannel(workspace, textParam(call, 'channel'));
    if (!channel.member) throw new SlackError('not_in_channel');
    const limit = Math.min(numberParam(call, 'limit') ?? 100, 999);
    // The cursor is the oldest timestamp already given, so that new messages move no page.
    const cursor = textParam(call, 'cursor');
    const before = cursor === '' ? numberParam(call, 'latest') : Number(Buffer.from(cursor, 'base64').toString());
    const oldest = numberParam(call, 'oldest') ?? 0;
    const left = channel.messages
      .filter(({ ts }) => Number(ts) > oldest && (before === undefined || Number(ts) < before))
      .reverse();
    const page = left.slice(0, limit);
    const more = left.length > page.length;
    const withMetadata = flagParam(call, 'include_all_metadata');
    return {
      messages: page.map(({ ts, text, blocks, metadata, byBot }) => ({
        type: 'message',
        ts,
        text,
        blocks,
        ...(byBot ? { bot_id: 'B0000000001' } : { user: 'U0000000002' }),
        ...(withMetadata && metadata !== undefined ? { metadata } : {}),
      })),
      has_more: more,
      response_metadata: { next_cursor: more ? Buffer.from(page.at(-1)?.ts ?? '').toString('base64') : '' },
    };
  },
};

export const info: Method = {
  token: 'bot',
  scopes: ['channels:read', 'groups:read'],
  run: ({ workspace }, call) => {
    const { id, archived, member, isPrivate } = visibleChannel(workspace, textParam(call, 'channel'));
    const kind = { is_channel: !isPrivate, is_private: isPrivate };
    return { channel: { id, name: id.toLowerCase(), is_archived: archived, is_member: member, ...kind } };
  },
};

/** Fifty a page, so that pages are walked. */
const MEMBERS_A_PAGE = 50;

export const members: Method = {
  token: 'bot',
  scopes: ['channels:read', 'groups:read'],
  run: ({ workspace }, call) => {
    const { id } = visibleChannel(workspace, textParam(call, 'channel'));
    const all = [...workspace.people].filter(([, { outside = [] }]) => !outside.includes(id)).map(([userId]) => userId);
    const from = Number(textParam(call, 'cursor') || 0);
    const size = Math.min(numberParam(call, 'limit') ?? 100, MEMBERS_A_PAGE);
    const next = from + size < all.length ? String(from + size) : '';
    return { members: all.slice(from, from + size), response_metadata: { next_cursor: next } };
  },
};

export const open: Method = {
  token: 'bot',
  scopes: ['im:write'],
  run: ({ workspace }, call) => {
    const person = textParam(call, 'users');
    if (!/^[UW][A-Z0-9]+$/.test(person)) throw new SlackError('user_not_found');
    const known = workspace.direct.get(person);
    const id = known ?? `D${String(workspace.direct.size + 1).padStart(10, '0')}`;
    if (known === undefined) {
      workspace.direct.set(person, id);
      workspace.channels.set(id, { id, isPrivate: true, archived: false, member: true, messages: [], lastPostAt: 0 });
    }
    return { channel: { id }, already_open: known !== undefined, no_op: known !== undefined };
  },
};
