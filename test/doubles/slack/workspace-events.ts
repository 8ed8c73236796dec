import { randomUUID } from 'node:crypto';
import type { Ack } from './acks.ts';
import type { PeopleParts } from './people.ts';
import type { Workspace } from './workspace.ts';

interface Where {
  readonly channelId?: string;
  readonly userId?: string;
  /** A new one by default; the same again is a retry. */
  readonly eventId?: string;
}

/** What happens in the workspace, and the event that tells of it. Each resolves with our acknowledgement. */
export interface WorkspaceEvents {
  /** An event as it is, for whatever has no name here. */
  happen(event: Readonly<Record<string, unknown>>, eventId?: string): Promise<Ack>;
  /** Somebody invites the bot, or another person (`who`). */
  inviteBot(event?: Where & { readonly who?: string }): Promise<Ack>;
  /** Somebody throws the bot out: Slack tells it twice over, as a member that left and as a channel that was left. */
  throwOut(event?: Where): Promise<readonly Ack[]>;
  deleteChannel(event?: Where): Promise<Ack>;
  archiveChannel(event?: Where): Promise<Ack>;
  unarchiveChannel(event?: Where): Promise<Ack>;
  /** The channel is shared with another workspace: it gets another id, and its events name the partner from now on. */
  shareChannel(event: { readonly from: string; readonly to: string; readonly partner?: string }): Promise<Ack>;
  /** The app is thrown out of the workspace: its token dies, and two events tell of it, in either order. */
  uninstall(order?: 'uninstalled-first' | 'revoked-first'): Promise<void>;
}

export const CHANNEL = 'C0000000001';
export const PERSON = 'U0000000002';
export const TEAM = 'T0000000001';
export const BOT = 'U0000000001';

export const createWorkspaceEvents = (workspace: Workspace, send: PeopleParts['send']): WorkspaceEvents => {
  const happen: WorkspaceEvents['happen'] = (event, eventId = `Ev${randomUUID()}`) =>
    send('events_api', {
      type: 'event_callback',
      team_id: workspace.outerTeam ?? TEAM,
      event_id: eventId,
      authorizations: [{ team_id: TEAM, user_id: BOT, is_bot: true }],
      event,
    });
  const change = (id: string, state: { member?: boolean; archived?: boolean }): boolean => {
    const channel = workspace.channels.get(id);
    if (channel !== undefined) Object.assign(channel, state);
    return channel?.isPrivate ?? false;
  };
  const kind = (isPrivate: boolean): string => (isPrivate ? 'group' : 'channel');
  return {
    happen,
    inviteBot: ({ channelId: channel = CHANNEL, userId = PERSON, who = BOT, eventId } = {}) => {
      const isPrivate = who === BOT && change(channel, { member: true });
      const channel_type = isPrivate ? 'G' : 'C';
      return happen(
        { type: 'member_joined_channel', user: who, channel, channel_type, team: TEAM, inviter: userId },
        eventId,
      );
    },
    throwOut: ({ channelId: channel = CHANNEL, userId = PERSON } = {}) => {
      const isPrivate = change(channel, { member: false });
      const channel_type = isPrivate ? 'G' : 'C';
      return Promise.all([
        happen({ type: 'member_left_channel', user: BOT, channel, channel_type, team: TEAM }),
        happen({ type: `${kind(isPrivate)}_left`, channel, actor_id: userId }),
      ]);
    },
    deleteChannel: ({ channelId: channel = CHANNEL, eventId } = {}) => {
      workspace.channels.delete(channel);
      return happen({ type: 'channel_deleted', channel }, eventId);
    },
    archiveChannel: ({ channelId: channel = CHANNEL, userId: user = PERSON, eventId } = {}) =>
      happen({ type: `${kind(change(channel, { archived: true }))}_archive`, channel, user }, eventId),
    unarchiveChannel: ({ channelId: channel = CHANNEL, userId: user = PERSON, eventId } = {}) =>
      happen({ type: `${kind(change(channel, { archived: false }))}_unarchive`, channel, user }, eventId),
    shareChannel: ({ from, to, partner }) => {
      const channel = workspace.channels.get(from);
      workspace.channels.delete(from);
      if (channel !== undefined && !workspace.channels.has(to)) workspace.channels.set(to, { ...channel, id: to });
      workspace.outerTeam = partner;
      return happen({ type: 'channel_id_changed', old_channel_id: from, new_channel_id: to, event_ts: '1.0' });
    },
    uninstall: async (order = 'uninstalled-first') => {
      workspace.refused.set(workspace.options.botToken, 'account_inactive');
      const events = [
        { type: 'app_uninstalled' },
        { type: 'tokens_revoked', tokens: { oauth: ['U0000000002'], bot: [BOT] } },
      ];
      for (const event of order === 'uninstalled-first' ? events : events.toReversed()) await happen(event);
    },
  };
};
