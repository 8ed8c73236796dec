import type { App } from '@slack/bolt';
import type { AskLine } from './ask-line.ts';
import { ROOT_COMMAND } from './own-commands.ts';
import { slashCommand } from './requests.ts';

/** Takes slash commands: acknowledged at once, empty, then answered by their response_url. */
export const takeCommands = (app: App, names: Iterable<string>, ask: AskLine): void => {
  for (const name of names) {
    app.command(name, async ({ command, ack, respond }) => {
      await ack();
      const { text, channelId, asker, workspace, responseUrl } = slashCommand.parse(command);
      const line = name === ROOT_COMMAND ? text : `${name.slice(1)} ${text}`;
      await ask(line, { channelId, asker, workspace, responseUrl, respond });
    });
  }
};
