import { expect, test } from 'vitest';
import { buildCard } from '../../src/cards/story-cards.ts';
import type { GreetingStory, TestStory } from '../../src/stories/channel-stories.ts';
import { cardText } from './card-text.ts';
import { catalogue } from './stories.ts';

const greeting = (platform: string, destination: boolean): GreetingStory => ({
  kind: 'greeting',
  symbol: '*',
  platform,
  destination,
});

const sent: TestStory = { kind: 'test', symbol: '*', at: Date.parse('2024-07-30T20:05:00Z') };

test('a greeting says what is posted in the channel, and gives commands as typed on the platform', () => {
  const card = buildCard([greeting('slack', true)], 'en', catalogue);
  expect(card.title).toBe('Slidewatch now posts in this channel');
  expect(card.sections[0]?.rows.map(({ label }) => label)).toEqual([
    '/slidewatch setup',
    '/slidewatch alerts show',
    '/slidewatch alerts test',
    '/slidewatch help',
  ]);
});

test('a greeting in a channel without cards says how to set it up', () => {
  const card = buildCard([greeting('discord', false)], 'en', catalogue);
  expect(card.title).toBe("Slidewatch is here, but doesn't post anywhere yet");
  expect(cardText(card)).toContain('Type /setup in the channel where it should post');
  expect(cardText(card)).not.toContain('alerts');
});

test('after an absence it says in one line that cards come again, and nothing of how to set up', () => {
  const back: GreetingStory = { ...greeting('discord', true), back: true };
  for (const [language, title] of [
    ['en', 'Slidewatch is back in this channel'],
    ['ko', 'Slidewatch가 이 채널로 돌아왔습니다'],
  ] as const) {
    const card = buildCard([back], language, catalogue);
    expect(card.title).toContain(title);
    expect(card.lead).toHaveLength(1);
    expect([card.sections, card.footer]).toEqual([[], []]);
  }
});

test('both are written in Korean', () => {
  expect(cardText(buildCard([greeting('discord', false)], 'ko', catalogue))).toContain('/setup 명령을 입력해 주세요');
  expect(buildCard([greeting('slack', true)], 'ko', catalogue).title).toContain(
    '이제 Slidewatch가 이 채널에 카드를 올립니다',
  );
  expect(buildCard([sent], 'ko', catalogue).lead[0]).toContain('시장 변동과 관계없는 테스트입니다');
});

test('a test card says that it is a test, and when it was requested', () => {
  const text = cardText(buildCard([sent], 'en', catalogue));
  expect(text).toContain('Test: cards reach this channel');
  expect(text).toContain('30 Jul 2024 16:05 New York');
});
