import type { App } from '@slack/bolt';
import type { Command } from '../../../commands/command.ts';
import { parseLine } from '../../../commands/parse-line.ts';
import { decodeCall } from '../../cards/call.ts';
import type { Catalogue } from '../../i18n/catalogue.ts';
import { waitAtMost } from '../../util/promises.ts';
import { type Answerer, type AnswererParts, type AnswerLine, createAnswerer } from './answerer.ts';
import type { HandledElsewhere } from './bolt-app.ts';
import { isAnswerBlock, OUR_ACTION } from './buttons.ts';
import { type HomeParts, handleHome } from './home/home.ts';
import { HOME_ACTION } from './home/home-view.ts';
import { SETTINGS_MODAL } from './home/settings-modal.ts';
import { handleMentions } from './mentions.ts';
import { ownCommands, ROOT_COMMAND } from './own-commands.ts';
import { MAX_QUESTION_LENGTH } from './question-length.ts';
import { pressedButton, slashCommand } from './requests.ts';

export interface QuestionIntakeParts extends AnswererParts, HomeParts {
  readonly commands: readonly Command[];
}

/** Takes questions on Slack: slash commands, mentions, buttons, and App Home. */
export interface QuestionIntake {
  /** What the intake handles; the app acknowledges the rest. */
  readonly handled: HandledElsewhere;
  listen(app: App): void;
  /** Tells askers whose answers a restart has interrupted. Never rejects. */
  notifyInterrupted(): Promise<void>;
  /** Resolves when no answer is under way, or after three seconds: a source may take longer than a stop should. */
  settled(): Promise<void>;
}

const SETTLE_TIMEOUT_MS = 3_000;

const createAnswerLine =
  (commands: readonly Command[], catalogue: Catalogue, answerer: Answerer): AnswerLine =>
  (line, place) =>
    line.length > MAX_QUESTION_LENGTH
      ? answerer.notify('slack.too_long', place, { limit: MAX_QUESTION_LENGTH })
      : answerer.answer(parseLine(line, commands, catalogue), place, { kind: 'new' });

/** Handles slash commands: acknowledges each at once without a text, then answers by its response_url. */
const handleCommands = (app: App, names: Iterable<string>, answerLine: AnswerLine): void => {
  for (const name of names) {
    app.command(name, async ({ command, ack, respond }) => {
      await ack();
      const { text, channelId, asker, workspace, responseUrl } = slashCommand.parse(command);
      const line = name === ROOT_COMMAND ? text : `${name.slice(1)} ${text}`;
      await answerLine(line, { channelId, asker, workspace, responseUrl, respond });
    });
  }
};

/**
 * Handles the buttons of cards. An answer's message is replaced by the new answer. An alert stays as it was posted, and
 * the answer is for the asker alone.
 */
const handleButtons = (app: App, answerer: Answerer): void => {
  app.action(OUR_ACTION, async ({ body, ack, respond }) => {
    await ack();
    const { value, blockId, messageId, ephemeral, ...from } = pressedButton.parse(body);
    const place = { ...from, respond, pressed: messageId };
    const call = decodeCall(value);
    if (call === undefined) return answerer.notify('slack.old_button', place);
    await answerer.answer(
      call,
      place,
      isAnswerBlock(blockId) ? { kind: 'replace', messageId, ephemeral } : { kind: 'aside' },
    );
  });
};

/** @throws RangeError if a command may not have its own slash command. */
export const createQuestionIntake = (parts: QuestionIntakeParts): QuestionIntake => {
  const { commands, catalogue } = parts;
  const answerer = createAnswerer(parts);
  const answerLine = createAnswerLine(commands, catalogue, answerer);
  const names = new Set([ROOT_COMMAND, ...ownCommands(commands).keys()]);
  return {
    handled: {
      command: (name) => names.has(name),
      action: (id) => OUR_ACTION.test(id) || HOME_ACTION.test(id),
      view: (id) => id === SETTINGS_MODAL,
    },
    listen: (app) => {
      handleCommands(app, names, answerLine);
      handleMentions(app, answerLine);
      handleButtons(app, answerer);
      handleHome(app, parts);
    },
    notifyInterrupted: answerer.notifyInterrupted,
    settled: () => waitAtMost(answerer.settled(), SETTLE_TIMEOUT_MS),
  };
};
