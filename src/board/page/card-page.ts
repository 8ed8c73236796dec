import type { PostedCard } from '../board-view.ts';
import { type Html, html } from './html.ts';
import { postedCard, type Style, styleQuery } from './posted-card.ts';
import { type Chrome, shell } from './shell.ts';

/** One card alone, under an address that stays. */
export const cardPage = (chrome: Chrome, posted: PostedCard, style: Style): Html => {
  const { words } = chrome;
  return shell(
    chrome,
    posted.card.title,
    html`<div class="alone"><p><a href="/${styleQuery(style)}">← ${words.say('board.all-cards')}</a></p>
<div id="card" data-live>${postedCard(posted, style, words)}</div></div>`,
  );
};
