import { justReported } from '../../src/facts/just-reported.ts';
import { toMicros } from '../../src/market/money.ts';
import type { AfterHoursStory } from '../../src/stories/after-hours-story.ts';
import { at, ledger } from '../facts/samples.ts';

const NOW = at('2025-04-30 17:42');

/** Made up, but for the figures: Meta rose that evening. */
export const metaAfterHours: AfterHoursStory = {
  kind: 'after-hours',
  ...{ symbol: 'META', name: { en: 'Meta', ko: '메타' }, session: '2025-04-30' },
  ...{ close: toMicros(549), price: toMicros(491.9), observedAt: NOW, delayMinutes: 0, source: 'Yahoo' },
  results: 'out',
  reported: justReported(ledger, 'META', '2025-04-30', NOW),
  beside: { bill: [], return: [] },
};
