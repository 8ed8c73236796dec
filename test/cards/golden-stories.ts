import type { RelatedFigures } from '../../src/facts/related-figures.ts';
import { toMicros } from '../../src/market/money.ts';
import type { SlideStory } from '../../src/stories/slide-story.ts';
import { day, drawdown, type Name, shown, storyAt } from './stories.ts';

const quarter = { start: '2024-01-01', end: '2024-03-31' };

/** What was known at the close of 2024-07-30; figures and days from the companies' releases and filings. */
export const besideNvidia: RelatedFigures = {
  bill: [
    shown(
      {
        subject: 'GOOGL',
        metric: 'capex_cash',
        label: '2024 Q2',
        period: { start: '2024-04-01', end: '2024-06-30' },
        value: 13_186,
        unit: 'USD_M',
        basis: 'cash_ppe',
        published: '2024-07-23',
        source: { title: '10-Q', url: 'https://www.sec.gov/googl' },
      },
      { yoyPercent: 91.4 },
    ),
    shown(
      {
        subject: 'MSFT',
        metric: 'capex_incl_leases',
        label: 'FY2024 Q3',
        period: quarter,
        value: 14_000,
        unit: 'USD_M',
        basis: 'incl_finance_leases',
        published: '2024-04-25',
        source: { title: 'Call', url: 'https://www.microsoft.com/fy24q3' },
      },
      { yoyPercent: 79.5 },
    ),
  ],
  return: [
    shown(
      {
        subject: 'NVDA',
        metric: 'datacenter_revenue',
        label: 'FY2025 Q1',
        period: { start: '2024-01-29', end: '2024-04-28' },
        value: 22_563,
        unit: 'USD_M',
        basis: 'market_platform_revenue',
        published: '2024-05-22',
        source: { title: 'Release', url: 'https://nvidianews.nvidia.com/q1' },
      },
      { yoyPercent: 426.7 },
    ),
    shown({
      subject: 'MSFT',
      metric: 'azure_ai_points',
      label: 'FY2024 Q3',
      period: quarter,
      value: 7,
      unit: 'points',
      basis: 'growth_contribution',
      published: '2024-04-25',
      source: { title: 'Call', url: 'https://www.microsoft.com/fy24q3' },
    }),
  ],
  four: { quarter, capex: 44_289, reported: 4, of: 4, ofOperatingCashFlow: 45.2, yoyPercent: 30.6 },
};

const besideIndex: RelatedFigures = {
  bill: [],
  return: besideNvidia.return.slice(1),
  four: { quarter, capex: 44_289, reported: 4, of: 4, ofOperatingCashFlow: 45.2, yoyPercent: 30.6 },
};

const nvda = {
  symbol: 'NVDA',
  session: '2024-07-30',
  close: 103.73,
  previous: 111.59,
  worstSince: '2024-04-19',
  peak: { price: 135.58, session: '2024-06-18', sessions: 28 },
} as const;

/** DESIGN section 4: 252/20% fires once that summer. 24.6 billion shares. */
const nvidia0730 = storyAt(nvda, {
  alerts: [drawdown(nvda, 252, 20), day(nvda, 7)],
  valueLost: 783_510_000_000,
  beside: besideNvidia,
});
export const nvidia: SlideStory = { ...nvidia0730, chart: { ...nvidia0730.chart, level: 20 } };

const ixicDay = {
  symbol: 'IXIC',
  session: '2024-07-24',
  close: 17_342.41,
  previous: 17_997.35,
  worstSince: '2022-10-07',
  peak: { price: 18_647.45, session: '2024-07-10', sessions: 10 },
} as const;

/** DESIGN section 4: the day fires; 6.998% drawdown does not. */
export const nasdaqDay: SlideStory = storyAt(ixicDay, { alerts: [day(ixicDay, 2.5)], beside: besideIndex });

const ixicTen = {
  symbol: 'IXIC',
  session: '2024-08-02',
  close: 16_776.16,
  previous: 17_194.15,
  peak: { price: 18_647.45, session: '2024-07-10', sessions: 17 },
} as const;

export const nasdaqTen: SlideStory = storyAt(ixicTen, { alerts: [drawdown(ixicTen, 252, 10)] });

const mag7 = {
  symbol: 'MAG7',
  session: '2024-07-24',
  close: 15_432.1,
  previous: 16_183.4,
  peak: { price: 17_211.7, session: '2024-07-10', sessions: 10 },
} as const;

export const mag7Ten: SlideStory = storyAt(mag7, {
  alerts: [drawdown(mag7, 252, 10)],
  valueLost: 1_779_600_000_000,
});

export const mag7Value: SlideStory = {
  ...mag7Ten,
  alerts: [
    {
      kind: 'value',
      symbol: 'MAG7',
      session: mag7.session,
      price: toMicros(mag7.close),
      window: 252,
      level: 1500,
      peak: toMicros(mag7.peak.price),
      peakSession: mag7.peak.session,
      sessions: mag7.peak.sessions,
    },
  ],
};

const fell = (symbol: Name, close: number, previous: number): SlideStory => {
  const at = { symbol, session: '2024-07-24', close, previous } as const;
  return storyAt(at, { alerts: [day(at, 2.5)] });
};

const nvdaWindow = {
  symbol: 'NVDA',
  session: '2024-07-24',
  close: 114.25,
  previous: 122.59,
  peak: { price: 134.91, session: '2024-07-10', sessions: 10 },
} as const;

/** A 20-session level alone, its peak later than the year's. */
export const nvidiaWindow: SlideStory = storyAt(nvdaWindow, {
  alerts: [drawdown(nvdaWindow, 20, 15)],
  peak: { price: toMicros(135.58), session: '2024-06-18', sessions: 24 },
  valueLost: 524_718_000_000,
});

/** Closes of 2024-07-24 and the session before. */
export const companies0724: readonly SlideStory[] = [
  fell('AMZN', 180.83, 186.41),
  fell('MSFT', 428.9, 444.85),
  fell('GOOGL', 172.63, 181.79),
  fell('META', 461.27, 488.69),
  nvidiaWindow,
  fell('TSLA', 215.99, 246.38),
];

export const together0724: readonly SlideStory[] = [...companies0724, nasdaqDay];
