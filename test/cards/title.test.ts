import { describe, expect, test } from 'vitest';
import { EXAMPLES } from '../../commands/examples.ts';
import type { Card } from '../../src/cards/card.ts';
import { buildCard } from '../../src/cards/story-cards.ts';
import { firstFitting, withoutMark } from '../../src/cards/title.ts';
import { draftOf } from '../../src/chat/discord/draft.ts';
import { renderCard } from '../../src/chat/slack/render.ts';
import type { SlideStory } from '../../src/stories/slide-story.ts';
import { askingAt, context } from '../commands/asking.ts';
import { digestFor } from '../digest/digests.ts';
import { metaAfterHours } from './after-hours-story.ts';
import { billStory } from './bill-stories.ts';
import {
  companies0724,
  mag7Ten,
  mag7Value,
  nasdaqDay,
  nasdaqTen,
  nvidia,
  nvidiaWindow,
  together0724,
} from './golden-stories.ts';
import { catalogue, day, dayRise, drawdown, rise, setPrice, storyAt, within } from './stories.ts';

const at = {
  symbol: 'MSFT',
  session: '2024-08-05',
  close: 395.15,
  previous: 408.49,
  peak: { price: 467.56, session: '2024-07-05', sessions: 21 },
} as const;

const seven = { ...at, symbol: 'MAG7' } as const;

/** Every kind of headline, of the company with the longest name, of the index and of the sum. */
const slides: SlideStory[] = [
  ...[
    drawdown(at, 252, 15),
    drawdown(at, 20, 15),
    day(at, 2.5),
    within(at, 120, 4, 412, 60),
    setPrice(at, 'below', 400),
    rise(at, 100, 189.2),
    dayRise({ ...at, previous: 358.49 }, 10),
  ].map((alert) => storyAt(at, { alerts: [alert] })),
  ...[rise(seven, 20, 300), dayRise({ ...seven, previous: 358.49 }, 10)].map((alert) =>
    storyAt(seven, { alerts: [alert] }),
  ),
  ...[nvidia, nvidiaWindow, nasdaqDay, nasdaqTen, mag7Ten, mag7Value],
];
const everyWay = slides.flatMap((story) => [story, { ...story, late: true }, { ...story, final: false }]);

const risen = (symbol: 'NVDA' | 'META' | 'MSFT'): SlideStory => {
  const to = { symbol, session: '2024-07-24', close: 110, previous: 100 } as const;
  return storyAt(to, { alerts: [rise(to, 20, 90)] });
};

const alerts = (language: string): Card[] =>
  [
    ...everyWay.map((story) => [story]),
    together0724,
    companies0724,
    companies0724.slice(0, 3),
    [...companies0724.slice(0, 2), risen('NVDA'), risen('MSFT')],
    [risen('NVDA'), risen('META'), risen('MSFT')],
    ...['2024-07-01', '2024-07-16', '2024-07-24', '2024-08-05'].map((session) => [digestFor(session)]),
    [metaAfterHours],
    [billStory('META', '2025-04-30', 'guidance')],
    [billStory('AMZN', '2025-07-31', 'share')],
    [billStory('GOOGL', '2026-07-22', 'above-cash-flow')],
  ].map((stories) => buildCard(stories, language, catalogue));

describe.each(catalogue.languages)('in %s', (language) => {
  test('the title of a card that comes unasked is one line on a phone: 34 characters, or 35 with a long name', () => {
    for (const { title } of alerts(language)) {
      const limit = title.includes('Microsoft') ? 35 : 34;
      expect(title.length, title).toBeLessThanOrEqual(limit);
    }
  });

  test('a lead has one to four lines', () => {
    for (const { lead, title } of alerts(language)) {
      expect(lead.length, title).toBeGreaterThan(0);
      expect(lead.length, `${title}\n${lead.join('\n')}`).toBeLessThanOrEqual(4);
    }
  });

  test('what is bold is how the first line begins', () => {
    for (const { strong, lead, title } of alerts(language))
      if (strong !== undefined) expect(lead[0]?.startsWith(strong), `${title}\n${lead[0]}\n${strong}`).toBe(true);
  });

  test('the title and the first line stand alone in a notification, on both platforms', () => {
    for (const card of alerts(language)) {
      expect(renderCard(card).text.split('\n').length).toBeLessThanOrEqual(2);
      expect(draftOf(card).lead.lines.length).toBeGreaterThan(0);
      expect(`${card.title} ${card.lead[0]}`).not.toMatch(/picture|below:|그림/);
    }
  });

  test('the title of an answer has no mark and at most 56 characters, without the names that people type', async () => {
    const asking = askingAt({ language });
    for (const { name, options } of EXAMPLES) {
      const answer = await asking.question(name, { ...options });
      if (answer.kind !== 'card' || name.startsWith('alerts') || name.startsWith('setup')) continue;
      expect(answer.card.title, name).not.toMatch(/^[▼■◐]/u);
    }
    expect(context.catalogue.languages).toContain(language);
  });
});

test('of several wordings the first that fits is taken, else the last', () => {
  expect(firstFitting(['x'.repeat(35), 'short', 'shorter'])).toBe('short');
  expect(firstFitting(['x'.repeat(34), 'short'])).toBe('x'.repeat(34));
  expect(firstFitting(['x'.repeat(40), 'y'.repeat(36)])).toBe('y'.repeat(36));
});

test.each(['▼ Nvidia fell', '◐ Nvidia fell', '▲ Nvidia fell', 'Nvidia fell'])(
  'without its mark %s reads the same',
  (title) => {
    expect(withoutMark(title)).toBe('Nvidia fell');
  },
);
