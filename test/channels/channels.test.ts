import { describe, expect, it } from 'vitest';
import { BadSettings, FEW_ADDED, MAX_ADDED_IN_PLACE } from '../../src/channels/settings-schema.ts';
import type { SlideState } from '../../src/slides/state.ts';
import { writeSettings } from '../../src/store/channels.ts';
import { readCustomSymbols, writeCustomSymbol } from '../../src/store/custom-symbols.ts';
import { readStates, writeState } from '../../src/store/slide-states.ts';
import { changeChannels, changeMutes, storedChannelSymbols, storedChannels } from '../store/inspect.ts';
import { newDatabase } from '../store/temporary.ts';
import { deliveriesOf, NOW, openTestChannels, type TestChannels, yahooWith } from './open-channels.ts';

const PLACE = { platform: 'discord', address: '1' };
const OTHER = { platform: 'discord', address: '2' };

const opened = async (setup: TestChannels, place = PLACE): Promise<number> => {
  const { id } = await setup.channels.open(place, { language: 'en', origin: 'setup', workspace: 'W' }, NOW);
  return id;
};

const rows = ({ store }: TestChannels) => storedChannels(store.db);

describe('a channel', () => {
  it('is in use from its opening to its closing, and again after another opening', async () => {
    const setup = await openTestChannels();
    expect(await setup.channels.at(PLACE)).toBeUndefined();
    const id = await opened(setup);
    expect(await setup.channels.at(PLACE)).toEqual({
      ...{ id, ...PLACE, workspace: 'W', language: 'en', origin: 'setup', settings: {} },
    });
    await setup.channels.sendTest(id, NOW);
    expect(await setup.channels.close(PLACE, 'nobody wants it', NOW)).toBe(true);
    expect(await setup.channels.close(PLACE, 'nobody wants it', NOW)).toBe(false);
    expect(await setup.channels.at(PLACE)).toBeUndefined();
    expect(await deliveriesOf(setup)).toMatchObject([{ kind: 'test', state: 'gone' }]);
    await setup.channels.open(PLACE, { language: 'ko', origin: 'setup', madeBy: 'U1' }, NOW);
    expect(await setup.channels.at(PLACE)).toMatchObject({ id, language: 'ko', workspace: 'W', madeBy: 'U1' });
  });

  it('is listed with those of its server, in the order of creation', async () => {
    const setup = await openTestChannels();
    await opened(setup);
    await setup.channels.open(OTHER, { language: 'en', origin: 'setup', workspace: 'V' }, NOW);
    const third = await opened(setup, { platform: 'discord', address: '3' });
    await setup.channels.close(OTHER, 'gone', NOW);
    const addresses = async (workspace?: string) =>
      (await setup.channels.of('discord', workspace)).map(({ address }) => address);
    expect(await addresses()).toEqual(['1', '3']);
    expect(await addresses('W')).toEqual(['1', '3']);
    expect(await addresses('V')).toEqual([]);
    expect(third).toBeGreaterThan(0);
  });

  it('keeps its settings and its language after a restart', async () => {
    const url = await newDatabase();
    const before = await openTestChannels({ url });
    const id = await opened(before);
    const settings = { timeZone: 'Asia/Seoul', rules: { NVDA: { day: [300, 500] } }, without: ['TSLA'] };
    await before.channels.change(id, () => settings);
    await before.channels.setLanguage(id, 'ko');
    const after = await openTestChannels({ url });
    expect(await after.channels.at(PLACE)).toMatchObject({ language: 'ko', settings });
    expect(after.registry.effectiveRules.union('NVDA').day).toEqual([300, 500, 700, 1000, 1500]);
  });

  it('affects the effective rules until it is closed', async () => {
    const setup = await openTestChannels();
    const { effectiveRules } = setup.registry;
    const id = await opened(setup);
    const { day } = effectiveRules.union('NVDA');
    await setup.channels.change(id, (settings) => ({ ...settings, rules: { NVDA: { day: [300] } } }));
    expect(effectiveRules.union('NVDA').day).toEqual([300, ...day]);
    await setup.channels.close(PLACE, 'gone', NOW);
    expect(effectiveRules.union('NVDA').day).toEqual(day);
  });

  it('is changed completely or not at all', async () => {
    const setup = await openTestChannels();
    const id = await opened(setup);
    await setup.channels.change(id, () => ({ timeZone: 'Asia/Seoul' }));
    const bad = setup.channels.change(id, () => ({ timeZone: 'Europe/London', quiet: { from: '9', to: '10' } }));
    await expect(bad).rejects.toThrow(BadSettings);
    await expect(bad).rejects.toThrow(/^quiet\.from: a time is HH:MM, 00:00 to 23:59$/);
    await expect(setup.channels.change(id, () => ({ also: ['AMD'] }))).rejects.toThrow(
      /AMD is not on any watchlist yet/,
    );
    expect(await setup.channels.at(PLACE)).toMatchObject({ settings: { timeZone: 'Asia/Seoul' } });
  });

  it('is stored without settings equal to the defaults', async () => {
    const setup = await openTestChannels();
    const id = await opened(setup);
    const channel = await setup.channels.change(id, () => ({ timeZone: 'America/New_York', without: [] }));
    expect(channel.settings).toEqual({});
    expect(await rows(setup)).toMatchObject([{ settings: null }]);
  });

  it('loses none of many concurrent changes', async () => {
    const setup = await openTestChannels();
    const id = await opened(setup);
    const symbols = ['AAPL', 'MSFT', 'NVDA', 'TSLA'];
    await Promise.all(
      symbols.map((symbol) => setup.channels.change(id, (it) => ({ ...it, without: [...(it.without ?? []), symbol] }))),
    );
    expect((await setup.channels.at(PLACE))?.settings.without).toEqual(symbols);
    expect(setup.registry.effectiveRules.version()).toBeGreaterThan(0);
  });
});

describe('a row that was edited by hand', () => {
  it('is repaired where possible, logged with its channel, and affects no other', async () => {
    const url = await newDatabase();
    const before = await openTestChannels({ url });
    const id = await opened(before);
    await opened(before, OTHER);
    const settings = JSON.stringify({ timeZone: 'Nowhere', rules: { NVDA: { day: [300] } } });
    await changeChannels(before.store.db, { settings, language: 'xx' }, { id });
    const after = await openTestChannels({ url });
    expect(await after.channels.at(PLACE)).toMatchObject({
      language: 'en',
      settings: { rules: { NVDA: { day: [300] } } },
    });
    expect(after.registry.effectiveRules.union('NVDA').day).toContain(300);
    expect(after.logged).toMatchObject([
      { channel: id, part: 'language' },
      { channel: id, part: 'timeZone', reason: expect.stringMatching(/IANA time zone/) },
    ]);
    await after.channels.change(id, (it) => ({ ...it, timeZone: 'Asia/Seoul' }));
    expect((await after.channels.at(PLACE))?.settings).toEqual({
      timeZone: 'Asia/Seoul',
      rules: { NVDA: { day: [300] } },
    });
  });
});

describe('a ticker', () => {
  it('is looked up once, watched by every channel that adds it, and dropped with the last of them', async () => {
    const yahoo = await yahooWith('AMD');
    const setup = await openTestChannels({ yahoo: yahoo.url });
    const { channels, watchlist } = setup;
    const [one, two] = [await opened(setup), await opened(setup, OTHER)];
    expect(await channels.watch(one, 'amd', NOW)).toEqual({ symbol: 'AMD', name: 'AMD Incorporated' });
    const asked = yahoo.requests.length;
    expect(await channels.watch(two, 'AMD Incorporated', NOW)).toMatchObject({ symbol: 'AMD' });
    expect(yahoo.requests).toHaveLength(asked);
    expect(watchlist.symbols.get('AMD')).toMatchObject({ custom: true, tickers: { yahoo: 'AMD' } });
    expect(watchlist.resolve('amd')).toBe('AMD');
    expect([...setup.registry.effectiveRules.also()]).toEqual(['AMD']);
    expect(await channels.unwatch(one, 'AMD')).toBe(true);
    expect(await channels.unwatch(one, 'AMD')).toBe(false);
    expect(watchlist.symbols.has('AMD')).toBe(true);
    await channels.close(OTHER, 'gone', NOW);
    expect(watchlist.symbols.has('AMD')).toBe(false);
    const known = async () => (await readCustomSymbols(setup.store.db)).map(({ symbol }) => symbol);
    // It stays stored while the settings of a retired channel name it: that channel may be opened again.
    expect(await known()).toEqual(['AMD']);
    await opened(setup, OTHER);
    expect(watchlist.symbols.has('AMD')).toBe(true);
    expect(await channels.unwatch(two, 'AMD')).toBe(true);
    expect([watchlist.symbols.has('AMD'), await known()]).toEqual([false, []]);
  });

  it('that another channel watches keeps its state when one more adds it', async () => {
    const yahoo = await yahooWith('AMD');
    const setup = await openTestChannels({ yahoo: yahoo.url });
    const [one, two] = [await opened(setup), await opened(setup, OTHER)];
    await setup.channels.watch(one, 'AMD', NOW);
    const state: SlideState = { folded: '2025-02-14', drawdown: {} };
    await writeState(setup.store.db, 'AMD', { state, rules: '{}' }, NOW);
    await setup.channels.watch(two, 'AMD', NOW);
    expect((await readStates(setup.store.db)).get('AMD')?.state).toEqual(state);
  });

  it('that is spelled like a part of a rule is dropped with its last channel, too', async () => {
    const yahoo = await yahooWith('DAY', 'RULES', 'AMD');
    const setup = await openTestChannels({ yahoo: yahoo.url });
    const { channels } = setup;
    const [one, two] = [await opened(setup), await opened(setup, OTHER)];
    await channels.change(two, () => ({ rules: { AMD: { day: [300] } }, digest: { days: [5] } }));
    for (const ticker of ['DAY', 'RULES', 'AMD']) await channels.watch(one, ticker, NOW);
    for (const ticker of ['DAY', 'RULES', 'AMD']) expect(await channels.unwatch(one, ticker)).toBe(true);
    expect(await readCustomSymbols(setup.store.db)).toEqual([]);
  });

  it('is kept for the channels that have added it, in the transaction that changes their settings', async () => {
    const yahoo = await yahooWith('AMD', 'ARM');
    const setup = await openTestChannels({ yahoo: yahoo.url });
    const { channels, registry, store } = setup;
    const added = () => storedChannelSymbols(store.db);
    const one = await opened(setup);
    await channels.watch(one, 'AMD', NOW);
    await channels.watch(one, 'ARM', NOW);
    expect(await added()).toEqual([
      { channelId: one, symbol: 'AMD' },
      { channelId: one, symbol: 'ARM' },
    ]);
    const { id: two } = await channels.open(
      OTHER,
      { language: 'en', origin: 'setup', settings: { also: ['ARM'] } },
      NOW,
    );
    await channels.unwatch(one, 'ARM');
    const rest = [
      { channelId: one, symbol: 'AMD' },
      { channelId: two, symbol: 'ARM' },
    ];
    expect(await added()).toEqual(rest);
    const failed = registry.change(async (db) => {
      await writeSettings(db, one, null);
      throw new RangeError('the work went wrong');
    });
    await expect(failed).rejects.toThrow('the work went wrong');
    expect(await added()).toEqual(rest);
    await channels.close(OTHER, 'gone', NOW);
    await opened(setup);
    expect(await added()).toEqual(rest);
    await channels.change(one, () => ({}));
    expect(await added()).toEqual([{ channelId: two, symbol: 'ARM' }]);
  });

  it('is on the watchlist again after a restart', async () => {
    const url = await newDatabase();
    const yahoo = await yahooWith('^SOX');
    const before = await openTestChannels({ url, yahoo: yahoo.url });
    const id = await opened(before);
    expect(await before.channels.watch(id, '^SOX', NOW)).toMatchObject({ symbol: 'SOX' });
    const after = await openTestChannels({ url });
    expect(after.watchlist.symbols.get('SOX')).toMatchObject({ tickers: { yahoo: '^SOX' }, custom: true });
  });

  it('of the watchlist is removed and added by the same two operations', async () => {
    const setup = await openTestChannels();
    const id = await opened(setup);
    expect(await setup.channels.unwatch(id, 'TSLA')).toBe(true);
    expect(await setup.channels.unwatch(id, 'TSLA')).toBe(false);
    expect((await setup.channels.at(PLACE))?.settings).toEqual({ without: ['TSLA'] });
    expect(await setup.channels.watch(id, '테슬라', NOW)).toEqual({ symbol: 'TSLA', name: 'Tesla' });
    expect((await setup.channels.at(PLACE))?.settings).toEqual({});
  });

  it('that is another name of a watchlist symbol is that symbol', async () => {
    const yahoo = await yahooWith('GOOG', 'FB');
    const setup = await openTestChannels({ yahoo: yahoo.url });
    const id = await opened(setup);
    expect(await setup.channels.watch(id, 'GOOG', NOW)).toMatchObject({ symbol: 'GOOGL' });
    expect(await setup.channels.watch(id, 'fb', NOW)).toMatchObject({ symbol: 'META' });
    expect(yahoo.requests).toEqual([]);
  });

  it('that is unknown, in another currency, of other hours, or without sessions is rejected', async () => {
    const yahoo = await yahooWith();
    yahoo.setQuote('7203.T', { price: 1, time: NOW, raw: { exchangeTimezoneName: 'Asia/Tokyo', currency: 'JPY' } });
    yahoo.setQuote('BTC-USD', { price: 1, time: NOW, raw: { quoteType: 'CRYPTOCURRENCY' } });
    yahoo.setQuote('RY', { price: 1, time: NOW, raw: { currency: 'CAD' } });
    const setup = await openTestChannels({ yahoo: yahoo.url });
    const id = await opened(setup);
    const refusals: unknown[] = [];
    for (const ticker of ['NOSUCH', '7203.T', 'BTC-USD', 'RY', ' ', 'x'.repeat(200), "'; drop table channels"])
      refusals.push(await setup.channels.watch(id, ticker, NOW));
    expect(refusals).toEqual(['unknown', 'elsewhere', 'elsewhere', 'elsewhere', 'unknown', 'unknown', 'unknown']);
    expect((await setup.channels.at(PLACE))?.settings).toEqual({});
  });

  it('gets no answer if the source does not answer', async () => {
    const setup = await openTestChannels();
    expect(await setup.channels.watch(await opened(setup), 'AMD', NOW)).toBe('no-answer');
  });

  /** Channels with the given numbers of custom symbols, none of them in two, in servers of their own. */
  const channelsWith = async (...counts: readonly number[]) => {
    const url = await newDatabase();
    const yahoo = await yahooWith('AMD', 'NFLX');
    const before = await openTestChannels({ url });
    const ids: number[] = [];
    for (const [server, count] of counts.entries()) {
      const place = { platform: 'discord', address: `S${server}` };
      const { id } = await before.channels.open(
        place,
        { language: 'en', origin: 'setup', workspace: `W${server}` },
        NOW,
      );
      ids.push(id);
      const also = Array.from({ length: count }, (_, n) => `C${server}N${n}`);
      for (const symbol of also)
        await writeCustomSymbol(
          before.store.db,
          { symbol, name: symbol, kind: 'stock', source: 'yahoo', ticker: symbol },
          NOW,
        );
      await before.store.transaction(async (db) => writeSettings(db, id, JSON.stringify({ also })));
    }
    return { ...(await openTestChannels({ url, yahoo: yahoo.url })), ids };
  };

  it('is rejected if the server watches 50, and added again once one is removed; other servers are not shut out', async () => {
    const { channels, ids } = await channelsWith(MAX_ADDED_IN_PLACE, 0);
    const [full = 0, other = 0] = ids;
    expect(await channels.watch(full, 'AMD', NOW)).toBe('too-many-here');
    expect(await channels.watch(full, 'C0N3', NOW)).toMatchObject({ symbol: 'C0N3' });
    expect(await channels.watch(other, 'NFLX', NOW)).toMatchObject({ symbol: 'NFLX' });
    await channels.unwatch(full, 'C0N8');
    expect(await channels.watch(full, 'AMD', NOW)).toMatchObject({ symbol: 'AMD' });
  });

  it('is rejected if all channels together watch 200, unless it is one of them or the server has few', async () => {
    const { channels, ids } = await channelsWith(49, 49, 49, 48, FEW_ADDED, FEW_ADDED - 1);
    const [last = 0, few = 0] = ids.slice(-2);
    expect(await channels.watch(last, 'AMD', NOW)).toBe('too-many');
    expect(await channels.watch(last, 'C0N7', NOW)).toMatchObject({ symbol: 'C0N7' });
    expect(await channels.watch(few, 'AMD', NOW)).toMatchObject({ symbol: 'AMD' });
    expect(await channels.watch(few, 'NFLX', NOW)).toBe('too-many');
  });

  it('starts without the state of an earlier time when it is watched again', async () => {
    const yahoo = await yahooWith('AMD');
    const setup = await openTestChannels({ yahoo: yahoo.url });
    const id = await opened(setup);
    await setup.channels.watch(id, 'AMD', NOW);
    const { db } = setup.store;
    await writeState(db, 'AMD', { state: { drawdown: {} } as SlideState, rules: '' }, NOW);
    await setup.channels.unwatch(id, 'AMD');
    await setup.channels.watch(id, 'AMD', NOW);
    expect(await readStates(db)).toEqual(new Map());
  });
});

describe('mutes', () => {
  it('replace each other, count what they hold back, and end', async () => {
    const setup = await openTestChannels();
    const id = await opened(setup);
    const { channels, store } = setup;
    await channels.mute(id, 'NVDA', NOW + 60_000, 'U1', NOW);
    await changeMutes(store.db, { held: 3 });
    await channels.mute(id, 'NVDA', NOW + 30_000, 'U2', NOW);
    await channels.mute(id, '*', NOW + 90_000, 'U1', NOW);
    expect(await channels.mutes(id, NOW)).toEqual([
      { symbol: 'NVDA', until: NOW + 30_000, held: 3 },
      { symbol: '*', until: NOW + 90_000, held: 0 },
    ]);
    expect(await channels.mutes(id, NOW + 30_000)).toMatchObject([{ symbol: '*' }]);
    await channels.mute(id, 'NVDA', NOW + 80_000, 'U2', NOW + 40_000);
    expect(await channels.unmute(id, 'NVDA', NOW + 50_000)).toEqual([{ symbol: 'NVDA', until: NOW + 80_000, held: 0 }]);
    await channels.mute(id, 'TSLA', NOW + 60_000, 'U2', NOW + 50_000);
    // What Nvidia's first mute held back was handed on, as all was muted when it ended.
    expect(await channels.unmute(id, '*', NOW + 70_000)).toEqual([{ symbol: '*', until: NOW + 90_000, held: 3 }]);
    expect(await channels.unmute(id, '*', NOW)).toEqual([]);
  });

  it('of one channel do not apply to another', async () => {
    const setup = await openTestChannels();
    const [one, two] = [await opened(setup), await opened(setup, OTHER)];
    await setup.channels.mute(one, '*', NOW + 60_000, 'U1', NOW);
    expect(await setup.channels.mutes(two, NOW)).toEqual([]);
    expect(await setup.channels.unmute(two, '*', NOW)).toEqual([]);
    expect(await setup.channels.mutes(one, NOW)).toHaveLength(1);
  });
});

it('a test card goes through the outbox to its channel only, behind alerts', async () => {
  const setup = await openTestChannels();
  const id = await opened(setup);
  await opened(setup, OTHER);
  await setup.channels.sendTest(id, NOW);
  expect(await deliveriesOf(setup)).toMatchObject([
    { kind: 'test', address: '1', state: 'pending', priority: 1, dueAt: NOW },
  ]);
});
