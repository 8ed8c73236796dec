import { expect, it } from 'vitest';
import { createComposer } from '../../src/delivery/compose.ts';
import { loadCatalogue } from '../../src/i18n/catalogue.ts';
import { silent } from '../../src/telemetry/log.ts';
import { drawdown, storyAt } from '../cards/stories.ts';

const close = {
  symbol: 'NVDA' as const,
  session: '2024-07-30',
  close: 80,
  previous: 100,
  peak: { price: 100, session: '2024-07-10', sessions: 14 },
};

it('a card is built once per language, and its picture once per palette, however many channels get it', async () => {
  const { compose } = createComposer(loadCatalogue(), silent);
  const story = storyAt(close, { alerts: [drawdown(close, 252, 10)] });
  const made = await Promise.all(Array.from({ length: 1_000 }, (_, n) => compose([story], n % 2 === 0 ? 'en' : 'ko')));
  expect(new Set(made.map(({ card }) => card)).size).toBe(2);
  expect(new Set(made.map(({ png }) => png)).size).toBe(2);
  expect(made[0]?.png?.length).toBeGreaterThan(1_000);
  expect(made[0]?.card.title).not.toBe(made[1]?.card.title);
});

it('falls are drawn in the colour that readers of the language expect', async () => {
  const drawn: (string | undefined)[] = [];
  const { compose } = createComposer(loadCatalogue(), silent, async (_, falls) => {
    drawn.push(falls);
    return new Uint8Array(1);
  });
  const story = storyAt(close, { alerts: [drawdown(close, 252, 10)] });
  for (const language of ['en', 'ko', 'en']) await compose([story], language);
  expect(drawn).toEqual(['red', 'blue']);
});

it('a card whose picture could not be drawn is made without it, and drawn again the next time', async () => {
  let broken = true;
  const { compose } = createComposer(loadCatalogue(), silent, async () => {
    if (broken) throw new Error('cannot be drawn');
    return new Uint8Array(1);
  });
  const story = storyAt(close, { alerts: [drawdown(close, 252, 10)] });
  const first = await compose([story], 'en');
  expect(first).not.toHaveProperty('png');
  expect(first.card.title).not.toBe('');
  broken = false;
  const again = await compose([story], 'en');
  expect(again.png).toHaveLength(1);
  expect(await compose([story], 'en')).toBe(again);
});
