import { randomUUID } from 'node:crypto';
import type { Ack } from './acks.ts';
import type { ResponseUrls } from './response-urls.ts';
import type { EnvelopeType } from './socket-mode.ts';
import { createViewPeople, type ViewPeople } from './views-of-people.ts';
import type { Member, Workspace } from './workspace.ts';
import { BOT, CHANNEL, createWorkspaceEvents, PERSON, TEAM, type WorkspaceEvents } from './workspace-events.ts';

export interface SlashCommand {
  readonly command: string;
  readonly text?: string;
  readonly channelId?: string;
  readonly userId?: string;
}

export interface Press {
  /** The message's timestamp, of a channel's message or of one that a person alone sees. */
  readonly messageId: string;
  /** What the button says. */
  readonly label: string;
  readonly userId?: string;
}

export interface Mention {
  /** What is typed after the bot's name. */
  readonly text: string;
  readonly channelId?: string;
  readonly userId?: string;
  readonly thread?: string;
  /** A new one by default; the same again is a retry. */
  readonly eventId?: string;
  /** Where another bot wrote it. */
  readonly botId?: string;
}

/** What people do in Slack, and what Slack sends us then. Each resolves with our acknowledgement. */
export interface People extends WorkspaceEvents, ViewPeople {
  /** What users.info tells of a person from now on. */
  setPerson(userId: string, member: Member): void;
  slashCommand(command: SlashCommand): Promise<Ack>;
  press(press: Press): Promise<Ack>;
  mention(mention: Mention): Promise<Ack>;
}

export interface PeopleParts {
  readonly workspace: Workspace;
  readonly responseUrls: ResponseUrls;
  readonly origin: () => string;
  readonly send: (type: EnvelopeType, payload: Readonly<Record<string, unknown>>) => Promise<Ack>;
}

interface Button {
  readonly action_id: string;
  readonly value: string;
}

/** The button of that label, and the name of the block that holds it. */
const findButton = (blocks: readonly unknown[], label: string): { blockId: string; button: Button } | undefined => {
  for (const block of blocks) {
    const { elements = [], block_id: blockId = 'given' } = Object(block);
    const button = elements.find((each: { text?: { text?: string } }) => each.text?.text === label);
    if (Object(block).type === 'actions' && button !== undefined) return { blockId, button };
  }
  return undefined;
};

const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

export const createPeople = ({ workspace, responseUrls, origin, send }: PeopleParts): People => {
  const trigger = (userId: string): string => {
    const id = `${userId}.${randomUUID()}`;
    workspace.triggers.set(id, workspace.options.now());
    return id;
  };
  const events = createWorkspaceEvents(workspace, send);

  const find = (messageId: string) => {
    for (const { id, messages } of workspace.channels.values()) {
      const found = messages.find(({ ts }) => ts === messageId);
      if (found !== undefined) return { channelId: id, message: found, ephemeral: false };
    }
    const found = workspace.ephemerals.find(({ ts }) => ts === messageId);
    if (found === undefined) throw new Error(`the double has no message ${messageId}`);
    return { channelId: found.channelId, message: found, ephemeral: true };
  };

  return {
    ...events,
    ...createViewPeople({ workspace, send }, events, trigger),
    setPerson: (userId, member) => void workspace.people.set(userId, member),

    slashCommand: ({ command, text = '', channelId = CHANNEL, userId = PERSON }) =>
      send('slash_commands', {
        command,
        text,
        channel_id: channelId,
        user_id: userId,
        team_id: TEAM,
        trigger_id: trigger(userId),
        response_url: origin() + responseUrls.open({ channelId, userId }),
        is_enterprise_install: 'false',
      }),

    press: async ({ messageId, label, userId = PERSON }) => {
      const { channelId, message, ephemeral } = find(messageId);
      const found = findButton(message.blocks, label);
      if (found === undefined) throw new Error(`the message has no button "${label}"`);
      const inThread = message.threadTs === undefined ? {} : { thread_ts: message.threadTs };
      return send('interactive', {
        type: 'block_actions',
        user: { id: userId, team_id: TEAM },
        team: { id: TEAM },
        trigger_id: trigger(userId),
        channel: { id: channelId },
        container: {
          type: 'message',
          message_ts: messageId,
          channel_id: channelId,
          is_ephemeral: ephemeral,
          ...inThread,
        },
        actions: [{ ...found.button, type: 'button', block_id: found.blockId, action_ts: workspace.nextTs() }],
        response_url: origin() + responseUrls.open({ channelId, userId, messageTs: messageId }),
      });
    },

    mention: ({ text, channelId = CHANNEL, userId = PERSON, thread, eventId, botId }) =>
      events.happen(
        {
          type: 'app_mention',
          user: userId,
          text: `<@${BOT}> ${escaped(text)}`,
          ts: workspace.nextTs(),
          channel: channelId,
          ...(thread === undefined ? {} : { thread_ts: thread }),
          ...(botId === undefined ? {} : { bot_id: botId }),
        },
        eventId,
      ),
  };
};
