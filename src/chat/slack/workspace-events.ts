import type { App } from '@slack/bolt';
import type { PlatformEvents } from '../../channels/platform-events.ts';
import type { Identity } from './answers.ts';
import type { People } from './people.ts';
import { channelEvent, channelMove, createEventFilter } from './requests.ts';

export interface WorkspaceEventParts {
  readonly events: PlatformEvents;
  readonly identity: () => Identity | undefined;
  readonly people: People;
}

/** Why a channel has ended, by event. The group_ events are those of private channels. */
const END_REASONS: Readonly<Record<string, string>> = {
  member_left_channel: 'The bot was removed from the channel',
  channel_left: 'The bot was removed from the channel',
  group_left: 'The bot was removed from the channel',
  channel_deleted: 'The channel was deleted',
  group_deleted: 'The channel was deleted',
  channel_archive: 'The channel was archived',
  group_archive: 'The channel was archived',
};

const RETURN_EVENTS = ['channel_unarchive', 'group_unarchive'] as const;

const CHANNEL_EVENTS: readonly string[] = ['member_joined_channel', ...Object.keys(END_REASONS), ...RETURN_EVENTS];

/** A channel that is shared with another workspace may get a new id. */
const MOVE_EVENT = 'channel_id_changed';

/** The events that are handled here, which the manifest subscribes to. */
export const WORKSPACE_EVENTS: readonly string[] = [...CHANNEL_EVENTS, MOVE_EVENT];

/**
 * Passes on that the bot was invited to a channel, that somebody has left one, or that a channel has ended or returned. Repeated events, and the two
 * events of leaving a channel (member_left_channel and channel_left), are passed on once.
 */
export const handleWorkspaceEvents = (app: App, { events, identity, people }: WorkspaceEventParts): void => {
  const isNew = createEventFilter();
  const ended = new Set<string>();

  app.event(MOVE_EVENT, async ({ body }) => {
    const { eventId, from, to } = channelMove.parse(body);
    if (isNew(eventId) && from !== to) await events.moved({ platform: 'slack', from, to });
  });

  for (const type of CHANNEL_EVENTS) {
    app.event(type, async ({ body }) => {
      const { eventId, installedIn, named, channelId, who, inviter, bot } = channelEvent.parse(body);
      if (!isNew(eventId)) return;
      const ours = identity()?.workspace;
      // Of another workspace where the app is installed, too.
      if (ours !== undefined && installedIn !== undefined && installedIn !== ours) return;
      const workspace = ours ?? installedIn ?? named;
      if (workspace === undefined) return;
      // Member events are about anybody; the others are always about us.
      if (type.startsWith('member_') && who !== (identity()?.botUserId ?? bot)) {
        if (type !== 'member_left_channel' || who === undefined) return;
        return events.left({ platform: 'slack', address: channelId, person: who });
      }
      const reason = END_REASONS[type];
      if (reason !== undefined) {
        if (ended.has(channelId)) return;
        ended.add(channelId);
        const mayReturn = !type.endsWith('_deleted');
        return events.removed({ platform: 'slack', workspace, address: channelId, reason, mayReturn });
      }
      ended.delete(channelId);
      if (type !== 'member_joined_channel') {
        return events.changed({ platform: 'slack', workspace, address: channelId });
      }
      const person = inviter === undefined ? undefined : await people.of(inviter);
      const locale = person === undefined || 'kind' in person ? undefined : person.locale;
      const invitation = { ...(inviter !== undefined && { by: inviter }), ...(locale !== undefined && { locale }) };
      return events.invited({ platform: 'slack', workspace, address: channelId, destination: true, ...invitation });
    });
  }
};
