import { type APIActionRowComponent, type APIButtonComponent, ButtonStyle, ComponentType } from 'discord.js';
import { actionRows, BUTTONS_PER_ROW } from '../../cards/action-rows.ts';
import type { Action } from '../../cards/card.ts';
import { clipLine } from '../plain-text.ts';

/** Discord's limits. */
const MAX_ROWS = 5;
const MAX_LABEL_LENGTH = 75;
const MAX_ID_LENGTH = 100;

/** A card's actions as rows of buttons. The button's id holds the whole call, so it works after a restart. */
export const buttonRows = (actions: readonly Action[] = []): APIActionRowComponent<APIButtonComponent>[] => {
  const usable = [...new Map(actions.map((action) => [action.call, action])).values()].filter(
    ({ call, label }) => call !== '' && call.length <= MAX_ID_LENGTH && clipLine(label, MAX_LABEL_LENGTH) !== '',
  );
  return actionRows(usable, BUTTONS_PER_ROW)
    .slice(0, MAX_ROWS)
    .map((row) => ({ type: ComponentType.ActionRow, components: row.map(buttonOf) }));
};

const buttonOf = ({ label, call, chosen = false }: Action): APIButtonComponent => ({
  type: ComponentType.Button,
  style: chosen ? ButtonStyle.Primary : ButtonStyle.Secondary,
  label: clipLine(label, MAX_LABEL_LENGTH),
  custom_id: call,
  ...(chosen ? { disabled: true } : {}),
});
