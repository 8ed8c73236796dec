import type { Card } from '../../cards/card.ts';
import { type Html, html } from './html.ts';

/** The buttons of a card as they stand in a chat. The board only shows: here they cannot be pressed. */
export const actionsHtml = ({ actions = [] }: Card): Html | '' =>
  actions.length === 0
    ? ''
    : html`<p class="actions">${actions.map(({ label, chosen }) =>
        chosen
          ? html`<span class="chip chosen" aria-current="true">${label}</span> `
          : html`<span class="chip">${label}</span> `,
      )}</p>\n`;
