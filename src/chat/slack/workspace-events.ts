import type { App } from '@slack/bolt';
import type { PlatformEvents } from '../../channels/platform-events.ts';
import type { Identity } from './answers.ts';
import type { People } from './people.ts';
import { happened } from './requests.ts';
import { createSeen } from './seen.ts';

export interface WorkspaceEventParts {
  readonly events: PlatformEvents;
  readonly identity: () => Identity | undefined;
  readonly people: People;
}

/** Why a channel is one no longer, by the event that tells it. The group_ ones are those of private channels. */
const ENDED: Readonly<Record<string, string>> = {
  member_left_channel: 'The bot was removed from the channel',
  channel_left: 'The bot was removed from the channel',
  group_left: 'The bot was removed from the channel',
  channel_deleted: 'The channel was deleted',
  group_deleted: 'The channel was deleted',
  channel_archive: 'The channel was archived',
  group_archive: 'The channel was archived',
};

const BACK = ['channel_unarchive', 'group_unarchive'] as const;

/** Everything that is listened to here: the manifest subscribes to it. */
export const WORKSPACE_EVENTS: readonly string[] = ['member_joined_channel', ...Object.keys(ENDED), ...BACK];

/**
 * Passes on that the bot was invited to a channel, that a channel ended, or that it is back. Slack tells the same twice
 * (an event again, or a member that left beside a channel that was left): it is passed on once.
 */
export const takeWorkspaceEvents = (app: App, { events, identity, people }: WorkspaceEventParts): void => {
  const isNew = createSeen();
  const ended = new Set<string>();

  for (const type of WORKSPACE_EVENTS) {
    app.event(type, async ({ body }) => {
      const { eventId, workspace, channelId, who, inviter, bot } = happened.parse(body);
      if (!isNew(eventId)) return;
      // Events of members are about anybody; the others only ever about us.
      if (type.startsWith('member_') && who !== (identity()?.botUserId ?? bot)) return;
      const reason = ENDED[type];
      if (reason !== undefined) {
        if (ended.has(channelId)) return;
        ended.add(channelId);
        const archived = type.endsWith('_archive') && { mayReturn: true };
        return events.removed({ platform: 'slack', workspace, address: channelId, reason, ...archived });
      }
      ended.delete(channelId);
      if (type !== 'member_joined_channel') {
        return events.changed({ platform: 'slack', workspace, address: channelId });
      }
      const by = inviter === undefined ? undefined : await people.of(inviter);
      const locale = by === undefined || 'kind' in by ? undefined : by.locale;
      const told = { ...(inviter !== undefined && { by: inviter }), ...(locale !== undefined && { locale }) };
      return events.invited({ platform: 'slack', workspace, address: channelId, destination: true, ...told });
    });
  }
};
