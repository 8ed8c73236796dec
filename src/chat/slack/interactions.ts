import type { App } from '@slack/bolt';
import { decodeCall } from '../../cards/call.ts';
import { isAnswerBlock, OUR_ACTION } from './actions.ts';
import type { Answerer } from './answerer.ts';
import { pressedButton } from './requests.ts';

/**
 * Takes the buttons under cards. An answer's message becomes the new answer; under an alert, which stays as it was
 * told, the answer is for the asker alone.
 */
export const takeButtons = (app: App, answerer: Answerer): void => {
  app.action(OUR_ACTION, async ({ body, ack, respond }) => {
    await ack();
    const { value, blockId, messageId, ephemeral, ...from } = pressedButton.parse(body);
    const place = { ...from, respond };
    const call = decodeCall(value);
    if (call === undefined) return answerer.tell('slack.old_button', place);
    await answerer.answer(
      call,
      place,
      isAnswerBlock(blockId) ? { kind: 'replace', messageId, ephemeral } : { kind: 'aside' },
    );
  });
};
