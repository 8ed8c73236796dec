import type { types } from '@slack/bolt';
import type { Action } from '../../cards/card.ts';
import { limits } from './limits.ts';
import { plainText } from './mrkdwn.ts';

/** Ids of our buttons. The button's value holds the whole call, so it works after a restart. */
export const OUR_ACTION = /^ask:\d+$/;

const ANSWER_BLOCK_PREFIX = 'answer.';

/** Block id of an answer's buttons. Slack wants a new one each time a message changes. */
export const answerBlockId = (key: string): string => ANSWER_BLOCK_PREFIX + key;

/** Whether a block id is an answer's. Only answers are replaced when a button is pressed, alerts are not. */
export const isAnswerBlock = (blockId: string): boolean => blockId.startsWith(ANSWER_BLOCK_PREFIX);

const button = ({ label, call, chosen = false }: Action, index: number): types.Button => ({
  type: 'button',
  action_id: `ask:${index}`,
  text: plainText(label, limits.buttonText),
  value: call,
  ...(chosen ? { style: 'primary' } : {}),
});

/** The buttons of a card. `blockId`: for an answer's. */
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
