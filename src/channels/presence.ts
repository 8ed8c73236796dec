import { createLru } from '../util/lru.ts';

/** A platform, one server or workspace of it, or one channel. */
interface Where {
  readonly platform: string;
  readonly workspace?: string | null | undefined;
  readonly address?: string | undefined;
}

/**
 * Signs that the bot may post in a place: an invitation, permissions, somebody who uses it there. Their order is counted, so
 * that a refusal from before a sign is known to be old whatever the clock says. Kept in memory: no attempt outlives a process.
 */
export interface Presence {
  /** The number of signs heard so far. */
  mark(): number;
  /** Notes a sign about a channel, or about all channels of a server, workspace or platform. */
  note(where: Where): void;
  /** Whether a sign about a channel was heard after `mark`. */
  heardSince(mark: number, channel: Where): boolean;
}

/** Places that are remembered: an attempt takes two minutes at most. */
const CAPACITY = 10_000;

const platformKey = ({ platform }: Where): string => platform;
const workspaceKey = ({ platform, workspace }: Where): string => `${platform} workspace ${workspace}`;
const addressKey = ({ platform, address }: Where): string => `${platform} channel ${address}`;

export const createPresence = (): Presence => {
  const heard = createLru<string, number>(CAPACITY);
  let count = 0;
  return {
    mark: () => count,
    note: (where) => {
      count += 1;
      const { workspace, address } = where;
      const keyOf =
        address !== undefined ? addressKey : workspace === undefined || workspace === null ? platformKey : workspaceKey;
      heard.set(keyOf(where), count);
    },
    heardSince: (mark, channel) =>
      count > mark && [platformKey, workspaceKey, addressKey].some((keyOf) => (heard.get(keyOf(channel)) ?? 0) > mark),
  };
};
