import { expect, test } from 'vitest';
import type { SlideFate } from '../../src/cards/card-updates.ts';
import { buildCard, cardButtons } from '../../src/cards/story-cards.ts';
import { withdrawnCard } from '../../src/cards/withdrawn-card.ts';
import { render } from '../../src/chat/discord/render.ts';
import { renderCard } from '../../src/chat/slack/render.ts';
import type { SlideStory } from '../../src/stories/slide-story.ts';
import type { WithdrawalStory } from '../../src/stories/withdrawal-story.ts';
import { checkMessage } from '../doubles/slack/check-message.ts';
import { nvidia, together0724 } from './golden-stories.ts';
import { catalogue } from './stories.ts';

const withdrawal = ({ symbol, name, session, alerts }: SlideStory, cause: 'unit' | 'close'): WithdrawalStory => ({
  ...{ kind: 'withdrawal', symbol, name, unit: 'usd', session, alerts, cause, source: 'yahoo' },
  at: Date.parse('2024-07-31T14:07:00Z'),
});

const fateOf = (story: SlideStory, cause: 'unit' | 'close' = 'unit'): SlideFate => ({
  story,
  withdrawn: true,
  withdrawal: withdrawal(story, cause),
});

const cardOf = (language: string, stories: readonly SlideStory[] = [nvidia]) => {
  const words = catalogue.in(language);
  const posted = { ...buildCard(stories, language, catalogue), actions: cardButtons(stories, words) };
  return withdrawnCard(
    words,
    posted,
    stories.map((story) => fateOf(story)),
  );
};

test('says that there was no such fall and why, and keeps what it said, struck through', () => {
  const card = cardOf('en');
  expect(card.title).toBe('Withdrawn: Nvidia did not fall');
  expect(card.lead).toEqual([
    'There was no such fall.',
    'Yahoo has since restated the earlier prices of Nvidia, as after a split; the alert compared prices of two units.',
  ]);
  expect(card.struck).toEqual([
    '▼ Nvidia is 23.5% below its peak',
    '$103.73, −7.0% today: its worst day since 19 Apr 2024.',
  ]);
  expect(card.footer).toEqual([
    'Alert of 30 Jul 2024 16:00 New York',
    'Withdrawn 31 Jul 2024 10:07 New York; counted in no statistic',
  ]);
});

test('has neither picture nor figures, and of the buttons the sources alone', () => {
  const card = cardOf('en');
  expect([card.picture, card.quiet, card.sections]).toEqual([undefined, undefined, []]);
  expect(card.actions?.map(({ label }) => label)).toEqual(['Sources']);
});

test('is written in Korean', () => {
  expect(cardOf('ko')).toMatchObject({
    title: '철회: 엔비디아 하락 없었음',
    struck: ['▼ 엔비디아, 고점 대비 23.5% 하락', expect.stringContaining('103.73달러')],
    footer: ['2024년 7월 30일 16:00 뉴욕 알림', '2024년 7월 31일 10:07 뉴욕 철회, 어떤 통계에도 포함되지 않음'],
  });
});

test('of several has a title of one line, and a reason that holds for all once', () => {
  const words = catalogue.in('en');
  const slides = together0724.slice(0, 3);
  const card = withdrawnCard(
    words,
    buildCard(together0724, 'en', catalogue),
    slides.map((story, at) => fateOf(story, at === 0 ? 'unit' : 'close')),
  );
  expect(card.title).toBe('Withdrawn: there was no such fall');
  expect(card.title.length).toBeLessThanOrEqual(34);
  const [of, also, last] = slides.map(({ name }) => name.en);
  expect(card.lead).toEqual([
    'There was no such fall.',
    `Yahoo has since restated the earlier prices of ${of}, as after a split; the alert compared prices of two units.`,
    `Yahoo has since corrected its closing price of ${also} and ${last}.`,
  ]);
});

test('without the word of when it was withdrawn still says what it was', () => {
  const words = catalogue.in('en');
  const card = withdrawnCard(words, buildCard([nvidia], 'en', catalogue), [{ story: nvidia, withdrawn: true }]);
  expect(card.lead).toEqual(['There was no such fall.']);
  expect(card.footer).toEqual(['Alert of 30 Jul 2024 16:00 New York']);
});

test('is grey on Discord, with what it said between tildes, and struck by style on Slack', () => {
  const body = JSON.stringify(render({ card: cardOf('en'), key: '1' }).body);
  expect(body).toContain(`"accent_color":${0x6b7a8f}`);
  expect(body).toContain('~~▼ Nvidia is 23.5%\u00a0below its peak~~');
  const { text, blocks } = renderCard(cardOf('en'));
  expect(checkMessage({ text, blocks: blocks(), metadata: undefined }, () => false)).toEqual([]);
  expect(JSON.stringify(blocks())).toContain(
    '{"type":"text","text":"▼ Nvidia is 23.5%\u00a0below its peak","style":{"strike":true}}',
  );
});
