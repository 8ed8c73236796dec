import { describe, expect, it } from 'vitest';
import { MAX_ADDED_SYMBOLS } from '../../src/channels/channels.ts';
import { BadSettings } from '../../src/channels/settings-schema.ts';
import { writeCustomSymbol } from '../../src/store/custom-symbols.ts';
import { databasePath } from '../store/temporary.ts';
import { NOW, openRoom, owed, type Room, yahooWith } from './room.ts';

const PLACE = { platform: 'discord', address: '1' };
const OTHER = { platform: 'discord', address: '2' };

const opened = async (room: Room, place = PLACE): Promise<number> => {
  const { id } = await room.channels.open(place, { language: 'en', origin: 'setup', workspace: 'W' }, NOW);
  return id;
};

const rows = ({ store }: Room) => store.db.selectFrom('channels').selectAll().orderBy('id').execute();

describe('a channel', () => {
  it('is a destination from its opening to its end, and again after another opening', async () => {
    const room = await openRoom();
    expect(await room.channels.at(PLACE)).toBeUndefined();
    const id = await opened(room);
    expect(await room.channels.at(PLACE)).toEqual({
      ...{ id, ...PLACE, workspace: 'W', language: 'en', origin: 'setup', settings: {} },
    });
    await room.channels.sendTest(id, NOW);
    expect(await room.channels.close(PLACE, 'nobody wants it', NOW)).toBe(true);
    expect(await room.channels.close(PLACE, 'nobody wants it', NOW)).toBe(false);
    expect(await room.channels.at(PLACE)).toBeUndefined();
    expect(await owed(room)).toMatchObject([{ kind: 'test', state: 'gone' }]);
    await room.channels.open(PLACE, { language: 'ko', origin: 'setup', madeBy: 'U1' }, NOW);
    expect(await room.channels.at(PLACE)).toMatchObject({ id, language: 'ko', workspace: 'W', madeBy: 'U1' });
  });

  it('is listed with those of its server, in the order they were made', async () => {
    const room = await openRoom();
    await opened(room);
    await room.channels.open(OTHER, { language: 'en', origin: 'setup', workspace: 'V' }, NOW);
    const third = await opened(room, { platform: 'discord', address: '3' });
    await room.channels.close(OTHER, 'gone', NOW);
    const addresses = async (workspace?: string) =>
      (await room.channels.of('discord', workspace)).map(({ address }) => address);
    expect(await addresses()).toEqual(['1', '3']);
    expect(await addresses('W')).toEqual(['1', '3']);
    expect(await addresses('V')).toEqual([]);
    expect(third).toBeGreaterThan(0);
  });

  it('keeps its settings and its language over a restart', async () => {
    const path = databasePath();
    const before = await openRoom({ path });
    const id = await opened(before);
    const settings = { timeZone: 'Asia/Seoul', rules: { NVDA: { day: [300, 500] } }, without: ['TSLA'] };
    await before.channels.change(id, () => settings);
    await before.channels.setLanguage(id, 'ko');
    const after = await openRoom({ path });
    expect(await after.channels.at(PLACE)).toMatchObject({ language: 'ko', settings });
    expect(after.registry.book.union('NVDA').day).toEqual([300, 500, 700, 1000, 1500]);
  });

  it('counts for the next observation, and no longer when it has ended', async () => {
    const room = await openRoom();
    const { book } = room.registry;
    const id = await opened(room);
    const { day } = book.union('NVDA');
    await room.channels.change(id, (settings) => ({ ...settings, rules: { NVDA: { day: [300] } } }));
    expect(book.union('NVDA').day).toEqual([300, ...day]);
    await room.channels.close(PLACE, 'gone', NOW);
    expect(book.union('NVDA').day).toEqual(day);
  });

  it('is changed as a whole or not at all', async () => {
    const room = await openRoom();
    const id = await opened(room);
    await room.channels.change(id, () => ({ timeZone: 'Asia/Seoul' }));
    const bad = room.channels.change(id, () => ({ timeZone: 'Europe/London', quiet: { from: '9', to: '10' } }));
    await expect(bad).rejects.toThrow(BadSettings);
    await expect(bad).rejects.toThrow(/^quiet\.from: a time is HH:MM, 00:00 to 23:59$/);
    await expect(room.channels.change(id, () => ({ also: ['AMD'] }))).rejects.toThrow(
      /AMD is not on any watchlist yet/,
    );
    expect(await room.channels.at(PLACE)).toMatchObject({ settings: { timeZone: 'Asia/Seoul' } });
  });

  it('is stored without what equals the defaults', async () => {
    const room = await openRoom();
    const id = await opened(room);
    const channel = await room.channels.change(id, () => ({ timeZone: 'America/New_York', without: [] }));
    expect(channel.settings).toEqual({});
    expect(await rows(room)).toMatchObject([{ settings: null }]);
  });

  it('loses no change where many come at once', async () => {
    const room = await openRoom();
    const id = await opened(room);
    const symbols = ['AAPL', 'MSFT', 'NVDA', 'TSLA'];
    await Promise.all(
      symbols.map((symbol) => room.channels.change(id, (it) => ({ ...it, without: [...(it.without ?? []), symbol] }))),
    );
    expect((await room.channels.at(PLACE))?.settings.without).toEqual(symbols);
    expect(room.registry.book.version()).toBeGreaterThan(0);
  });
});

describe('a row that was edited by hand', () => {
  it('is mended where it can be, told of with its channel, and harms no other', async () => {
    const path = databasePath();
    const before = await openRoom({ path });
    const id = await opened(before);
    await opened(before, OTHER);
    const settings = JSON.stringify({ timeZone: 'Nowhere', rules: { NVDA: { day: [300] } } });
    await before.store.db.updateTable('channels').set({ settings, language: 'xx' }).where('id', '=', id).execute();
    const after = await openRoom({ path });
    expect(await after.channels.at(PLACE)).toMatchObject({
      language: 'en',
      settings: { rules: { NVDA: { day: [300] } } },
    });
    expect(after.registry.book.union('NVDA').day).toContain(300);
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
  it('is asked for once, watched by whoever adds it, and dropped with the last of them', async () => {
    const yahoo = await yahooWith('AMD');
    const room = await openRoom({ yahoo: yahoo.url });
    const { channels, watchlist } = room;
    const [one, two] = [await opened(room), await opened(room, OTHER)];
    expect(await channels.watch(one, 'amd', NOW)).toEqual({ symbol: 'AMD', name: 'AMD Incorporated' });
    const asked = yahoo.requests.length;
    expect(await channels.watch(two, 'AMD Incorporated', NOW)).toMatchObject({ symbol: 'AMD' });
    expect(yahoo.requests).toHaveLength(asked);
    expect(watchlist.symbols.get('AMD')).toMatchObject({ custom: true, tickers: { yahoo: 'AMD' } });
    expect(watchlist.resolve('amd')).toBe('AMD');
    expect([...room.registry.book.also()]).toEqual(['AMD']);
    expect(await channels.unwatch(one, 'AMD')).toBe(true);
    expect(await channels.unwatch(one, 'AMD')).toBe(false);
    expect(watchlist.symbols.has('AMD')).toBe(true);
    await channels.close(OTHER, 'gone', NOW);
    expect(watchlist.symbols.has('AMD')).toBe(false);
    const known = () => room.store.db.selectFrom('custom_symbols').select('symbol').execute();
    // It is known until the channel that had added it says otherwise: it may be opened again.
    expect(await known()).toEqual([{ symbol: 'AMD' }]);
    await opened(room, OTHER);
    expect(watchlist.symbols.has('AMD')).toBe(true);
    expect(await channels.unwatch(two, 'AMD')).toBe(true);
    expect([watchlist.symbols.has('AMD'), await known()]).toEqual([false, []]);
  });

  it('is on the watchlist again after a restart', async () => {
    const path = databasePath();
    const yahoo = await yahooWith('^SOX');
    const before = await openRoom({ path, yahoo: yahoo.url });
    const id = await opened(before);
    expect(await before.channels.watch(id, '^SOX', NOW)).toMatchObject({ symbol: 'SOX' });
    const after = await openRoom({ path });
    expect(after.watchlist.symbols.get('SOX')).toMatchObject({ tickers: { yahoo: '^SOX' }, custom: true });
  });

  it('of the watchlist is left out and taken back in by the same two commands', async () => {
    const room = await openRoom();
    const id = await opened(room);
    expect(await room.channels.unwatch(id, 'TSLA')).toBe(true);
    expect(await room.channels.unwatch(id, 'TSLA')).toBe(false);
    expect((await room.channels.at(PLACE))?.settings).toEqual({ without: ['TSLA'] });
    expect(await room.channels.watch(id, '테슬라', NOW)).toEqual({ symbol: 'TSLA', name: 'Tesla' });
    expect((await room.channels.at(PLACE))?.settings).toEqual({});
  });

  it('that a name of the watchlist means already is that symbol', async () => {
    const yahoo = await yahooWith('GOOG', 'FB');
    const room = await openRoom({ yahoo: yahoo.url });
    const id = await opened(room);
    expect(await room.channels.watch(id, 'GOOG', NOW)).toMatchObject({ symbol: 'GOOGL' });
    expect(await room.channels.watch(id, 'fb', NOW)).toMatchObject({ symbol: 'META' });
    expect(yahoo.requests).toEqual([]);
  });

  it('that nobody knows, of another currency, of other hours, or of no session at all is refused', async () => {
    const yahoo = await yahooWith();
    yahoo.setQuote('7203.T', { price: 1, time: NOW, raw: { exchangeTimezoneName: 'Asia/Tokyo', currency: 'JPY' } });
    yahoo.setQuote('BTC-USD', { price: 1, time: NOW, raw: { quoteType: 'CRYPTOCURRENCY' } });
    yahoo.setQuote('RY', { price: 1, time: NOW, raw: { currency: 'CAD' } });
    const room = await openRoom({ yahoo: yahoo.url });
    const id = await opened(room);
    const refusals: unknown[] = [];
    for (const ticker of ['NOSUCH', '7203.T', 'BTC-USD', 'RY', ' ', 'x'.repeat(200), "'; drop table channels"])
      refusals.push(await room.channels.watch(id, ticker, NOW));
    expect(refusals).toEqual(['unknown', 'elsewhere', 'elsewhere', 'elsewhere', 'unknown', 'unknown', 'unknown']);
    expect((await room.channels.at(PLACE))?.settings).toEqual({});
  });

  it('gets no answer where the source gives none', async () => {
    const room = await openRoom();
    expect(await room.channels.watch(await opened(room), 'AMD', NOW)).toBe('no-answer');
  });

  it('is one too many after so many others, unless one of them is meant', async () => {
    const path = databasePath();
    const yahoo = await yahooWith('AMD');
    const before = await openRoom({ path });
    const id = await opened(before);
    const others = Array.from({ length: MAX_ADDED_SYMBOLS }, (_, n) => `C${n}`);
    for (const symbol of others)
      await writeCustomSymbol(
        before.store.db,
        { symbol, name: symbol, kind: 'stock', source: 'yahoo', ticker: symbol },
        NOW,
      );
    const settings = JSON.stringify({ also: others });
    await before.store.db.updateTable('channels').set({ settings }).where('id', '=', id).execute();
    const room = await openRoom({ path, yahoo: yahoo.url });
    const other = await opened(room, OTHER);
    expect(await room.channels.watch(other, 'AMD', NOW)).toBe('too-many');
    expect(await room.channels.watch(other, 'C7', NOW)).toMatchObject({ symbol: 'C7' });
    await room.channels.unwatch(id, 'C8');
    expect(await room.channels.watch(other, 'AMD', NOW)).toMatchObject({ symbol: 'AMD' });
  });

  it('begins anew where it was watched before: nothing is left of that time', async () => {
    const yahoo = await yahooWith('AMD');
    const room = await openRoom({ yahoo: yahoo.url });
    const id = await opened(room);
    await room.channels.watch(id, 'AMD', NOW);
    const { db } = room.store;
    const state = { symbol: 'AMD', body: '{}', rules: '', updated_at: NOW };
    await db.insertInto('slide_states').values(state).execute();
    await room.channels.unwatch(id, 'AMD');
    await room.channels.watch(id, 'AMD', NOW);
    expect(await db.selectFrom('slide_states').selectAll().execute()).toEqual([]);
  });
});

describe('mutes', () => {
  it('replace each other, keep what they have held, and are gone at their end', async () => {
    const room = await openRoom();
    const id = await opened(room);
    const { channels, store } = room;
    await channels.mute(id, 'NVDA', NOW + 60_000, 'U1', NOW);
    await store.db.updateTable('mutes').set({ held: 3 }).execute();
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
    expect(await channels.unmute(id, '*', NOW + 70_000)).toEqual([{ symbol: '*', until: NOW + 90_000, held: 0 }]);
    expect(await channels.unmute(id, '*', NOW)).toEqual([]);
  });

  it('of one channel are none of another', async () => {
    const room = await openRoom();
    const [one, two] = [await opened(room), await opened(room, OTHER)];
    await room.channels.mute(one, '*', NOW + 60_000, 'U1', NOW);
    expect(await room.channels.mutes(two, NOW)).toEqual([]);
    expect(await room.channels.unmute(two, '*', NOW)).toEqual([]);
    expect(await room.channels.mutes(one, NOW)).toHaveLength(1);
  });
});

it('a test card goes through the outbox to its channel alone, behind alerts', async () => {
  const room = await openRoom();
  const id = await opened(room);
  await opened(room, OTHER);
  await room.channels.sendTest(id, NOW);
  expect(await owed(room)).toEqual([{ kind: 'test', address: '1', state: 'pending', priority: 1, dueAt: NOW }]);
});
