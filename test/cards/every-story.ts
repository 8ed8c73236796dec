import { join } from 'node:path';
import { loadFacts } from '../../src/facts/fact-files.ts';
import { reportedFigures } from '../../src/facts/figures.ts';
import { createLedger } from '../../src/facts/ledger.ts';
import { loadWatchlist } from '../../src/market/watchlist.ts';
import { buildRecoveryStory } from '../../src/slides/build-recovery-story.ts';
import { foldBars } from '../../src/slides/fold.ts';
import type { Story } from '../../src/stories/story.ts';
import { root } from '../../src/util/read-config.ts';
import { digestFor } from '../digest/digests.ts';
import { summer } from '../slides/samples.ts';
import { metaAfterHours } from './after-hours-story.ts';
import { billStory } from './bill-stories.ts';
import { mag7Value, nasdaqDay, nvidia, together0724 } from './golden-stories.ts';
import { closeOf } from './stories.ts';

const NVDA = { symbol: 'NVDA', name: { en: 'Nvidia', ko: '엔비디아' }, unit: 'usd' } as const;
const at = Date.parse('2024-07-30T20:05:00Z');
const pause = { text: 'The bot may not post.', key: 'discord-write' };
const place = { symbol: '*', platform: 'discord', workspace: '1', address: '112233445566778899' } as const;

export const recovery = (): Story => {
  const { symbols, rules } = loadWatchlist();
  const watched = symbols.get('IXIC');
  const [found] = foldBars({ rules: rules.index }, 'IXIC', summer('IXIC')).recoveries;
  if (!watched || !found) throw new Error('no recovery');
  const bars = summer('IXIC').filter(({ session }) => session <= found.session);
  const observedAt = closeOf(found.session);
  return buildRecoveryStory({ watched, recovery: found, bars, observedAt, late: true, source: 'yahoo' });
};

const figures = (): Story => {
  const found = reportedFigures(
    createLedger(loadFacts(join(root, 'config/facts'))),
    'MSFT',
    '2024-06-30',
    '2024-07-30',
  );
  if (!found) throw new Error('no figures');
  const name = { en: 'Microsoft', ko: '마이크로소프트' };
  return { kind: 'figures', symbol: 'MSFT', name, published: '2024-07-30', figures: found };
};

const [headline] = nvidia.alerts;
const digest = digestFor('2024-07-24');

/** Cards of every kind of story, several where they look different. */
export const EVERY_STORY: Readonly<Record<Story['kind'], readonly (readonly Story[])[]>> = {
  slide: [[nvidia], [nasdaqDay], [mag7Value], together0724],
  'after-hours': [[metaAfterHours], [{ ...metaAfterHours, results: 'due', reported: [], beside: nvidia.beside }]],
  recovery: [[recovery()]],
  withdrawal: [
    [
      {
        ...{ kind: 'withdrawal', ...NVDA, session: '2024-07-30', alerts: nvidia.alerts },
        ...{ cause: 'unit', source: 'yahoo', at },
      },
    ],
  ],
  figures: [[figures()]],
  bill: [
    [billStory('META', '2025-04-30', 'guidance')],
    [billStory('AMZN', '2025-07-31', 'share')],
    [billStory('GOOGL', '2026-07-22', 'above-cash-flow')],
  ],
  digest: [[digest], [digestFor('2024-07-30')]],
  summary: headline
    ? [[{ kind: 'summary', symbol: '*', from: at, to: at + 1, held: [{ ...NVDA, price: nvidia.price, at, headline }] }]]
    : [],
  'mute-end': [
    [{ kind: 'mute-end', symbol: '*', muted: ['NVDA'], counts: [{ symbol: 'NVDA', count: 1 }], at }],
    [
      {
        ...{ kind: 'mute-end', symbol: '*', muted: ['*'], at },
        counts: Array.from({ length: 40 }, (_, n) => ({ symbol: `SYMBOL${n}`, count: 41 - n })),
        ...(headline && { deepest: { ...NVDA, price: nvidia.price, at, headline } }),
      },
    ],
  ],
  notice: (['no-data', 'data-back'] as const).map((notice) => [
    { kind: 'notice', symbol: '*', notice, source: 'Yahoo', since: at, at: at + 1 },
  ]),
  greeting: ['discord', 'slack'].flatMap((platform) => [
    [{ kind: 'greeting', symbol: '*', platform, destination: true }],
    [{ kind: 'greeting', symbol: '*', platform, destination: false }],
    [{ kind: 'greeting', symbol: '*', platform, destination: true, back: true }],
  ]),
  trouble: [[{ kind: 'trouble', ...place, at }], [{ kind: 'trouble', ...place, pause, at }]],
  test: [[{ kind: 'test', symbol: '*', at }]],
};
