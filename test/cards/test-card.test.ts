import { describe, expect, it } from 'vitest';
import { edgeOf } from '../../src/cards/edge.ts';
import { buildCard, cardButtons } from '../../src/cards/story-cards.ts';
import type { TestStory } from '../../src/stories/channel-stories.ts';
import { cardText } from './card-text.ts';
import { nvidia } from './golden-stories.ts';
import { catalogue } from './stories.ts';

const story = (over: Partial<TestStory> = {}, recorded = false): TestStory => ({
  ...{ kind: 'test', symbol: '*', at: Date.parse('2025-06-02T14:00:00Z') },
  ...{ sample: { slide: nvidia, recorded }, ...over },
});

const REAL = buildCard([nvidia], 'en', catalogue);

describe('a test card', () => {
  it.each([
    ['en', "Test: this channel's last alert", 'Test card, requested 2 Jun 2025 10:00 New York.'],
    ['ko', '테스트: 이 채널의 가장 최근 알림', '테스트 카드, 2025년 6월 2일 10:00 뉴욕 요청.'],
  ])('is marked as a test in its title, first line and footer, in %s', (language, title, footer) => {
    const card = buildCard([story()], language, catalogue);
    expect(card.title.startsWith(title)).toBe(true);
    expect(card.title).not.toContain('▼');
    expect(edgeOf(card)).toBe(edgeOf({ tone: 'calm', edge: 'quiet' }));
    expect(card.lead[0]).toMatch(/^Nothing has happened now|테스트입니다/);
    expect(card.lead[1]).toMatch(/^▼ (Nvidia was|엔비디아, 당시)/);
    expect(card.footer.at(-1)).toBe(footer);
  });

  it('has the picture, tone, tag, bill and return of the slide, with its figures, and the time of its price', () => {
    const card = buildCard([story()], 'en', catalogue);
    expect([card.picture?.chart, card.tone, card.tag, card.at]).toEqual([
      REAL.picture?.chart,
      REAL.tone,
      'NVDA',
      REAL.at,
    ]);
    expect(card.sections.map(({ heading }) => heading)).toEqual(['THE AI BILL', 'THE RETURN']);
    expect(cardText(card)).toContain('$13.2B capex');
    expect(card.footer[0]).toMatch(/^30 Jul 2024 16:00/);
    expect(card.lead.slice(2)).toHaveLength(REAL.lead.length);
  });

  it('says whether it is the channel’s own last alert or a recorded one, and never that it is late', () => {
    const own = buildCard([story()], 'en', catalogue).title;
    const late = story({ sample: { slide: { ...nvidia, late: true }, recorded: true } });
    const card = buildCard([late], 'en', catalogue);
    expect(own).toBe("Test: this channel's last alert");
    expect(card.title).toBe('Test: this is how an alert looks');
    expect(cardText(card)).not.toContain('Posted late');
  });

  it('has the buttons of the slide but for ping and mute, and the settings', () => {
    const labels = cardButtons([story()], catalogue.in('en')).map(({ label }) => label);
    expect(labels).toEqual(['1M', '6M', '1Y', 'Sources', 'All settings']);
  });

  it('without a slide only says that it has arrived', () => {
    const { sample: _, ...bare } = story();
    const card = buildCard([bare], 'en', catalogue);
    expect(card.title).toBe('Test: cards reach this channel');
    expect(card.picture).toBeUndefined();
    expect(cardButtons([bare], catalogue.in('en')).map(({ label }) => label)).toEqual(['All settings']);
  });
});
