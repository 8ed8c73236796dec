import type { webApi } from '@slack/bolt';
import type { Translator } from '../../i18n/catalogue.ts';
import type { Channel } from '../../stories/channel.ts';
import { channelInfo, membersPage } from './answers.ts';
import { type SlackFault, slackFault } from './fault.ts';
import { PEOPLE_SCOPE, type People } from './people.ts';

/** Who may change a channel: administrators and the person who set it up, or also its members. */
export type Managers = 'admins' | 'members';

/** The fault if Slack does not tell. */
export type Permission = boolean | SlackFault;

export interface RightsParts {
  readonly client: webApi.WebClient;
  readonly people: People;
  readonly managers: Managers;
  readonly channelAt: (channelId: string) => Promise<Channel | undefined>;
}

export interface Rights {
  readonly managers: Managers;
  /** Whether a person may change a channel's settings. Never rejects. */
  mayChange(asker: string, channelId: string): Promise<Permission>;
  /** Whether a person may see a channel's settings. Private ones: only members, the person who set it up, administrators. Never rejects. */
  maySee(asker: string, channel: Channel): Promise<boolean>;
  /** Whether a person may set up channels at all; `mayChange` decides for one channel. Never rejects. */
  maySetUp(asker: string): Promise<Permission>;
}

/** Slack's maximum. */
const PAGE_SIZE = 1_000;
const MAX_PAGES = 20;

/** Why a person may not change a channel: who may. */
export const refusalText = (words: Translator, managers: Managers): string =>
  words.say(managers === 'members' ? 'slack.rights.no_member' : 'slack.rights.no');

/** Why it is unknown whether a person may: a missing scope and how to add it, or no answer from Slack. */
export const doubtText = (words: Translator, fault: SlackFault): string =>
  fault.kind === 'refused' && fault.code === 'missing_scope'
    ? words.say('slack.rights.scope', { scope: fault.scope ?? PEOPLE_SCOPE })
    : words.say('slack.rights.unknown');

export const createRights = ({ client, people, managers, channelAt }: RightsParts): Rights => {
  const isMember = async (asker: string, channel: string): Promise<Permission> => {
    try {
      let cursor: string | undefined;
      for (let page = 0; page < MAX_PAGES; page += 1) {
        const answer = await client.conversations.members({ channel, limit: PAGE_SIZE, ...(cursor && { cursor }) });
        const { members, next } = membersPage.parse(answer);
        if (members.includes(asker)) return true;
        if (next === undefined) return false;
        cursor = next;
      }
      return false;
    } catch (error) {
      return slackFault(error);
    }
  };

  /** Unknown channels count as private. Without the scope for asking, ids that start with C count as public. */
  const isPublic = async (channel: string): Promise<boolean> => {
    try {
      return !channelInfo.parse(await client.conversations.info({ channel })).isPrivate;
    } catch (error) {
      const fault = slackFault(error);
      return fault.kind === 'refused' && fault.code === 'missing_scope' && channel.startsWith('C');
    }
  };

  const isManager = async (asker: string): Promise<Permission> => {
    const found = await people.of(asker);
    return 'kind' in found ? found : found.manager;
  };

  return {
    managers,
    maySee: async (asker, { address, madeBy }) => {
      if (madeBy === asker || (await isPublic(address))) return true;
      return (
        (await isManager(asker)) === true || (!address.startsWith('D') && (await isMember(asker, address)) === true)
      );
    },
    maySetUp: async (asker) => (managers === 'members' ? true : isManager(asker)),
    mayChange: async (asker, channelId) => {
      // Anybody may change their own direct messages.
      if (channelId.startsWith('D') || (await channelAt(channelId))?.madeBy === asker) return true;
      if (managers === 'admins') return isManager(asker);
      const member = await isMember(asker, channelId);
      if (member === true) return true;
      const manager = await isManager(asker);
      return manager === false ? member : manager;
    },
  };
};
