import { type APIActionRowComponent, type APIButtonComponent, ButtonStyle, ComponentType } from 'discord.js';
import type { Action } from '../../cards/card.ts';
import { clip } from './escape.ts';

/** Discord's limits for rows of buttons. */
const PER_ROW = 5;
const MOST = 25;
const LONGEST_LABEL = 75;
const LONGEST_ID = 100;

/** A card's actions as rows of buttons. The question lies in a button's id, so that it works after a restart, too. */
export const buttonRows = (actions: readonly Action[] = []): APIActionRowComponent<APIButtonComponent>[] => {
  const buttons = [...new Map(actions.map((action) => [action.call, action])).values()]
    .filter(({ call, label }) => call !== '' && call.length <= LONGEST_ID && clip(label, LONGEST_LABEL) !== '')
    .slice(0, MOST)
    .map(buttonOf);
  return Array.from({ length: Math.ceil(buttons.length / PER_ROW) }, (_, row) => ({
    type: ComponentType.ActionRow,
    components: buttons.slice(row * PER_ROW, (row + 1) * PER_ROW),
  }));
};

const buttonOf = ({ label, call, chosen = false }: Action): APIButtonComponent => ({
  type: ComponentType.Button,
  style: chosen ? ButtonStyle.Primary : ButtonStyle.Secondary,
  label: clip(label, LONGEST_LABEL),
  custom_id: call,
  ...(chosen ? { disabled: true } : {}),
});
