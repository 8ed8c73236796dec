import type { Command } from '../../../commands/command.ts';

/** Takes every command: `/slidewatch quote nvda`. */
export const ROOT_COMMAND = '/slidewatch';

/** Slack's own slash commands, which apps cannot have. Source: slack.com/help/articles/201259356. */
const RESERVED: ReadonlySet<string> = new Set(
  (
    '/active /apps /archive /away /call /collapse /dm /dnd /expand /feed /feedback /help /huddle /invite /join /kick ' +
    '/leave /me /msg /mute /open /part /prefs /remind /remove /rename /search /shortcuts /shrug /star /status /todo ' +
    '/topic /unarchive /who'
  ).split(' '),
);

/**
 * The commands with a slash command of their own, by it: `/quote` -> `quote`.
 * @throws RangeError for a name that Slack reserves or that has two words.
 */
export const ownCommands = (commands: readonly Command[]): ReadonlyMap<string, Command> =>
  new Map(
    commands
      .filter(({ standalone }) => standalone)
      .map((command) => {
        const slash = `/${command.name}`;
        if (RESERVED.has(slash) || !/^\/[a-z-]{1,31}$/.test(slash)) {
          throw new RangeError(`Expected a name that Slack gives to apps, got ${slash}: set standalone to false`);
        }
        return [slash, command];
      }),
  );
