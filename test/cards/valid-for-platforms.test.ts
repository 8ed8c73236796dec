import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { buildCard, cardButtons } from '../../src/cards/story-cards.ts';
import { withoutParts } from '../../src/chat/discord/parts.ts';
import { render } from '../../src/chat/discord/render.ts';
import { cardWithout } from '../../src/chat/slack/optional-parts.ts';
import { renderCard } from '../../src/chat/slack/render.ts';
import { loadFacts } from '../../src/facts/fact-files.ts';
import { reportedFigures } from '../../src/facts/figures.ts';
import { createLedger } from '../../src/facts/ledger.ts';
import { loadWatchlist } from '../../src/market/watchlist.ts';
import { buildRecoveryStory } from '../../src/slides/build-recovery-story.ts';
import { foldBars } from '../../src/slides/fold.ts';
import { OPTIONAL_PARTS } from '../../src/stories/lacks.ts';
import type { Story } from '../../src/stories/story.ts';
import { root } from '../../src/util/read-config.ts';
import { PNG } from '../chat/discord/samples.ts';
import { digestFor } from '../digest/digests.ts';
import { ruleFaults } from '../doubles/discord/rules.ts';
import { schemaFaults } from '../doubles/discord/schema.ts';
import { checkMessage } from '../doubles/slack/check-message.ts';
import { summer } from '../slides/samples.ts';
import { metaAfterHours } from './after-hours-story.ts';
import { billStory } from './bill-stories.ts';
import { mag7Value, nasdaqDay, nvidia, together0724 } from './golden-stories.ts';
import { catalogue, closeOf } from './stories.ts';

const FILE = 'F0000000001';
const NVDA = { symbol: 'NVDA', name: { en: 'Nvidia', ko: '엔비디아' }, unit: 'usd' } as const;
const at = Date.parse('2024-07-30T20:05:00Z');
const pause = { text: 'The bot may not post.', key: 'discord-write' };
const place = { symbol: '*', platform: 'discord', workspace: '1', address: '112233445566778899' } as const;

const recovery = (): Story => {
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
const CARDS: Readonly<Record<Story['kind'], readonly (readonly Story[])[]>> = {
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

const every = Object.entries(CARDS).flatMap(([kind, all]) =>
  all.flatMap((stories, n) => catalogue.languages.map((language) => [kind, n, language, stories] as const)),
);

/** The ways in which optional parts may be left out: none, each alone, all. */
const WAYS = [[], ...OPTIONAL_PARTS.map((part) => [part]), OPTIONAL_PARTS];

const cardIn = (stories: readonly Story[], language: string) => ({
  ...buildCard(stories, language, catalogue),
  actions: cardButtons(stories, catalogue.in(language)),
});

test('there is a card of every kind', () => {
  for (const all of Object.values(CARDS)) expect(all.length).toBeGreaterThan(0);
});

describe('a card is valid for the platform, with its buttons, a ping and a picture, and without any of them:', () => {
  test.each(every)('%s %i in %s on Discord', (_kind, _n, language, stories) => {
    const card = cardIn(stories, language);
    const whole = {
      channelId: '1',
      key: 'sw-abc123-1',
      maybePosted: false,
      card,
      png: PNG,
      ping: '300000000000000001',
    };
    for (const way of WAYS) {
      const { body, files } = render(withoutParts(whole, way));
      const uploaded = files.map(({ name, data, contentType }, n) => ({
        ...{ field: `files[${n}]`, name, type: contentType, bytes: data },
      }));
      expect([...schemaFaults(body), ...ruleFaults(body, uploaded)], way.join()).toEqual([]);
    }
  });

  test.each(every)('%s %i in %s on Slack', (_kind, _n, language, stories) => {
    const card = cardIn(stories, language);
    for (const way of WAYS) {
      const left = new Set(way);
      const ping = left.has('ping') ? undefined : 'S0000000001';
      const { text, blocks } = renderCard(cardWithout(card, left), undefined, ping);
      const metadata = { event_type: 'slidewatch_card', event_payload: { key: 'sw-abc123-1' } };
      const message = { text, blocks: blocks(left.has('picture') ? undefined : FILE), metadata };
      expect(
        checkMessage(message, (id) => id === FILE),
        way.join(),
      ).toEqual([]);
    }
  });
});
