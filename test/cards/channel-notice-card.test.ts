import { describe, expect, it } from 'vitest';
import { pauseText } from '../../src/cards/channel-notice-card.ts';
import { outcomeOf } from '../../src/chat/slack/outcome.ts';
import { listedCodes, placeRefusalOf } from '../../src/chat/slack/refusals.ts';
import { loadCatalogue } from '../../src/i18n/catalogue.ts';
import { pauseFromStore, pauseToStore } from '../../src/stories/pause.ts';

const catalogue = loadCatalogue();
const [en, ko] = [catalogue.in('en'), catalogue.in('ko')];
/** Slack's codes that pause a channel. */
const PAUSING = listedCodes.filter((code) => {
  const place = placeRefusalOf(code);
  return place !== undefined && place.ends === undefined;
});
const DISCORD = [
  { key: 'discord-see' },
  { key: 'discord-write' },
  { key: 'discord-check', values: { what: 'No {{room}} $t(x) (403, 20022).' } },
];

describe('why nothing can be posted', () => {
  it.each(PAUSING)("is given in Korean for Slack's %s", (code) => {
    const outcome = outcomeOf({ kind: 'refused', code, scope: 'chat:write.public', details: [] });
    if (outcome.kind !== 'forbidden' || !outcome.why) throw new Error('not forbidden');
    const pause = { text: outcome.reason, ...outcome.why };
    expect(pauseText(ko, pause)).toMatch(/[가-힣]+.*다\.|세요\./);
    expect(pauseText(en, pause)).toContain(code === 'missing_scope' ? 'chat:write.public' : code);
  });

  it.each(DISCORD)('is given in Korean for $key', (why) => {
    expect(pauseText(ko, { text: 'English', ...why })).toMatch(/[가-힣]/);
    expect(pauseText(en, { text: 'English', ...why })).toContain(why.values?.what ?? 'Send Messages');
  });

  it('is given in English if the messages have no text for it', () => {
    expect(pauseText(ko, { text: 'Closed. Open it.' })).toBe('Closed. Open it.');
    expect(pauseText(ko, { text: 'Closed. Open it.', key: 'elsewhere' })).toBe('Closed. Open it.');
  });

  it('is stored with its key and values; a stored sentence is read unchanged', () => {
    const pause = { text: 'Closed.', key: 'slack-scope', values: { scope: 'chat:write' } };
    expect(pauseFromStore(pauseToStore(pause))).toEqual(pause);
    for (const bare of ['May not write.', '"quoted"', '{"text":7}'])
      expect(pauseFromStore(bare)).toEqual({ text: bare });
  });
});
