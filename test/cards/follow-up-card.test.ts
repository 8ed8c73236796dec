import { describe, expect, test } from 'vitest';
import type { Card } from '../../src/cards/card.ts';
import { followUpCard } from '../../src/cards/follow-up-card.ts';
import { buildCard, cardButtons } from '../../src/cards/story-cards.ts';
import { renderContent } from '../../src/chat/discord/render.ts';
import { renderCard } from '../../src/chat/slack/render.ts';
import { toMicros } from '../../src/market/money.ts';
import type { Alert } from '../../src/stories/alert.ts';
import type { SlideStory } from '../../src/stories/slide-story.ts';
import { checkMessage } from '../doubles/slack/check-message.ts';
import { nvidia } from './golden-stories.ts';
import { catalogue, day, dayRise, drawdown, rise, setPrice, storyAt, within } from './stories.ts';

const SESSION = '2024-07-30';
const LINK = 'https://example.com/1';
const at = (time: string): number => Date.parse(`${SESSION}T${time}-04:00`);

const PEAK = { price: 135.58, session: '2024-06-18', sessions: 28 };
const close = (price: number) =>
  ({ symbol: 'NVDA', session: SESSION, close: price, previous: 111.59, peak: PEAK }) as const;
const told = (price: number, time: string, ...alerts: readonly Alert[]): SlideStory =>
  storyAt(close(price), { alerts, observedAt: at(time), final: false, beside: nvidia.beside });

const first = told(108.4, '10:41', drawdown(close(108.4), 252, 20));
const deeper = told(103.62, '14:52', day(close(103.62), 7));

const cardOf = (story: SlideStory, language = 'en', earlier = first, tied = true): Card => {
  const words = catalogue.in(language);
  const card = { ...buildCard([story], language, catalogue), actions: cardButtons([story], words) };
  return followUpCard(words, card, { story, earlier, link: LINK, tied });
};
const plain = (text: string) => text.replaceAll(/[\u00a0\u202f]/g, ' ');
const texts = ({ title, lead, earlier }: Card): string[] =>
  [title, ...lead, ...(earlier ? [earlier.text] : [])].map(plain);

describe('a fall that goes on', () => {
  test('is told with its depth and the day, though it is a level of the day that it reached', () => {
    expect(texts(cardOf(deeper))).toEqual([
      '▼ Nvidia now 23.6% below its peak',
      '$103.62, −7.1% so far today.',
      'Earlier today: −20.0% at 10:41 New York time',
    ]);
    expect(texts(cardOf(deeper, 'ko'))).toEqual([
      '▼ 엔비디아, 고점 대비 낙폭 23.6%로 확대',
      '103.62달러, 오늘 장중 −7.1%.',
      '오늘 앞선 알림: 뉴욕 시각 10:41 −20.0%',
    ]);
    expect(cardOf(deeper).strong).toBe('$103.62, −7.1% so far today');
    expect(cardOf(deeper).earlier?.link).toBe(LINK);
  });

  test('has no picture, no figures and no buttons, and says only when its price was', () => {
    const rates = { since: '2015-01-02', level: 2_000, cases: 5, sessionsToNewHigh: 71 };
    expect(cardOf({ ...deeper, rates }, 'en', first, false).quiet).toBeDefined();
    const card = cardOf({ ...deeper, rates });
    expect([card.picture, card.sections, card.actions, card.published, card.quiet]).toEqual([
      undefined,
      [],
      [],
      undefined,
      undefined,
    ]);
    expect(card.footer).toEqual(['30 Jul 2024 14:52 New York (Yahoo)']);
    expect(card).toMatchObject({ tone: 'red', tag: 'NVDA', at: at('14:52') });
  });

  test('has a title of one line for a longer name', () => {
    const { title } = cardOf({ ...deeper, name: { en: 'Microsoft', ko: '마이크로소프트' } });
    expect(title).toBe('▼ Microsoft now 23.6% below peak');
  });

  test('is valid on both platforms: a reply names the first message, a message on Slack links it', () => {
    const card = cardOf(deeper);
    const discord = JSON.stringify(renderContent(card, undefined).body.components);
    expect(plain(discord)).toContain('Earlier today: −20.0% at 10:41');
    expect(discord).not.toContain(LINK);
    const { text, blocks } = renderCard(card);
    expect(checkMessage({ text, blocks: blocks(), metadata: undefined }, () => false)).toEqual([]);
    expect(JSON.stringify(blocks())).toContain(LINK);
  });

  test('keeps its own title where that is of a window, of minutes or of a price that was set, and says what is off', () => {
    expect(texts(cardOf(told(103.62, '14:52', drawdown(close(103.62), 20, 20)))).slice(0, 2)).toEqual([
      '▼ Nvidia fell 23.6% in 28 sessions',
      '$103.62, −7.1% so far today.',
    ]);
    expect(texts(cardOf(told(103.62, '14:52', within(close(103.62), 30, 4, 108, 300))))).toEqual([
      '▼ Nvidia fell 4.1% in 30 minutes',
      '$103.62, −7.1% so far today.',
      'From $108.00 at 14:30 New York time.',
      'Earlier today: −20.0% at 10:41 New York time',
    ]);
    const set = cardOf(told(103.62, '14:52', setPrice(close(103.62), 'below', 105)));
    expect(texts(set)).toEqual([
      '▼ Nvidia is below $105.00',
      '$103.62, −7.1% so far today.',
      'This price alert is off now; set it again for another.',
      'Earlier today: −2.9% at 10:41 New York time',
    ]);
    const alsoFast = told(103.62, '14:52', day(close(103.62), 7), within(close(103.62), 30, 4, 108, 300));
    expect(cardOf(alsoFast).lead).toHaveLength(1);
    const both = told(103.62, '14:52', day(close(103.62), 7), setPrice(close(103.62), 'below', 105));
    expect(texts(cardOf(both))[2]).toBe('Below $105.00, as set here; that price alert is off now.');
  });

  test('says that it is late, or in another unit', () => {
    const late = texts(cardOf({ ...deeper, late: true, final: true }));
    expect(late[0]).toBe('▼ Nvidia fell 7.1% on 30 Jul');
    expect(late[2]).toMatch(/^Posted late/);
    expect(texts(cardOf({ ...deeper, unitFactor: 0.1 }))[2]).toMatch(/counts in another unit/);
  });
});

test('a platform that cannot tie it to the first message gets the whole card', () => {
  const card = cardOf(deeper, 'en', first, false);
  expect(card.picture).toBeDefined();
  expect(card.sections.length).toBeGreaterThan(0);
  expect(card.actions).toHaveLength(6);
  // As its title measures, from the close before.
  expect(card.earlier?.text).toBe('Earlier today: −2.9% at 10:41 New York time');
});

describe('a rise', () => {
  const up = (price: number, time: string, alert: Alert) => ({
    ...told(price, time, alert),
    day: { previous: toMicros(111.59), recordFrom: '1999-01-22' },
  });

  test('that goes on is short, too, measured from its low', () => {
    const [low, high] = [up(120, '10:02', rise(close(120), 20, 100)), up(126, '11:20', rise(close(126), 25, 100))];
    expect(texts(cardOf(high, 'en', low))).toEqual([
      '▲ Nvidia is 26.0% above its low',
      '$126.00, +12.9% so far today.',
      'Earlier today: +20.0% at 10:02 New York time',
    ]);
  });

  test('after a fall is a story of its own, with its picture, that names the fall as it was told', () => {
    const card = cardOf(up(120, '14:52', dayRise(close(120), 5)));
    expect(card.picture).toBeDefined();
    expect(card.actions).toHaveLength(6);
    expect(card.earlier?.text).toBe('Earlier today: −20.0% at 10:41 New York time');
  });
});
