import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { rulesOf } from '../../src/channels/channel-rules.ts';
import { repairSettings, settingsOf, sharedSettingsOf } from '../../src/channels/repair-settings.ts';
import { BadSettings, checkedSettings } from '../../src/channels/settings-schema.ts';
import { settingsText, withoutDefaults } from '../../src/channels/without-defaults.ts';
import { loadWatchlist } from '../../src/market/watchlist.ts';
import type { ChannelSettings } from '../../src/stories/channel.ts';
import { randomSettings, SYMBOLS } from './random-settings.ts';

const defaults = { watchlist: loadWatchlist(), timeZone: 'America/New_York' };
const GOOD = { timeZone: 'Asia/Seoul', quiet: { from: '22:00', to: '07:00' } };

describe('a row written by a person or an older version', () => {
  it.each<[string, unknown, unknown, string, RegExp]>([
    ['an unknown zone', { timeZone: 'Mars/Base' }, {}, 'timeZone', /IANA time zone/],
    ['an offset for a zone', { timeZone: '+09:00' }, {}, 'timeZone', /IANA time zone/],
    ['an unknown kind', { kinds: ['day', 'news'] }, {}, 'kinds', /a kind is one of drawdown, day/],
    ['text for a list', { also: 'AMD' }, {}, 'also', /array/],
    ['an invalid symbol', { without: ['<script>'] }, {}, 'without', /a symbol is/],
    ['an hour 25', { quiet: { from: '25:00', to: '07:00' } }, {}, 'quiet', /HH:MM/],
    ['quiet hours without an end', { quiet: { from: '22:00' } }, {}, 'quiet', /string/],
    ['quiet hours of no length', { quiet: { from: '07:00', to: '07:00' } }, {}, 'quiet', /different times/],
    ['a ping of everyone', { ping: { id: '@everyone', from: 0 } }, {}, 'ping', /letters and digits/],
    ['an unknown setting', { colour: 'red' }, {}, 'colour', /no such setting/],
    ['a prototype', JSON.parse('{"__proto__":{"quiet":1}}'), {}, '__proto__', /no such setting/],
    [
      'one bad time of a digest',
      { digest: { at: '7 o’clock', days: [1, 3] } },
      { digest: { days: [1, 3] } },
      'digest.at',
      /HH:MM/,
    ],
    ['a day 8', { digest: { at: '07:00', days: [8] } }, { digest: { at: '07:00' } }, 'digest.days', /1 \(Monday\)/],
    [
      'a level that is no whole number of basis points',
      { rules: { NVDA: { drawdown: { 252: [1000.5], 20: [700] }, day: [500] } } },
      { rules: { NVDA: { drawdown: { 20: [700] }, day: [500] } } },
      'rules.NVDA.drawdown.252',
      /whole number of basis points/,
    ],
    ['a level of 100 %', { rules: { '*': { day: [10_000] } } }, { rules: { '*': {} } }, 'rules.*.day', /99\.99/],
    [
      'a window of one session',
      { rules: { NVDA: { drawdown: { 1: [1000] }, day: [500] } } },
      { rules: { NVDA: { drawdown: {}, day: [500] } } },
      'rules.NVDA.drawdown.1',
      /2 to 2520 sessions/,
    ],
    ['an unknown rule', { rules: { NVDA: { week: [500] } } }, { rules: { NVDA: {} } }, 'rules.NVDA.week', /no such/],
    ['rules for nothing', { rules: { 'no symbol': { day: [5] } } }, { rules: {} }, 'rules.no symbol', /symbol/],
    [
      'twenty-one levels',
      { rules: { '*': { day: Array.from({ length: 21 }, (_, n) => n + 1) } } },
      { rules: { '*': {} } },
      'rules.*.day',
      /at most 20 levels/,
    ],
  ])('with %s keeps the valid parts and reports the reset one', (_what, bad, left, part, reason) => {
    const { settings, repairs } = repairSettings(JSON.stringify({ ...GOOD, ...(bad as object) }));
    const broken = (bad as { quiet?: unknown; timeZone?: unknown }) ?? {};
    const { timeZone, quiet } = GOOD;
    expect(settings).toEqual({
      ...(!Object.hasOwn(broken, 'timeZone') && { timeZone }),
      ...(!Object.hasOwn(broken, 'quiet') && { quiet }),
      ...(left as object),
    });
    expect(repairs).toEqual([{ part, reason: expect.stringMatching(reason) }]);
  });

  it.each([
    ['cut off', '{"timeZone":"Asia/Se', 'not JSON'],
    ['empty', '', 'not JSON'],
    ['a list', '[]', 'not an object'],
    ['null', 'null', 'not an object'],
    ['a number', '7', 'not an object'],
  ])('that is %s counts as one without settings', (_what, row, reason) => {
    expect(repairSettings(row)).toEqual({ settings: {}, repairs: [{ part: 'all', reason }] });
  });

  it('never throws, and its result needs no further repair', () => {
    fc.assert(
      fc.property(fc.oneof(fc.json(), fc.string(), fc.object({ key: fc.constantFrom(...KEYS) }).map(toText)), (row) => {
        const { settings } = repairSettings(row);
        expect(repairSettings(JSON.stringify(settings))).toEqual({ settings, repairs: [] });
        expect(settingsOf(row)).toEqual(settings);
      }),
      { numRuns: 500 },
    );
  });
});

describe('settings for work on many channels', () => {
  const stored = (settings: ChannelSettings): string | null => settingsText(withoutDefaults(settings, defaults));
  const besidePing = ({ ping: _, ...rest }: ChannelSettings): ChannelSettings => rest;
  const pings = fc.record({ id: fc.stringMatching(/^[A-Za-z0-9]{1,40}$/), from: fc.integer({ min: 0, max: 9_999 }) });

  it('are one object for channels that differ in whom they ping alone', () => {
    fc.assert(
      fc.property(randomSettings, pings, pings, (settings, ping, other) => {
        const shared = sharedSettingsOf(stored({ ...settings, ping }));
        expect(shared).toEqual(settingsOf(stored(settings)));
        expect(sharedSettingsOf(stored({ ...settings, ping: other }))).toBe(shared);
      }),
    );
  });

  it.each([
    '{"ping":{"id":"1","from":0},"timeZone":"Asia/Seoul"}',
    '{"timeZone":"Asia/Seoul","ping":{"id":"@everyone","from":0}}',
    '{"timeZone":"Asia/Seoul","ping":{"id":"1","from":10000}}',
    '{"timeZone":"Asia/Seoul","ping":{"id":"1","from":007}}',
    '{"timeZone":"Asia/Seoul" "ping":{"id":"1","from":0}}',
    '{"timeZone":"Asia/Seoul","ping":{"id":"1","from":0}}}',
    '{"timeZone":"Asia/Seoul","rules":{"NVDA":{"day":[500]},"ping":{"id":"1","from":0}}}',
    '{"timeZone":"Asia/Seoul","colour":{"ping":{"id":"1","from":0}}}',
    '{"timeZone":"Asia/Seoul","colour":",\\"ping\\":{\\"id\\":\\"1\\",\\"from\\":0}}"}',
    '{,"ping":{"id":"1","from":0}}',
    '"ping":{"id":"1","from":0}}',
  ])('of the row %s are those of the channel, except for whom it pings', (row) => {
    expect(besidePing(sharedSettingsOf(row))).toEqual(besidePing(settingsOf(row)));
  });
});

const KEYS = ['rules', 'NVDA', '*', 'drawdown', '252', 'day', 'digest', 'quiet', 'from', 'to', 'kinds', 'ping', 'id'];
const toText = (value: unknown): string => JSON.stringify(value);

describe('a change of settings', () => {
  it.each<[unknown, string, string]>([
    [{ timeZone: 'KST' + '1' }, 'timeZone', 'timeZone: expected an IANA time zone such as Asia/Seoul'],
    [{ rules: { NVDA: { day: [0] } } }, 'rules.NVDA.day.0', 'rules.NVDA.day.0: a level must be at least 0.01 percent'],
    [
      { rules: { NVDA: { drawdown: { 9999: [5] } } } },
      'rules.NVDA.drawdown.9999',
      'rules.NVDA.drawdown.9999: a window is 2 to 2520 sessions',
    ],
    [
      { digest: { days: [] } },
      'digest.days',
      'digest.days: expected at least one day; turn the digest off with `kinds`',
    ],
  ])('%j is rejected as a whole, in one line', (settings, part, line) => {
    const check = () => checkedSettings({ ...GOOD, ...(settings as object) });
    expect(check).toThrow(BadSettings);
    expect(check).toThrow(expect.objectContaining({ part, message: line }));
  });

  it('is stored without settings equal to the defaults', () => {
    const { watchlist } = defaults;
    const same: ChannelSettings = {
      timeZone: 'America/New_York',
      kinds: ['digest', 'bill', 'figures', 'day', 'drawdown'],
      without: [],
      also: [],
      rules: {
        NVDA: { day: watchlist.rules.stock.day, drawdown: { 20: [1500, 2500], 77: [] } },
        IXIC: { day: watchlist.rules.index.day },
      },
      digest: { closedDays: false },
    };
    expect(settingsText(withoutDefaults(same, defaults))).toBeNull();
  });

  it('keeps a rule that overrides one for all symbols, even if it equals the watchlist’s', () => {
    const { day } = defaults.watchlist.rules.stock;
    const settings: ChannelSettings = { rules: { '*': { day: [500] }, NVDA: { day } } };
    expect(withoutDefaults(settings, defaults)).toEqual(settings);
  });

  it('has the same effect without the defaults', () => {
    fc.assert(
      fc.property(randomSettings, (given) => {
        const settings = checkedSettings(given);
        const own = withoutDefaults(settings, defaults);
        const { watchlist } = defaults;
        for (const symbol of SYMBOLS) {
          const kind = watchlist.symbols.get(symbol)?.kind ?? 'stock';
          expect(rulesOf(own, watchlist.rules, symbol, kind)).toEqual(rulesOf(settings, watchlist.rules, symbol, kind));
        }
        expect(settingsOf(settingsText(own))).toEqual(own);
        expect(withoutDefaults(own, defaults)).toEqual(own);
      }),
    );
  });

  it('has the same text for the same settings in another order', () => {
    const one: ChannelSettings = { also: ['AMD', 'BRK-B'], rules: { TSLA: { day: [1] }, NVDA: { day: [2] } } };
    const other: ChannelSettings = { rules: { NVDA: { day: [2] }, TSLA: { day: [1] } }, also: ['BRK-B', 'AMD'] };
    expect(settingsText(withoutDefaults(one, defaults))).toBe(settingsText(withoutDefaults(other, defaults)));
  });
});
