import { expect, test } from 'vitest';
import type { Card } from '../../src/cards/card.ts';
import { moreIn, omittedRowsOf } from '../../src/cards/omitted-rows.ts';
import { render } from '../../src/chat/discord/render.ts';
import { renderCard } from '../../src/chat/slack/render.ts';
import { createComposer } from '../../src/delivery/compose.ts';
import { silent } from '../../src/telemetry/log.ts';
import { nvidia } from './golden-stories.ts';
import { catalogue } from './stories.ts';

test.each([
  ['en', '… and 7 more'],
  ['ko', '… 외 7개'],
])('in %s: %s', (language, text) => {
  expect(omittedRowsOf({ more: moreIn(catalogue.in(language)) })(7)).toBe(text);
});

const rows = Array.from({ length: 200 }, (_, n) => ({ label: `${n}`, text: '가'.repeat(100) }));

test('a posted card says in its own language how many rows are left out, on both platforms', async () => {
  const { card: posted } = await createComposer(catalogue, silent).compose([nvidia], 'ko');
  const card: Card = { ...posted, sections: [{ heading: '청구서', rows }] };
  const shown = [render({ card, key: 'k' }).body, renderCard(card).blocks()].map((body) => JSON.stringify(body));
  for (const text of shown) {
    expect(text).toMatch(/… 외 \d+개/);
    expect(text).not.toMatch(/ more"|and \d+ more/);
  }
});
