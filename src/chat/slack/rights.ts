import type { webApi } from '@slack/bolt';
import type { Translator } from '../../i18n/catalogue.ts';
import type { Channel } from '../../stories/channel.ts';
import { channelInfo, membersPage } from './answers.ts';
import { type SlackFault, slackFault } from './fault.ts';
import { PEOPLE_SCOPE, type People } from './people.ts';

/** Who may change a channel: the workspace's administrators and whoever set it up, or anybody who is in it. */
export type Managers = 'admins' | 'members';

/** A fault where Slack does not tell. */
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
  /** Whether a person may see a channel's settings: of a private one its members, whoever set it up, and administrators. Never rejects. */
  maySee(asker: string, channel: Channel): Promise<boolean>;
  /** Whether a person may set up any channel at all; which one is asked by `mayChange`. Never rejects. */
  maySetUp(asker: string): Promise<Permission>;
}

/** Slack gives up to a thousand at once; more pages than this are not worth a setting. */
const PAGE = 1_000;
const MAX_PAGES = 20;

/** Why somebody may not change a channel, by who may. */
export const refusalText = (words: Translator, managers: Managers): string =>
  words.say(managers === 'members' ? 'slack.rights.no_member' : 'slack.rights.no');

/** Why it is not known whether somebody may: which scope is missing and where it is added, or that Slack is silent now. */
export const doubtText = (words: Translator, fault: SlackFault): string =>
  fault.kind === 'refused' && fault.code === 'missing_scope'
    ? words.say('slack.rights.scope', { scope: fault.scope ?? PEOPLE_SCOPE })
    : words.say('slack.rights.unknown');

export const createRights = ({ client, people, managers, channelAt }: RightsParts): Rights => {
  const isMember = async (asker: string, channel: string): Promise<Permission> => {
    try {
      let cursor: string | undefined;
      for (let page = 0; page < MAX_PAGES; page += 1) {
        const answer = await client.conversations.members({ channel, limit: PAGE, ...(cursor && { cursor }) });
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

  /** What Slack does not tell counts as private; where the scope is missing by which it would, only the ids that tell. */
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
      // A direct message belongs to whoever writes in it.
      if (channelId.startsWith('D') || (await channelAt(channelId))?.madeBy === asker) return true;
      if (managers === 'admins') return isManager(asker);
      const member = await isMember(asker, channelId);
      if (member === true) return true;
      const manager = await isManager(asker);
      return manager === false ? member : manager;
    },
  };
};
