import { type APIComponentInContainer, ComponentType } from 'discord.js';
import { expect, test } from 'vitest';
import { BUTTONS_PER_ROW } from '../../src/cards/action-rows.ts';
import { type Card, NARROW_WIDTH } from '../../src/cards/card.ts';
import { displayWidth } from '../../src/cards/display-width.ts';
import { renderContent } from '../../src/chat/discord/render.ts';
import { renderCard } from '../../src/chat/slack/render.ts';
import { everyCard } from '../pictures/cards.ts';
import { catalogue } from './stories.ts';

/** The lines of the code blocks in a text for Discord. */
const codeLines = (text: string): string[] =>
  [...text.matchAll(/```\n([\s\S]*?)\n```/g)].flatMap(([, block = '']) => block.split('\n'));

const containerOf = (card: Card): readonly APIComponentInContainer[] => {
  const [container] = renderContent(card, undefined).body.components;
  return container?.type === ComponentType.Container ? container.components : [];
};

for (const language of catalogue.languages) {
  const cards = await everyCard(language);

  test.each(cards)(
    `in ${language}, $name has no table wider than the narrowest card, on either platform`,
    ({ card }) => {
      const parts = containerOf(card);
      const texts = parts.flatMap((part) => ('content' in part ? [part.content] : []));
      const preformatted = JSON.stringify(renderCard(card).blocks()).matchAll(
        /"rich_text_preformatted","elements":\[\{"type":"text","text":("(?:[^"\\\\]|\\\\.)*")/g,
      );
      const lines = [
        ...texts.flatMap(codeLines),
        ...[...preformatted].flatMap(([, text = '""']) => (JSON.parse(text) as string).split('\n')),
      ];
      for (const line of lines) expect(displayWidth(line), line).toBeLessThanOrEqual(NARROW_WIDTH);
      for (const part of parts)
        if ('components' in part) expect(part.components.length).toBeLessThanOrEqual(BUTTONS_PER_ROW);
    },
  );

  test.each(cards)(`in ${language}, the title and first line of $name stand alone in three seconds`, ({ card }) => {
    const [title = '', ...rest] = renderCard(card).text.split('\n');
    expect(title).not.toBe('');
    expect(rest.length).toBeLessThanOrEqual(1);
    // Nothing that only makes sense with the picture, a table or what stands below.
    expect(`${title} ${rest.join(' ')}`).not.toMatch(/\bpicture\b|\bbelow:|the table|그림|아래 표|undefined|NaN|\{\{/);
    expect(displayWidth(title), title).toBeLessThanOrEqual(100);
  });
}
