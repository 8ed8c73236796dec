import type { App } from '@slack/bolt';
import type { Command } from '../../../commands/command.ts';
import { OUR_ACTION } from './actions.ts';
import { type AnswererParts, createAnswerer } from './answerer.ts';
import { createAskLine } from './ask-line.ts';
import type { HandledElsewhere } from './bolt-app.ts';
import { takeCommands } from './commands.ts';
import { type HomeParts, takeHome } from './home/home.ts';
import { HOME_ACTION } from './home/home-view.ts';
import { SETTINGS_MODAL } from './home/settings-modal.ts';
import { takeButtons } from './interactions.ts';
import { takeMentions } from './mentions.ts';
import { ownCommands, ROOT_COMMAND } from './own-commands.ts';
import { sleep } from './sleep.ts';

export interface ReceptionParts extends AnswererParts, HomeParts {
  readonly commands: readonly Command[];
}

/** Where questions come in on Slack: slash commands, mentions, buttons, and App Home. */
export interface Reception {
  /** What the app leaves to it. */
  readonly taken: HandledElsewhere;
  listen(app: App): void;
  /** Tells those whose answers a restart has cost them. Never rejects. */
  tellLeft(): Promise<void>;
  /** Resolves when nothing is under way, or after a moment's patience: a source may take longer than we want to stop. */
  settled(): Promise<void>;
}

const PATIENCE_MS = 3_000;

/** @throws RangeError where a command may not have its own slash command. */
export const createReception = (parts: ReceptionParts): Reception => {
  const { commands, catalogue } = parts;
  const answerer = createAnswerer(parts);
  const ask = createAskLine(commands, catalogue, answerer);
  const names = new Set([ROOT_COMMAND, ...ownCommands(commands).keys()]);
  return {
    taken: {
      command: (name) => names.has(name),
      action: (id) => OUR_ACTION.test(id) || HOME_ACTION.test(id),
      view: (id) => id === SETTINGS_MODAL,
    },
    listen: (app) => {
      takeCommands(app, names, ask);
      takeMentions(app, ask);
      takeButtons(app, answerer);
      takeHome(app, parts);
    },
    tellLeft: answerer.tellLeft,
    settled: async () => {
      const patience = new AbortController();
      await Promise.race([answerer.settled(), sleep(PATIENCE_MS, patience.signal)]);
      patience.abort();
    },
  };
};
