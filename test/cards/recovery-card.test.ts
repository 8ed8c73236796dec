import { describe, expect, it } from 'vitest';
import { buildCard } from '../../src/cards/story-cards.ts';
import { loadWatchlist } from '../../src/market/watchlist.ts';
import { buildRecoveryStory } from '../../src/slides/build-recovery-story.ts';
import { foldBars } from '../../src/slides/fold.ts';
import { summer } from '../slides/samples.ts';
import { catalogue, closeOf } from './stories.ts';

const { symbols, rules } = loadWatchlist();

/** The first recovery that the closes of a symbol show, from real closes. */
const storyOf = (symbol: string, late = false) => {
  const watched = symbols.get(symbol);
  const [recovery] = foldBars({ rules: rules[watched?.kind ?? 'stock'] }, symbol, summer(symbol)).recoveries;
  if (!watched || !recovery) throw new Error(`no recovery of ${symbol}`);
  const bars = summer(symbol).filter(({ session }) => session <= recovery.session);
  return buildRecoveryStory({ watched, recovery, bars, observedAt: closeOf(recovery.session), late, source: 'yahoo' });
};

describe('the card of a recovery', () => {
  const story = storyOf('IXIC');

  it('gives the new high, the low and the duration', () => {
    const card = buildCard([story], 'en', catalogue);
    expect(card.title).toBe('▲ The Nasdaq: 252-session high');
    expect(card.lead).toEqual([
      'Closed at 13,240.77, +29.6% from the low of 28 Dec 2022.',
      'The fall was 35.5%, from the peak of 15,832.80 on 3 Jan 2022 to 10,213.29 on 28 Dec 2022; 355 sessions from peak to new high.',
    ]);
    expect(card).toMatchObject({ kind: 'recovery', tone: 'calm', tag: 'IXIC' });
  });

  it('shows the whole drawdown, with an alt text', () => {
    const { picture } = buildCard([story], 'en', catalogue);
    expect(story.chart.points.at(-(story.chart.shown ?? 0))?.session).toBe('2022-01-03');
    expect(picture?.alt).toBe(
      'The Nasdaq from 3 Jan 2022 to 2 Jun 2023: down to 10,213.29 on 28 Dec 2022, and back to 13,240.77.',
    );
  });

  it('has a picture of the fall that the text tells: its peak, its lowest close and the rise since then', () => {
    expect(buildCard([story], 'en', catalogue).picture?.chart).toMatchObject({
      figures: {
        price: '13,240.77',
        sinceLowest: '+29.6%',
        window: '252D',
        peak: '15,832.80',
        lowest: { session: '2022-12-28', price: '10,213.29', depth: '−35.5%' },
      },
    });
  });

  it('is written in Korean', () => {
    const card = buildCard([story], 'ko', catalogue);
    expect(card.title).toBe('▲ 나스닥, 252거래일 최고 종가 경신');
    expect(card.lead[0]).toBe('종가 13,240.77, 2022년 12월 28일 저점 대비 +29.6%.');
  });

  it('gives the prices of a stock in dollars', () => {
    // NVDA.csv of the samples: 30.121 on 3 Jan 2022, 11.227 on 14 Oct 2022.
    const nvidia = storyOf('NVDA');
    expect(buildCard([nvidia], 'en', catalogue).lead[1]).toMatch(/ from the peak of \$30\.12 on .* to \$11\.23 on /);
    expect(buildCard([nvidia], 'ko', catalogue).lead[1]).toMatch(/^고점 30\.12달러\(.*\)에서 11\.23달러\(/);
  });

  it('has its date if it is posted late', () => {
    const card = buildCard([storyOf('IXIC', true)], 'en', catalogue);
    expect(card.title).toBe('▲ The Nasdaq: 252-session high');
    expect(card.lead.at(-1)).toBe('Posted late: Slidewatch was down or had no prices at the time.');
  });
});
