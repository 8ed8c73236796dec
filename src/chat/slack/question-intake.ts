import type { App } from '@slack/bolt';
import { LINE_LIMIT } from '../../../commands/ask.ts';
import type { Command } from '../../../commands/command.ts';
import { exampleOf } from '../../../commands/examples.ts';
import { createLimiter } from '../../../commands/limiter.ts';
import { parseLine } from '../../../commands/parse-line.ts';
import { decodeCall } from '../../cards/call.ts';
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
  /** Epoch milliseconds. */
  readonly now: () => number;
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

/** Limits come before the reading, which must not hold up what else is due. */
const createAnswerLine = (
  { commands, catalogue, now }: Pick<QuestionIntakeParts, 'commands' | 'catalogue' | 'now'>,
  answerer: Answerer,
): AnswerLine => {
  const waitFor = createLimiter(LINE_LIMIT);
  return async (text, place, lineIn = (line) => line) => {
    const waitMs = waitFor(place.asker, now());
    if (waitMs > 0)
      return answerer.notify('ask.wait', place, { limit: LINE_LIMIT.count, count: Math.ceil(waitMs / 1_000) });
    if (text.length > MAX_QUESTION_LENGTH)
      return answerer.notify('slack.too_long', place, { limit: MAX_QUESTION_LENGTH });
    const { fault, ...call } = parseLine(lineIn(text), commands, catalogue);
    if (!fault) return answerer.answer(call, place, { kind: 'new' });
    const { kind, option } = fault;
    return answerer.notify(`ask.${kind}`, place, { option, example: exampleOf(call.name, 'slack') });
  };
};

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
  const { commands } = parts;
  const answerer = createAnswerer(parts);
  const answerLine = createAnswerLine(parts, answerer);
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
