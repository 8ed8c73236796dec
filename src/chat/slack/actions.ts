import type { types } from '@slack/bolt';
import type { Action } from '../../cards/card.ts';
import { limits } from './limits.ts';
import { plain } from './mrkdwn.ts';

/** Ids of our buttons; the question itself is the button's value, so that it works after a restart. */
export const OUR_ACTION = /^ask:\d+$/;

const ANSWER = 'answer.';

/** The name of the buttons of an answer: Slack wants another one each time a message changes. */
export const answerBlockId = (key: string): string => ANSWER + key;

/** Whether buttons of that name stand under an answer. An alert is never changed by pressing its buttons. */
export const isAnswerBlock = (blockId: string): boolean => blockId.startsWith(ANSWER);

const button = ({ label, call, chosen = false }: Action, index: number): types.Button => ({
  type: 'button',
  action_id: `ask:${index}`,
  text: { type: 'plain_text', text: plain(label, limits.buttonText) || '…', emoji: false },
  value: call,
  ...(chosen ? { style: 'primary' } : {}),
});

/** The buttons of a card. `blockId` where they are an answer's. */
export const actionBlocks = (actions: readonly Action[] = [], blockId?: string): types.ActionsBlock[] =>
  actions.length === 0
    ? []
    : [
        {
          type: 'actions',
          ...(blockId === undefined ? {} : { block_id: blockId }),
          elements: actions.slice(0, limits.actions).map(button),
        },
      ];
